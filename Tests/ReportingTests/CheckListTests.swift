import Checks
import Inspection
import Reporting
import Testing
import WireFormats

@Suite struct CheckListTests {
  private static let quota = Catalogue.checks.filter { $0.id == "risk/quota" }

  @Test func theTableHasALineForEachCheck() {
    #expect(
      CheckList.table(Self.quota) == """
        CHECK       SEVERITY  SETTLES  PROFILE  FINDS
        risk/quota  warning   5m       default  Quota is nearly used up

        """
    )
    #expect(
      CheckList.table(Catalogue.checks).split(separator: "\n").count
        == Catalogue.checks.count + 1
    )
  }

  @Test func programsGetAnArray() throws {
    let text = CheckList.json(Self.quota)
    let value = try JSONValue(parsing: Array(text.utf8))
    #expect(
      value == [
        [
          "id": "risk/quota", "title": "Quota is nearly used up", "shape": "risk",
          "severity": "warning", "settles": "5m", "needs": ["ResourceQuota"], "remedies": [],
          "profile": "default",
        ]
      ]
    )
  }

  @Test func anExplanationTellsWhatMayBeConfigured() throws {
    let text = CheckList.explanation(of: try #require(Self.quota.first))
    #expect(text.hasPrefix("risk/quota\nQuota is nearly used up\n\n"))
    #expect(text.contains("\n\nVerify: kubectl describe resourcequota NAME -n NAMESPACE\n\n"))
    #expect(text.contains("\nSettles: 5m\n"))
    #expect(text.contains("\nThreshold percent: 90, the share of a resource"))
  }

  @Test func explanationsFitATerminal() {
    for check in Catalogue.checks {
      let lines = CheckList.explanation(of: check).split(separator: "\n")
      let long = lines.filter { line in
        line.count > 80 && !["Verify", "Threshold", "Needs"].contains { line.hasPrefix($0) }
      }
      #expect(long.isEmpty, "\(check.id)")
    }
  }
}
