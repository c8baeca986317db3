import KubernetesObjects

/// An inventory's configuration as YAML; a token's place is shown, never a token.
enum InventoryText {
  /// The lines of a list's element.
  static func lines(_ inventory: InventorySettings) -> [String] {
    var lines = [
      "  - name: \(QuotedText.quoted(inventory.name))",
      "    kind: \(inventory.kind.rawValue)",
      "    contexts: \(SettingsText.list(inventory.contexts))",
      "    from:",
    ]
    lines += source(inventory.source).map { "      \($0.key): \($0.value)" }
    let map = inventory.map.map { ($0.rawValue, SettingsText.list($1)) }
    lines += Self.map("map", map)
    let labels = inventory.labels.map { ($0.rawValue, QuotedText.quoted($1)) }
    lines += Self.map("labels", labels)
    let clusters = inventory.clusters.map { (QuotedText.quoted($0), QuotedText.quoted($1)) }
    lines += Self.map("clusters", clusters)
    lines += [
      "    retiredStates: \(SettingsText.list(inventory.retiredStates.sorted()))",
      "    plannedStates: \(SettingsText.list(inventory.plannedStates.sorted()))",
    ]
    guard let release = inventory.release else { return lines }
    return lines + Self.map("release", self.release(release))
  }

  private static func release(
    _ release: InventorySettings.Release
  ) -> [(key: String, value: String)] {
    let texts = [
      ("method", release.method?.rawValue), ("url", release.url), ("body", release.body),
      ("undo", release.undo),
    ]
    let fields = texts.compactMap { key, text in
      text.map { (key: key, value: QuotedText.quoted($0)) }
    }
    return fields + SettingsText.signIn(release.token)
  }

  private static func map(_ name: String, _ entries: [(key: String, value: String)]) -> [String] {
    guard !entries.isEmpty else { return ["    \(name): {}"] }
    return ["    \(name):"]
      + entries.sorted { $0.key < $1.key }.map { "      \($0.key): \($0.value)" }
  }

  private static func source(_ source: InventorySource) -> [(key: String, value: String)] {
    var fields: [(key: String, value: String)] = []
    func add(_ key: String, _ text: String?) {
      if let text { fields.append((key, QuotedText.quoted(text))) }
    }
    var isNetBox = false
    switch source.location {
    case .file(let path): add("file", path)
    case .url(let url): add("url", url)
    case .netBox(let url):
      add("netbox", url)
      isNetBox = true
    }
    add("format", source.format?.rawValue)
    if !isNetBox { add("records", source.records.description) }
    switch source.paging {
    case .none: break
    case .nextLink(let path): add("next", path.description)
    case .offset(let parameter, let limit):
      add("offset", parameter)
      add("limit", limit)
    }
    if isNetBox || source.paging.asksForSize { fields.append(("pageSize", "\(source.pageSize)")) }
    fields += SettingsText.signIn(
      source.token,
      scheme: source.tokenScheme,
      authority: source.certificateAuthority
    )
    let interval = DurationText.text(source.interval)
    fields.append(("every", source.every == nil ? " # default: \(interval)" : interval))
    if case .file = source.location { return fields }
    return fields + [("timeout", DurationText.text(source.timeout))]
  }
}

extension InventorySource.Paging {
  fileprivate var asksForSize: Bool {
    if case .offset = self { true } else { false }
  }
}
