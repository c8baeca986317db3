import ClusterGraph
package import KubernetesObjects

/// What is around a vertex, as much of it as a person reads: who controls it, what it names, and who
/// names it.
package struct Vicinity: Sendable, Equatable {
  package enum State: Sendable, Equatable {
    case present, terminating, absent
    case unknown(String)
  }

  package struct Vertex: Sendable, Equatable {
    package let id: VertexID
    package let state: State

    package init(_ id: VertexID, _ state: State = .present) {
      self.id = id
      self.state = state
    }
  }

  /// Those at the other ends of the edges of one sort.
  package struct Branch: Sendable, Equatable {
    /// How the edges read from the vertex in the middle.
    package let phrase: String
    package let isOutgoing: Bool
    /// The first of them, those that are absent before the others.
    package let vertices: [Vertex]
    /// How many there are besides of each kind.
    package let others: [String: Int]

    package init(
      phrase: String,
      isOutgoing: Bool,
      vertices: [Vertex],
      others: [String: Int] = [:]
    ) {
      self.phrase = phrase
      self.isOutgoing = isOutgoing
      self.vertices = vertices
      self.others = others
    }
  }

  /// What controls it, from the top on.
  package let owners: [Vertex]
  package let subject: Vertex
  package let branches: [Branch]

  package init(owners: [Vertex] = [], subject: Vertex, branches: [Branch] = []) {
    self.owners = owners
    self.subject = subject
    self.branches = branches
  }

  /// How many vertices of a branch are told.
  static let vertexLimit = 4
  static let ownerLimit = 5

  /// All that are told, but the one in the middle.
  var vertices: [VertexID] { owners.map(\.id) + branches.flatMap { $0.vertices.map(\.id) } }
}

extension Vicinity {
  /// Events are left out: there are others every minute, and what they say is told elsewhere.
  init(of id: VertexID, in graph: ClusterGraph) {
    let subject = Vertex(id, State(graph.presence(of: id)))
    guard let handle = graph.handle(of: id) else {
      self.init(subject: subject)
      return
    }
    let owners = Self.owners(of: handle, in: graph)
    let neighbours = (graph.targets(of: handle) + graph.referrers(of: handle)).filter { neighbour in
      neighbour.relation != .event
        && !(neighbour.relation == .owner && neighbour.isOutgoing
          && neighbour.id == owners.last?.id)
    }
    let branches = Dictionary(grouping: neighbours) { neighbour in
      EdgeSort(isOutgoing: neighbour.isOutgoing, relation: neighbour.relation)
    }
    self.init(
      owners: owners,
      subject: subject,
      branches: branches.sorted { $0.key < $1.key }.map { Branch($0.value) }
    )
  }

  private static func owners(of handle: Handle, in graph: ClusterGraph) -> [Vertex] {
    var owners: [Vertex] = []
    var next: Handle? = handle
    while let current = next, owners.count < ownerLimit {
      let all = graph.targets(of: current, over: .owner)
      let controller = graph.record(of: current)?.metadata.controller?.name
      let owner = all.first { $0.id.objectKey?.name == controller } ?? all.min { $0.id < $1.id }
      guard let owner, !owners.contains(where: { $0.id == owner.id }) else { break }
      owners.append(Vertex(owner.id, State(owner.presence)))
      next = owner.handle
    }
    return owners.reversed()
  }
}

/// What edges have in common that are told together: what the vertex names comes first.
private struct EdgeSort: Hashable, Comparable {
  let isOutgoing: Bool
  let relation: Relation

  static func < (left: Self, right: Self) -> Bool {
    left.isOutgoing == right.isOutgoing
      ? left.relation.rawValue < right.relation.rawValue : left.isOutgoing
  }
}

extension Vicinity.Branch {
  /// Of very many any few are as good as the first.
  private static let sortedLimit = 2000

  fileprivate init(_ neighbours: [Neighbour]) {
    let limit = Vicinity.vertexLimit
    let absent = neighbours.filter(\.presence.isAbsent)
    let there = neighbours.filter { !$0.presence.isAbsent }
    let ordered = [absent, there].flatMap { some in
      some.count > Self.sortedLimit
        ? Array(some.prefix(limit)) : some.sorted { $0.id < $1.id }
    }
    // A rest of one is told as quickly as counted.
    let told = neighbours.count == limit + 1 ? limit + 1 : limit
    let shown = ordered.prefix(told)
    var others: [String: Int] = [:]
    for neighbour in neighbours { others[neighbour.id.kindName, default: 0] += 1 }
    for neighbour in shown { others[neighbour.id.kindName, default: 0] -= 1 }
    self.init(
      phrase: neighbours.first?.phrase ?? "",
      isOutgoing: neighbours.first?.isOutgoing ?? true,
      vertices: shown.map { Vicinity.Vertex($0.id, Vicinity.State($0.presence)) },
      others: others.filter { $0.value > 0 }
    )
  }
}

extension Vicinity.State {
  fileprivate init(_ presence: Presence) {
    self =
      switch presence {
      case .present(let record): record.metadata.isTerminating ? .terminating : .present
      case .absent: .absent
      case .unknown(let reason): .unknown(reason)
      case .notAnObject: .present
      }
  }
}
