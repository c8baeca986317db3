import KubernetesObjects

/// A remote check's configuration as YAML; a token's place is shown, never a token.
enum RemoteCheckText {
  /// The lines of a list's element.
  static func lines(_ check: RemoteCheckSettings) -> [String] {
    var fields = [("name", QuotedText.quoted(check.name)), ("url", QuotedText.quoted(check.url))]
    fields += objects(check)
    fields += [
      ("mode", check.mode.rawValue),
      ("batchSize", "\(check.batchSize)"), ("concurrency", "\(check.concurrency)"),
      ("timeout", DurationText.text(check.timeout)),
      ("patience", DurationText.text(check.patience)),
    ]
    fields += SettingsText.signIn(
      check.token,
      scheme: check.tokenScheme,
      authority: check.certificateAuthority
    )
    return SettingsText.element(fields)
  }

  /// The same of one that is asked in the way that is said of all.
  static func objectLines(_ check: RemoteCheckSettings) -> [String] {
    SettingsText.element([("name", QuotedText.quoted(check.name))] + objects(check))
  }

  /// Of which objects is told, and what.
  private static func objects(_ check: RemoteCheckSettings) -> [(String, String)] {
    var fields = [
      ("kinds", SettingsText.list(check.kinds.map(\.text))),
      ("contexts", SettingsText.list(check.contexts)),
    ]
    if !check.namespaces.isEmpty {
      fields.append(("namespaces", SettingsText.list(check.namespaces.map(\.text))))
    }
    if !check.labels.isEmpty {
      let labels = check.labels.sorted { $0.key < $1.key }
        .map { "\(QuotedText.quoted($0.key)): \(QuotedText.quoted($0.value))" }
      fields.append(("labels", "{\(labels.joined(separator: ", "))}"))
    }
    if let condition = check.condition {
      fields.append(("when", QuotedText.quoted(condition.text)))
    }
    return fields + [("fields", SettingsText.list(check.fields))]
  }
}

extension SettingsText {
  var remoteChecks: [String] {
    let checks = file.settings.remoteChecks
    guard !checks.isEmpty else { return ["remoteChecks: []" + origin("remoteChecks")] }
    return ["remoteChecks:" + origin("remoteChecks")] + checks.flatMap(RemoteCheckText.lines)
  }
}
