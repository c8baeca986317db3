/// One way in which an object selects others by their labels: those of a kind in one namespace.
package struct Selection: Hashable, Sendable {
  package let kind: ObjectKind
  package let selector: LabelSelector
  /// The field that holds the selector: `spec.selector`.
  package let path: String
  /// Whether it is no edge: whom a policy lets connect is none of its Pods, and only whether there is
  /// anybody matters.
  package let isOfPeers: Bool
  /// `nil` for the object's own; empty for those of all namespaces that ``namespaces`` selects, and
  /// for kinds without namespaces.
  package let namespace: String?
  /// Which namespaces are meant, where that is told by their labels.
  package let namespaces: LabelSelector?

  package init(
    _ kind: ObjectKind,
    by selector: LabelSelector,
    path: String,
    isOfPeers: Bool = false,
    in namespace: String? = nil,
    ofNamespaces namespaces: LabelSelector? = nil
  ) {
    self.kind = kind
    self.selector = selector
    self.path = path
    self.isOfPeers = isOfPeers
    self.namespace = namespaces == nil ? namespace : ""
    self.namespaces = namespaces
  }
}
