import Healing
import Inspection
import KubernetesObjects
import NameMatching

/// What may be healed and what proposes itself as YAML, each value with where it comes from.
struct HealingText {
  let settings: Settings
  /// A comment that tells where a value comes from.
  let origin: (String) -> String

  var lines: [String] {
    let limits = settings.healLimits
    return [
      "healing:",
      "  protectedLabels: \(SettingsText.list(settings.protectedLabels))"
        + origin("healing.protectedLabels"),
      "  actionsPerHour: \(limits.actionsPerHour)" + origin("healing.actionsPerHour"),
      "  sharePercent: \(limits.sharePercent)" + origin("healing.sharePercent"),
      "  stormPercent: \(limits.stormPercent)" + origin("healing.stormPercent"),
      "  coolDown: \(DurationText.text(limits.coolDown))" + origin("healing.coolDown"),
      "  windows: \(SettingsText.list(limits.windows))" + origin("healing.windows"),
    ] + policies
  }

  private var policies: [String] {
    guard !settings.policies.isEmpty else { return ["  policies: []" + origin("healing.policies")] }
    return ["  policies:" + origin("healing.policies")]
      + settings.policies.flatMap { policy in
        let patterns = [("check", policy.check), ("namespace", policy.namespace)]
          .compactMap { name, pattern in
            pattern.map { "      \(name): \(QuotedText.quoted($0.text))" }
          }
        return [
          "    - name: \(QuotedText.quoted(policy.name))",
          "      remedy: \(policy.remedy)",
        ] + patterns + [
          "      contexts: \(SettingsText.list(policy.contexts))",
          "      severity: \(policy.severity.name)",
          "      after: \(DurationText.text(policy.after))",
          "      automatic: \(policy.isAutomatic)",
          "      perHour: \(policy.perHour)",
        ]
      }
  }
}
