/// One way in which an object selects others by their labels: those of a kind in its own namespace.
package struct Selection: Hashable, Sendable {
  package let kind: ObjectKind
  package let selector: LabelSelector
  /// The field that holds the selector: `spec.selector`.
  package let path: String

  package init(
    _ kind: ObjectKind,
    by selector: LabelSelector,
    path: String
  ) {
    self.kind = kind
    self.selector = selector
    self.path = path
  }
}
