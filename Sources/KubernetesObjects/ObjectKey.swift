/// What names one object in a cluster: kind, namespace and name.
package struct ObjectKey: Hashable, Sendable {
  package let kind: ObjectKind
  /// Empty for cluster-scoped objects.
  package let namespace: String
  package let name: String

  package init(_ kind: ObjectKind, namespace: String = "", name: String) {
    self.kind = kind
    self.namespace = namespace
    self.name = name
  }

  /// `shop/cart-1`, or the bare name of a cluster-scoped object.
  package var qualifiedName: String { namespace.isEmpty ? name : "\(namespace)/\(name)" }
}

extension ObjectKey: Comparable, CustomStringConvertible {
  package static func < (left: Self, right: Self) -> Bool {
    (left.kind, left.namespace, left.name) < (right.kind, right.namespace, right.name)
  }

  package var description: String { "\(kind) \(qualifiedName)" }
}
