package import ClusterGraph
import KubernetesObjects

/// Which finding explains which: one page for one cause.
///
/// A pure look at the findings that there are and the edges between their subjects.
package struct Causes: Sendable {
  /// Where a way down from a cause begins.
  private struct Meeting: Hashable {
    /// `nil` for those that need not meet.
    let vertex: Handle?
    let down: [Relation]
    /// `nil` for those that need not be alike.
    var likeness: Likeness?
  }

  /// A finding that may explain others, by its place among all.
  fileprivate struct Candidate {
    let id: FindingID
    let index: Int
    let explanation: Explanation
  }

  /// A finding that may have a cause or be one.
  private struct Place {
    let id: FindingID
    let check: CheckID
    let index: Int
    let subject: Handle
    let likeness: Likeness?
  }

  /// The cause of each finding that has one among the others.
  package private(set) var causes: [FindingID: FindingID] = [:]
  /// The finding at the root of each that has a cause: the cause of the cause, if that has one.
  package private(set) var roots: [FindingID: FindingID] = [:]
  private var consequences: [FindingID: Int] = [:]

  /// Finds the causes among `findings`; of several that are equally near, the first explains.
  package init(
    _ findings: some Sequence<Finding>,
    checks: [any Check],
    in graph: ClusterGraph
  ) {
    var ways = CauseWays(checks)
    // Most findings are risks, which nothing explains and which explain nothing.
    let places = findings.enumerated().compactMap { index, finding -> Place? in
      guard ways.isRelevant(finding.check), let subject = graph.handle(of: finding.subject) else {
        return nil
      }
      return Place(
        id: finding.id,
        check: finding.check,
        index: index,
        subject: subject,
        likeness: finding.likeness
      )
    }
    addCauses(of: places, &ways, in: graph) { explanation, _ in !explanation.isRelayed }
    let explained = causes
    addCauses(of: places, &ways, in: graph) { explanation, cause in
      explanation.isRelayed && explained[cause] != nil
    }
    for id in causes.keys {
      guard let root = findRoot(of: id) else { continue }
      roots[id] = root
      consequences[root, default: 0] += 1
    }
  }

  /// Finds causes of the findings that have none, by the explanations that hold.
  private mutating func addCauses(
    of places: [Place],
    _ ways: inout CauseWays,
    in graph: ClusterGraph,
    where holds: (Explanation, FindingID) -> Bool
  ) {
    let candidates = Self.candidates(among: places, ways, in: graph, where: holds)
    guard !candidates.isEmpty else { return }
    let taken = Set(candidates.keys.map(\.down))
    for place in places where causes[place.id] == nil {
      var best: Candidate?
      func consider(_ found: [Candidate]?) {
        for candidate in found ?? []
        where candidate.index != place.index
          && candidate.explanation.consequences.include(place.check)
          && candidate.isBefore(best)
          && !isExplained(candidate.id, by: place.id)
        {
          best = candidate
        }
      }
      for way in ways.down(to: place.check) where taken.contains(way) {
        let steps = way.reversed().map { Explanation.Step.named($0) }
        for vertex in Self.walk(from: place.subject, along: steps, in: graph) {
          consider(candidates[Meeting(vertex: vertex, down: way)])
          guard let likeness = place.likeness else { continue }
          consider(candidates[Meeting(vertex: vertex, down: way, likeness: likeness)])
        }
      }
      if let likeness = place.likeness, likeness.isOfCluster {
        consider(candidates[Meeting(vertex: nil, down: [], likeness: likeness)])
      }
      if let best { causes[place.id] = best.id }
    }
  }

  /// How many findings have this one at their root.
  package func consequences(of id: FindingID) -> Int { consequences[id] ?? 0 }

  /// The finding at the root of all that explain this one.
  package func root(of id: FindingID) -> FindingID? { roots[id] }

  private func findRoot(of id: FindingID) -> FindingID? {
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
    among places: [Place],
    _ ways: CauseWays,
    in graph: ClusterGraph,
    where holds: (Explanation, FindingID) -> Bool
  ) -> [Meeting: [Candidate]] {
    var candidates: [Meeting: [Candidate]] = [:]
    for place in places {
      for explanation in ways.explanations(of: place.check) where holds(explanation, place.id) {
        let candidate = Candidate(id: place.id, index: place.index, explanation: explanation)
        if explanation.isOfAlike {
          for meeting in meetings(of: place, explanation, in: graph)
          where candidates[meeting] == nil {
            candidates[meeting] = [candidate]
          }
          continue
        }
        for vertex in walk(from: place.subject, along: explanation.up, in: graph) {
          let meeting = Meeting(vertex: vertex, down: explanation.down)
          candidates[meeting, default: []].append(candidate)
        }
      }
    }
    return candidates
  }

  /// Where a finding meets those that are like it, of which only the first counts.
  private static func meetings(
    of place: Place,
    _ explanation: Explanation,
    in graph: ClusterGraph
  ) -> [Meeting] {
    guard let likeness = place.likeness else { return [] }
    guard !explanation.isAnywhere else {
      return likeness.isOfCluster ? [Meeting(vertex: nil, down: [], likeness: likeness)] : []
    }
    return walk(from: place.subject, along: explanation.up, in: graph)
      .map { Meeting(vertex: $0, down: explanation.down, likeness: likeness) }
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
          case .named(let relation): graph.targetHandles(of: vertex, over: relation)
          case .naming(let relation): graph.referrerHandles(of: vertex, over: relation)
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
