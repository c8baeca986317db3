import Inspection
import KubernetesObjects
import Testing

/// Which checks are run.
@Suite struct CheckSettingsTests {
  private struct Rule: Check {
    let id: CheckID
    let profile: CheckProfile
    let title = "Rule"
    let severity = Severity.info
    let settles = Duration.zero
    let needs: [ObjectKind] = []
    let explanation = ""

    func inspect(_ node: Node, in cluster: ClusterView) -> [Observation] { [] }
  }

  private static let checks: [any Check] = [
    Rule(id: "a/broken", profile: .default), Rule(id: "b/untidy", profile: .hygiene),
  ]

  @Test(
    "The profile says which checks are run, unless one is switched on or off",
    arguments: [
      (ProfileSelection.default, [:], ["a/broken"]), (.hygiene, [:], ["b/untidy"]),
      (.all, [:], ["a/broken", "b/untidy"]),
      (.default, ["b/untidy": true], ["a/broken", "b/untidy"]),
      (.all, ["a/broken": false], ["b/untidy"]),
    ] as [(ProfileSelection, [CheckID: Bool], [CheckID])]
  )
  func profile(profile: ProfileSelection, switches: [CheckID: Bool], run: [CheckID]) {
    let overrides = switches.mapValues { CheckSettings.Override(isEnabled: $0) }
    let settings = CheckSettings(overrides, profile: profile)
    #expect(settings.enabled(among: Self.checks).map(\.id) == run)
  }
}
