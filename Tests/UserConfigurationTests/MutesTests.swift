import Inspection
import KubernetesObjects
import NameMatching
import Testing
import UserConfiguration

/// What a file says of findings that are no news.
@Suite struct MutesTests {
  private static let checks = [
    ConfigurableCheck("conflict/pod-address"), ConfigurableCheck("risk/quota"),
  ]

  private func file(_ text: String) throws(ConfigurationError) -> ConfigurationFile {
    try ConfigurationFile(parsing: text, path: "config.yaml", checks: Self.checks)
  }

  private func mistakes(_ text: String) -> [String] {
    do throws(ConfigurationError) {
      _ = try file(text)
      return []
    } catch .mistakes(let mistakes) {
      return mistakes.map { "\($0)" }
    } catch {
      return ["\(error)"]
    }
  }

  private static let text = """
    mutes:
      - check: risk/*
        namespace: "dev-*"
        until: 2027-03-31
        reason: nobody waits for it
      - name: old
        labels: {app: legacy, tier: "2"}
        until: 2027-03-31T18:00:00Z
        reason: switched off in spring
    """

  @Test func everyFieldIsRead() throws {
    #expect(
      try file(Self.text).settings.mutes == [
        Mute(
          check: "risk/*",
          namespace: "dev-*",
          until: Timestamp(rfc3339: "2027-04-01T00:00:00Z"),
          reason: "nobody waits for it"
        ),
        Mute(
          name: "old",
          labels: ["app": "legacy", "tier": "2"],
          until: Timestamp(rfc3339: "2027-03-31T18:00:00Z"),
          reason: "switched off in spring"
        ),
      ]
    )
  }

  @Test func whatIsInForceIsShownAndReadsTheSame() throws {
    let shown = SettingsText(try file(Self.text), checks: []).yaml
    #expect(try file(shown).settings.mutes == file(Self.text).settings.mutes)
  }

  @Test(
    "Mistakes are told with their places",
    arguments: [
      (
        "mutes: [{check: risk/quotas, reason: a}]",
        #"mutes[0].check: there is no check "risk/quotas"; did you mean risk/quota?"#
      ),
      ("mutes: [{check: risk/quota}]", "mutes[0].reason: it is missing"),
      ("mutes: [{reason: a}]", "mutes[0]: it would mute everything"),
      (
        "mutes: [{check: risk/quota, reason: a, until: soon}]",
        #"mutes[0].until: "soon" is no date"#
      ),
      ("mutes: [{checks: risk/quota, reason: a}]", "there is no such key; did you mean check?"),
      ("mutes: [{name: '[a', reason: a}]", "is not a name or glob"),
    ]
  )
  func mistake(text: String, expected: String) {
    let found = mistakes(text)
    #expect(found.count == 1 && found.contains { $0.contains(expected) }, "\(found)")
    #expect(found.allSatisfy { $0.hasPrefix("config.yaml:1:") })
  }
}
