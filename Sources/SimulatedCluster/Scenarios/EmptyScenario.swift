import WireFormats

/// The namespaces that every cluster has, and nothing else.
enum EmptyScenario {
  static let scenario = Scenario(id: .empty) { world, _ throws(APIFailure) in
    try buildNamespaces(["default", "kube-node-lease", "kube-public", "kube-system"], world)
  }

  static func buildNamespaces(_ names: [String], _ world: World) throws(APIFailure) {
    for name in names {
      try world.registry.create(["metadata": ["name": .string(name)]], in: .namespaces)
    }
  }
}
