/// Whether the objects of a kind are known; unknown is never taken for absent.
package enum Knowledge: Hashable, Sendable {
  /// The kind was listed, and its stream is followed.
  case known
  /// The same, but only for the objects of this namespace.
  case knownIn(namespace: String)
  /// The kind is not listed, for this reason: "not listed yet", "may not list secrets".
  case unknown(String)

  /// Known for all namespaces, or for the one that is followed alone.
  package static func known(in namespace: String?) -> Knowledge {
    namespace.map(Knowledge.knownIn) ?? .known
  }
}
