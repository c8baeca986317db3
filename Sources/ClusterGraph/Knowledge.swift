/// Whether the objects of a kind are known; unknown is never taken for absent.
package enum Knowledge: Hashable, Sendable {
  /// The kind was listed, and its stream is followed.
  case known
  /// The same, but only for the objects of these namespaces.
  case knownIn(namespaces: Set<String>)
  /// The kind is not listed, for this reason: "not listed yet", "may not list secrets".
  case unknown(String)

  /// What is known once a list of one namespace, or of all, is there, too.
  func adding(_ namespace: String?) -> Knowledge {
    guard let namespace else { return .known }
    guard case .knownIn(let namespaces) = self else { return .knownIn(namespaces: [namespace]) }
    return .knownIn(namespaces: namespaces.union([namespace]))
  }
}
