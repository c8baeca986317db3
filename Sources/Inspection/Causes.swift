package import ClusterGraph
import KubernetesObjects

/// Which finding explains which: one page for one cause.
///
/// A pure look at the findings that there are and the edges between their subjects; findings are
/// few, however large the cluster is.
package struct Causes: Sendable {
  /// Where a way down from a cause begins.
  private struct Meeting: Hashable {
    let vertex: Handle
    let down: [Relation]
  }

  /// A finding that may explain others, by its place among all.
  fileprivate struct Candidate {
    let index: Int
    let explanation: Explanation
  }

  /// The cause of each finding that has one among the others.
  package private(set) var causes: [FindingID: FindingID] = [:]
  private var consequences: [FindingID: Int] = [:]

  /// Finds the causes among `findings`; of several that are equally near, the first explains.
  package init(_ findings: [Finding], checks: [any Check], in graph: ClusterGraph) {
    addCauses(of: findings, checks, in: graph) { explanation, _ in !explanation.isRelayed }
    let explained = causes
    addCauses(of: findings, checks, in: graph) { explanation, cause in
      explanation.isRelayed && explained[cause] != nil
    }
    for id in causes.keys {
      if let root = root(of: id) { consequences[root, default: 0] += 1 }
    }
  }

  /// Finds causes of the findings that have none, by the explanations that hold.
  private mutating func addCauses(
    of findings: [Finding],
    _ checks: [any Check],
    in graph: ClusterGraph,
    where holds: (Explanation, FindingID) -> Bool
  ) {
    let candidates = Self.candidates(among: findings, checks, in: graph, where: holds)
    let ways = Set(candidates.keys.map(\.down)).sorted { $0.count < $1.count }
    for (index, finding) in findings.enumerated() where causes[finding.id] == nil {
      guard let subject = graph.handle(of: finding.subject) else { continue }
      var best: Candidate?
      for way in ways {
        for vertex in Self.walk(from: subject, along: way.reversed().map { .named($0) }, in: graph)
        {
          for candidate in candidates[Meeting(vertex: vertex, down: way)] ?? []
          where candidate.index != index
            && candidate.explanation.consequences.include(finding.check)
            && candidate.isBefore(best)
            && !isExplained(findings[candidate.index].id, by: finding.id)
          {
            best = candidate
          }
        }
      }
      if let best { causes[finding.id] = findings[best.index].id }
    }
  }

  /// How many findings have this one at their root.
  package func consequences(of id: FindingID) -> Int { consequences[id] ?? 0 }

  /// The finding at the root: the cause of the cause, if that has one.
  package func root(of id: FindingID) -> FindingID? {
    var root = causes[id]
    while let current = root, let next = causes[current] { root = next }
    return root
  }

  /// Whether a finding has another at its root or on the way there: that one cannot have it as its
  /// cause, too, or both would be folded and neither shown.
  private func isExplained(_ id: FindingID, by other: FindingID) -> Bool {
    var current = causes[id]
    while let cause = current {
      if cause == other { return true }
      current = causes[cause]
    }
    return false
  }

  /// All that may explain something, by where their ways down begin.
  private static func candidates(
    among findings: [Finding],
    _ checks: [any Check],
    in graph: ClusterGraph,
    where holds: (Explanation, FindingID) -> Bool
  ) -> [Meeting: [Candidate]] {
    let explanations = Dictionary(
      checks.map { ($0.id, $0.explains) },
      uniquingKeysWith: { first, _ in first }
    )
    var candidates: [Meeting: [Candidate]] = [:]
    for (index, finding) in findings.enumerated() {
      guard let explained = explanations[finding.check], !explained.isEmpty,
        let subject = graph.handle(of: finding.subject)
      else { continue }
      for explanation in explained where holds(explanation, finding.id) {
        for vertex in walk(from: subject, along: explanation.up, in: graph) {
          let meeting = Meeting(vertex: vertex, down: explanation.down)
          candidates[meeting, default: []].append(
            Candidate(index: index, explanation: explanation)
          )
        }
      }
    }
    return candidates
  }

  /// What is reached from a vertex by some steps.
  private static func walk(
    from start: Handle,
    along steps: [Explanation.Step],
    in graph: ClusterGraph
  ) -> Set<Handle> {
    steps.reduce([start]) { vertices, step in
      Set(
        vertices.flatMap { vertex in
          switch step {
          case .named(let relation): graph.targets(of: vertex, over: relation).map(\.handle)
          case .naming(let relation): graph.referrers(of: vertex, over: relation).map(\.handle)
          }
        }
      )
    }
  }
}

extension Causes.Candidate {
  /// Whether it is nearer than another, or as near and before it.
  fileprivate func isBefore(_ other: Self?) -> Bool {
    guard let other else { return true }
    return (explanation.length, index) < (other.explanation.length, other.index)
  }
}
