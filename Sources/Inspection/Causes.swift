package import ClusterGraph
import KubernetesObjects

/// Which finding explains which: one page for one cause.
///
/// A pure look at the findings that there are and the edges between their subjects; findings are
/// few, however large the cluster is.
package struct Causes: Sendable {
  /// The cause of each finding that has one among the others.
  package private(set) var causes: [FindingID: FindingID] = [:]

  package init(_ findings: [Finding], checks: [any Check], in graph: ClusterGraph) {
    let explanations = Dictionary(
      checks.map { ($0.id, $0.explains) },
      uniquingKeysWith: { first, _ in first }
    ).filter { !$0.value.isEmpty }
    let explaining = findings.filter { explanations[$0.check] != nil }
    guard !explaining.isEmpty else { return }
    let bySubject = Dictionary(grouping: explaining, by: \.subject)
    let holders = Self.holders(among: explaining, explanations, in: graph)
    for finding in findings {
      causes[finding.id] =
        Self.cause(of: finding, among: bySubject[finding.subject] ?? [], explanations)
        ?? holders[finding.check]?[finding.subject]
        ?? Self.cause(of: finding, among: bySubject, explanations, in: graph)
    }
  }

  /// How many findings have this one at their root.
  package func consequences(of id: FindingID) -> Int {
    causes.keys.count { root(of: $0) == id }
  }

  /// The finding at the root: the cause of the cause, if that has one.
  package func root(of id: FindingID) -> FindingID? {
    var root = causes[id]
    var seen: Set<FindingID> = [id]
    while let current = root, let next = causes[current], seen.insert(current).inserted {
      root = next
    }
    return root
  }

  private static func cause(
    of finding: Finding,
    among others: [Finding],
    _ explanations: [CheckID: [Explanation]]
  ) -> FindingID? {
    others.first { other in
      other.id != finding.id
        && explanations[other.check]?.contains(.sameSubject(finding.check)) == true
    }?.id
  }

  /// For each vertex that findings hold up, by their check, the first of them.
  private static func holders(
    among findings: [Finding],
    _ explanations: [CheckID: [Explanation]],
    in graph: ClusterGraph
  ) -> [CheckID: [VertexID: FindingID]] {
    var holders: [CheckID: [VertexID: FindingID]] = [:]
    for finding in findings {
      for case .targets(let relation) in explanations[finding.check] ?? [] {
        guard let handle = graph.handle(of: finding.subject) else { continue }
        for target in graph.targets(of: handle, over: relation)
        where holders[finding.check]?[target.id] == nil {
          holders[finding.check, default: [:]][target.id] = finding.id
        }
      }
    }
    return holders
  }

  private static func cause(
    of finding: Finding,
    among others: [VertexID: [Finding]],
    _ explanations: [CheckID: [Explanation]],
    in graph: ClusterGraph
  ) -> FindingID? {
    guard let handle = graph.handle(of: finding.subject) else { return nil }
    for target in graph.targets(of: handle) where target.relation != .selection {
      let cause = others[target.id]?.first { other in
        guard other.id != finding.id, let explanations = explanations[other.check] else {
          return false
        }
        // What holds something up is no consequence of its being held up.
        let isHeldUp =
          other.check == finding.check && explanations.contains(.targets(over: target.relation))
        return !isHeldUp && explanations.contains(.referrers(over: target.relation))
      }
      if let cause { return cause.id }
    }
    return nil
  }
}
