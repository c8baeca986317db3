import ClusterGraph
package import Inspection
package import KubernetesObjects

/// A vertex with what is around it: what it names, who names it, what is wrong with it.
package struct Surroundings: Sendable, Equatable {
  /// What is known of a vertex.
  package enum State: Sendable, Equatable {
    case present(isTerminating: Bool)
    case absent
    case unknown(String)
    /// No object: it is there as long as somebody names it.
    case shared

    init(_ presence: Presence) {
      self =
        switch presence {
        case .present(let record): .present(isTerminating: record.metadata.isTerminating)
        case .absent: .absent
        case .unknown(let reason): .unknown(reason)
        case .notAnObject: .shared
        }
    }
  }

  /// A vertex at the other end of an edge.
  package struct Member: Sendable, Equatable {
    package let id: VertexID
    package let state: State
    /// Whether who names it does as well without it.
    package let isOptional: Bool
    package let findings: FindingsSummary?

    package init(
      _ id: VertexID,
      _ state: State = .present(isTerminating: false),
      isOptional: Bool = false,
      findings: FindingsSummary? = nil
    ) {
      self.id = id
      self.state = state
      self.isOptional = isOptional
      self.findings = findings
    }
  }

  /// What is along one kind of edges in one direction; of very many only some are listed.
  package struct Group: Sendable, Equatable {
    package let relation: Relation
    package let isOutgoing: Bool
    package let members: [Member]
    package let count: Int

    package init(_ relation: Relation, isOutgoing: Bool, _ members: [Member], count: Int? = nil) {
      self.relation = relation
      self.isOutgoing = isOutgoing
      self.members = members
      self.count = count ?? members.count
    }

    package var phrase: String { isOutgoing ? relation.phrase : relation.inversePhrase }
  }

  /// How many vertices are listed of each kind of edges.
  package static let listedMembers = 40
  package static let listedFindings = 20
  package static let listedChanges = 12

  package let id: VertexID
  package let state: State
  package var resourceVersion = ""
  package var uid: ObjectUID?
  /// The findings about it, the worst first; the first ``listedFindings``.
  package var findings: [Finding] = []
  package var findingCount = 0
  /// What it names first, then who names it.
  package var groups: [Group] = []
  /// What changed of it lately, newest first.
  package var changes: [RecentChange] = []

  package init(_ id: VertexID, _ state: State) {
    self.id = id
    self.state = state
  }

  /// The worst of what is wrong with it, and how much that is.
  package var summary: FindingsSummary? {
    findings.first.map { FindingsSummary(worst: $0, count: findingCount) }
  }

  /// The owner that manages it, or another one where none does.
  package var owner: Member? {
    groups.first { $0.relation == .owner && $0.isOutgoing }?.members.first
  }
}

extension ClusterMonitor {
  /// What is around a vertex, as of the last inspection; `nil` where nobody knows of it.
  package func surroundings(of id: VertexID) -> Surroundings? {
    guard let handle = graph.handle(of: id) else { return nil }
    var surroundings = Surroundings(id, Surroundings.State(graph.presence(of: id)))
    if let key = id.objectKey {
      surroundings.resourceVersion = graph.resourceVersion(key)
      surroundings.changes = graph.history.changes(of: [key], limit: Surroundings.listedChanges)
        .map(RecentChange.init)
    }
    surroundings.uid = graph.record(of: handle)?.metadata.uid
    let findings = digest.findings(about: id, handle)
    surroundings.findings = Array(findings.prefix(Surroundings.listedFindings))
    surroundings.findingCount = findings.count
    surroundings.groups = graph.edgeGroups(of: handle, limit: Surroundings.listedMembers)
      .map { group in
        Surroundings.Group(
          group.relation,
          isOutgoing: group.isOutgoing,
          group.members.map(member),
          count: group.count
        )
      }
    return surroundings
  }

  private func member(_ neighbour: Neighbour) -> Surroundings.Member {
    Surroundings.Member(
      neighbour.id,
      Surroundings.State(neighbour.presence),
      isOptional: neighbour.isOptional,
      findings: neighbour.id.objectKey.flatMap { digest.summary(about: $0, neighbour.handle) }
    )
  }

  /// The Pods that an object stands for: itself, those that it owns, directly or not, or those that it selects.
  package func pods(of key: ObjectKey) -> [ObjectKey] {
    guard key.kind != Pod.kind else { return [key] }
    guard let start = graph.handle(of: .object(key)) else { return [] }
    var found: Set<ObjectKey> = []
    var (seen, level) = (Set([start]), [start])
    for _ in 0..<Self.longestOwnership where !level.isEmpty {
      level = level.flatMap { graph.referrerHandles(of: $0, over: .owner) }
        .filter { seen.insert($0).inserted }
      for handle in level {
        guard let record = graph.record(of: handle), record.key.kind == Pod.kind else { continue }
        found.insert(record.key)
      }
    }
    if found.isEmpty {
      for handle in graph.targetHandles(of: start, over: .selection) {
        guard let record = graph.record(of: handle), record.key.kind == Pod.kind else { continue }
        found.insert(record.key)
      }
    }
    return found.sorted()
  }

  /// A CronJob's Jobs' Pods, and a custom kind's Deployments' ReplicaSets' Pods.
  private static let longestOwnership = 4
}

extension Fleet {
  /// What is around a vertex of a cluster; `nil` where nobody knows of it.
  package nonisolated func surroundings(of id: VertexID, in cluster: String) async -> Surroundings?
  {
    await readableMonitor(of: cluster)?.surroundings(of: id)
  }
}
