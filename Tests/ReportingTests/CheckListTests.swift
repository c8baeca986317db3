import Checks
import Inspection
import Reporting
import Testing
import WireFormats

@Suite struct CheckListTests {
  private static let quota = CheckList(Catalogue.checks.filter { $0.id == "risk/quota" })

  @Test func theTableHasALineForEachCheck() {
    #expect(
      Self.quota.table == """
        CHECK       SEVERITY  SETTLES  PROFILE  FINDS
        risk/quota  warning   5m       default  Quota is nearly used up

        """
    )
    #expect(
      CheckList(Catalogue.checks).table.split(separator: "\n").count
        == Catalogue.checks.count + 1
    )
  }

  @Test func programsGetAnArray() throws {
    let text = Self.quota.json
    let value = try JSONValue(parsing: Array(text.utf8))
    #expect(
      value == [
        [
          "id": "risk/quota", "title": "Quota is nearly used up", "shape": "risk",
          "severity": "warning", "settles": "5m", "needs": ["ResourceQuota"], "remedies": [],
          "profile": "default", "pack": "",
        ]
      ]
    )
  }

  @Test func anExplanationTellsWhatMayBeConfigured() throws {
    let text = try #require(Self.quota.explanation(of: "risk/quota"))
    #expect(text.hasPrefix("risk/quota\nQuota is nearly used up\n\n"))
    #expect(text.contains("\n\nVerify: kubectl describe resourcequota NAME -n NAMESPACE\n\n"))
    #expect(text.contains("\nSettles: 5m\n"))
    #expect(text.contains("\nThreshold percent: 90, the share of a resource"))
  }

  @Test func aRuleTellsItsPack() throws {
    let checks = Catalogue.checks.filter { $0.id == "risk/quota" }
    let list = CheckList(checks, packs: ["risk/quota": "/etc/kpatrol/rules/shop.yaml"])
    let text = try #require(list.explanation(of: "risk/quota"))
    #expect(text.contains("\nPack: /etc/kpatrol/rules/shop.yaml\n"))
    let value = try JSONValue(parsing: Array(list.json.utf8))
    #expect(value.arrayValue?.first?["pack"] == "/etc/kpatrol/rules/shop.yaml")
    #expect(list.explanation(of: "risk/quotas") == nil)
  }

  @Test func explanationsFitATerminal() throws {
    let list = CheckList(Catalogue.checks)
    for check in Catalogue.checks {
      let lines = try #require(list.explanation(of: check.id)).split(separator: "\n")
      let long = lines.filter { line in
        line.count > 80 && !["Verify", "Threshold", "Needs"].contains { line.hasPrefix($0) }
      }
      #expect(long.isEmpty, "\(check.id)")
    }
  }
}
