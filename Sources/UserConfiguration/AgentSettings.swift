/// An agent whose findings the terminal shows, and how it is asked.
package struct AgentSettings: Sendable, Equatable {
  package var url: AgentURL
  package var token: InventorySource.Token?
  /// A file of certificates that are trusted instead of the system's.
  package var certificateAuthority: String?
  /// By which context of the kubeconfig its clusters are reached, by the names that the agent has for them.
  package var contexts: [String: String] = [:]

  package init(url: AgentURL) { self.url = url }
}

/// Where an agent answers: over TLS, or on this machine.
package struct AgentURL: Hashable, Sendable {
  package struct Mistake: Error, Equatable, CustomStringConvertible {
    package let description: String
  }

  /// Without a slash at the end.
  package let text: String
  /// Whether it goes over TLS; without, it leads to this machine.
  package var isEncrypted: Bool { text.lowercased().hasPrefix("https://") }
  /// Host and port, as people are told of it.
  package let place: String

  /// Reads a URL; findings, and tokens, go to other machines by https alone.
  package init(_ text: String) throws(Mistake) {
    let parts = text.split(separator: "://", maxSplits: 1)
    guard parts.count == 2, ["http", "https"].contains(parts[0].lowercased()),
      let host = parts[1].split(separator: "/", omittingEmptySubsequences: false).first,
      !host.isEmpty, !host.hasPrefix(":"), !host.contains("@"),
      text.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "?") })
    else {
      throw Mistake(description: "is no URL of an agent; write https://HOST:PORT")
    }
    guard parts[0].lowercased() == "https" || Self.isThisMachine(host) else {
      throw Mistake(
        description: "would send findings and tokens to \(host) as plain text; write https://"
      )
    }
    var trimmed = text[...]
    while trimmed.hasSuffix("/") { trimmed.removeLast() }
    self.text = String(trimmed)
    place = String(host)
  }

  private static func isThisMachine(_ host: Substring) -> Bool {
    let name =
      host.hasPrefix("[")
      ? host.dropFirst().prefix { $0 != "]" } : host.prefix { $0 != ":" }
    let isIPv4 = name.split(separator: ".", omittingEmptySubsequences: false)
      .allSatisfy { UInt8($0) != nil }
    return name == "localhost" || name == "::1" || (name.hasPrefix("127.") && isIPv4)
  }
}
