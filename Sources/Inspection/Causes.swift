package import ClusterGraph

/// Which finding explains which: one page for one cause.
///
/// A pure look at the findings that there are, and at where they meet over the edges between their subjects.
package struct Causes: Sendable {
  /// A finding that may explain others, by its place among all.
  private struct Candidate {
    let id: FindingID
    let index: Int
    let distance: UInt16
    /// The next that offers to come to the same meeting, by its place among all candidates.
    var next: Int?

    /// Whether it is nearer than another, or as near and before it.
    func isBefore(_ other: Self?) -> Bool {
      guard let other else { return true }
      return (distance, index) < (other.distance, other.index)
    }
  }

  /// Those that offer to come to a meeting, in the order of their findings, by their places among all candidates.
  private struct Chain {
    let first: Int
    var last: Int
  }

  /// Where each of the findings, by its place among all, meets what may explain it, as far as something offers to.
  private typealias MeetingsOfPlaces<Meeting: Hashable> =
    (Dictionary<Meeting, Chain>.Keys) -> (Int) -> [Meeting]

  /// The cause of each finding that has one among the others.
  package private(set) var causes: [FindingID: FindingID] = [:]
  /// The finding at the root of each that has a cause: the cause of the cause, if that has one.
  package private(set) var roots: [FindingID: FindingID] = [:]
  /// Where each finding meets others, as far as it may; only where that was asked for.
  package private(set) var ends: [FindingID: CausalEnds] = [:]
  private var consequences: [FindingID: Int] = [:]

  /// Finds the causes among `findings`; of several that are equally near, the first explains.
  package init(
    _ findings: some Sequence<Finding>,
    checks: [any Check],
    in graph: ClusterGraph,
    tellingEnds: Bool = false
  ) {
    let places = CausePlaces(findings, checks: checks, in: graph)
    find(among: places.ids, offering: places.offers) { offered in
      let paths = places.paths(among: Set(offered.lazy.map(\.way)))
      return { places.meetings(of: $0, by: paths) }
    }
    if tellingEnds { ends = places.ends() }
  }

  /// Finds the causes among findings of which others told where they meet, the first first.
  package init(told: [(id: FindingID, ends: CausalEnds)]) {
    find(among: told.map(\.id), offering: told.map(\.ends.explains)) { _ in
      { told[$0].ends.explainedBy }
    }
  }

  private mutating func find<Meeting>(
    among ids: [FindingID],
    offering offers: [[CauseOffer<Meeting>]],
    meetings: MeetingsOfPlaces<Meeting>
  ) {
    addCauses(among: ids, offering: offers, meetings) { offer, _ in !offer.isRelayed }
    let explained = causes
    addCauses(among: ids, offering: offers, meetings) { offer, id in
      offer.isRelayed && explained[id] != nil
    }
    for id in causes.keys {
      guard let root = findRoot(of: id) else { continue }
      roots[id] = root
      consequences[root, default: 0] += 1
    }
  }

  /// Finds causes of the findings that have none, by the offers that hold.
  private mutating func addCauses<Meeting>(
    among ids: [FindingID],
    offering offers: [[CauseOffer<Meeting>]],
    _ meetings: MeetingsOfPlaces<Meeting>,
    where holds: (CauseOffer<Meeting>, FindingID) -> Bool
  ) {
    var candidates: [Candidate] = []
    var chains: [Meeting: Chain] = [:]
    let offerCount = offers.reduce(0) { $0 + $1.count }
    candidates.reserveCapacity(offerCount)
    chains.reserveCapacity(offerCount)
    for (index, id) in ids.enumerated() {
      for offer in offers[index] where holds(offer, id) {
        let place = candidates.count
        if let chain = chains[offer.meeting] {
          if offer.isOfAlike { continue }
          candidates[chain.last].next = place
          chains[offer.meeting]?.last = place
        } else {
          chains[offer.meeting] = Chain(first: place, last: place)
        }
        candidates.append(Candidate(id: id, index: index, distance: offer.distance))
      }
    }
    guard !candidates.isEmpty else { return }
    let meetings = meetings(chains.keys)
    for (index, id) in ids.enumerated() where causes[id] == nil {
      var best: Candidate?
      for meeting in meetings(index) {
        // The first is nearest as a rule, so that the others need not be looked at closely.
        var next = chains[meeting]?.first
        while let candidate = next.map({ candidates[$0] }) {
          next = candidate.next
          guard candidate.index != index, candidate.isBefore(best),
            !isExplained(candidate.id, by: id)
          else { continue }
          best = candidate
        }
      }
      if let best { causes[id] = best.id }
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
}
