package import KubernetesObjects

/// Which objects a list on the screen shows, and in which order.
package struct RowQuery: Hashable, Sendable {
  package enum Order: Hashable, Sendable {
    /// By namespace, then by name.
    case name
    case newestFirst
    case oldestFirst
  }

  package var kind: ObjectKind
  /// The only namespace to show; `nil` for all.
  package var namespace: String?
  package var order: Order
  package var filter: TextFilter

  package init(
    _ kind: ObjectKind,
    namespace: String? = nil,
    order: Order = .name,
    filter: TextFilter = TextFilter("")
  ) {
    self.kind = kind
    self.namespace = namespace
    self.order = order
    self.filter = filter
  }
}
