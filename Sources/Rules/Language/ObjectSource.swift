package import KubernetesObjects

/// Where a rule has other objects from than its own: each is a variable of its expressions.
///
/// As the kind is known before evaluation, so is what is read of its objects.
package enum ObjectSource: Hashable, Sendable {
  /// What the object names.
  case references(ObjectKind)
  /// What names the object.
  case referrers(ObjectKind)
  /// Any, by namespace and name.
  case lookup(ObjectKind)

  /// The functions by their names, with how many arguments they take.
  static let functions: [String: (make: @Sendable (ObjectKind) -> ObjectSource, count: Int)] = [
    "lookup": ({ .lookup($0) }, 3),
    "referrers": ({ .referrers($0) }, 1),
    "refs": ({ .references($0) }, 1),
  ]

  package var kind: ObjectKind {
    switch self {
    case .references(let kind), .referrers(let kind), .lookup(let kind): kind
    }
  }

  /// The variable's name, which nobody can write.
  var name: String {
    switch self {
    case .references(let kind): "refs('\(kind)')"
    case .referrers(let kind): "referrers('\(kind)')"
    case .lookup(let kind): "lookup('\(kind)')"
    }
  }

  /// How many steps lead from the variable to an object.
  var depth: Int {
    switch self {
    case .references, .referrers: 1
    case .lookup: 2
    }
  }
}
