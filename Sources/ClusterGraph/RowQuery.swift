package import KubernetesObjects

/// Which objects a list on the screen shows, and in which order.
package struct RowQuery: Hashable, Sendable {
  package enum Order: Hashable, Sendable {
    /// By namespace, then by name.
    case namespace
    /// By name, then by namespace.
    case name
    /// The newest first.
    case age
    /// What weighs most first; what that is, whoever asks decides.
    case weight
    /// By the ranks that were given for a column of this name, and last what has none.
    case column(String)
  }

  package var kind: ObjectKind
  /// The only namespace to show; `nil` for all.
  package var namespace: String?
  /// The labels that objects must have; `nil` for any.
  package var selector: LabelSelector?
  package var order: Order
  package var isReversed: Bool
  /// Whether only objects are shown that weigh anything.
  package var onlyWeighted: Bool
  package var filter: FilterExpression

  package init(
    _ kind: ObjectKind,
    namespace: String? = nil,
    selector: LabelSelector? = nil,
    order: Order = .namespace,
    isReversed: Bool = false,
    onlyWeighted: Bool = false,
    filter: FilterExpression = FilterExpression()
  ) {
    self.kind = kind
    self.namespace = namespace
    self.selector = selector
    self.order = order
    self.isReversed = isReversed
    self.onlyWeighted = onlyWeighted
    self.filter = filter
  }

  /// The columns that its filter may name.
  package static let filterColumns = [
    FilterColumn("name"), FilterColumn("namespace", "ns"), FilterColumn("label", "labels"),
    FilterColumn("cluster", "context"),
  ]
}
