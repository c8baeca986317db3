package import ClusterGraph
import KubernetesClient
package import KubernetesObjects

/// What a plan can hurt: the part of the graph behind its target.
package struct BlastRadius: Sendable, Equatable {
  package struct Impact: Sendable, Equatable {
    package let vertex: VertexID
    /// What happens to it: "is deleted with its owner".
    package let effect: String

    package init(_ vertex: VertexID, _ effect: String) {
      self.vertex = vertex
      self.effect = effect
    }
  }

  /// The first impacts, in the order in which they are met.
  package var impacts: [Impact]
  /// How many impacts there are in all.
  package var count: Int
  /// Kinds whose objects cannot all be seen, and so may be hit too.
  package var unknownKinds: [ObjectKind] = []

  /// How many impacts are listed one by one.
  package static let listed = 50

  package init(_ impacts: [Impact]) {
    self.impacts = Array(impacts.prefix(Self.listed))
    count = impacts.count
  }

  /// What happens to `key` itself, and what follows where it ends: the garbage collector deletes
  /// what it owns, and what that owns.
  package init(ending key: ObjectKey, _ effect: String, in graph: ClusterGraph) {
    self.init([Impact(.object(key), effect)] + Self.ownedObjects(of: key, in: graph))
    unknownKinds = graph.unknownKinds
  }

  /// What becomes of what `key` owns: the garbage collector deletes it afterwards or before, and what that
  /// owns, or leaves it alone.
  static func ownedObjects(
    of key: ObjectKey,
    in graph: ClusterGraph,
    _ propagation: DeleteOptions.Propagation = .background
  ) -> [Impact] {
    var impacts: [Impact] = []
    var visited: Set<VertexID> = [.object(key)]
    var queue: [VertexID] = [.object(key)]
    while let owner = queue.popLast() {
      guard let handle = graph.handle(of: owner) else { continue }
      let owned = graph.referrers(of: handle, over: .owner).map(\.id).sorted()
      for id in owned where visited.insert(id).inserted {
        impacts.append(Impact(id, effect(on: owner.name, propagation)))
        // Who stays keeps what is its own.
        if propagation != .orphan { queue.append(id) }
      }
    }
    return impacts
  }

  private static func effect(
    on owner: String,
    _ propagation: DeleteOptions.Propagation
  ) -> String {
    switch propagation {
    case .background: "is deleted with its owner \(owner)"
    case .foreground: "is deleted before its owner \(owner)"
    case .orphan: "stays, without its owner \(owner)"
    }
  }
}
