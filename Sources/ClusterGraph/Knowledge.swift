/// Whether the objects of a kind are known; unknown is never taken for absent.
package enum Knowledge: Hashable, Sendable {
  /// The kind was listed, and its stream is followed.
  case known
  /// The kind is not listed, for this reason: "not listed yet", "may not list secrets".
  case unknown(String)
}
