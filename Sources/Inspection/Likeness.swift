/// What findings of one check have in common that are told once: the first explains the others.
package struct Likeness: Hashable, Sendable {
  /// Equal for those that are alike.
  package let text: String
  /// Whether it is the cluster that they have it from, and not only what made them.
  package let isOfCluster: Bool

  package init(_ text: String, isOfCluster: Bool = false) {
    self.text = text
    self.isOfCluster = isOfCluster
  }
}
