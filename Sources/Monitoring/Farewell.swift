import ClusterGraph
import Inspection
import KubernetesObjects

/// Sees which of the findings end that another agent is to tell of from now on, until that one sees it itself.
///
/// Between the one who gives a part of the cluster back and the one who takes it there are seconds. What ends in
/// them the other never saw, and does not know that it was told.
struct Farewell: Sendable {
  /// For how long the other may take to cover what it was given.
  static let duration = Duration.seconds(30)

  /// The part that is given away.
  let coverage: Coverage
  let end: Timestamp
  /// What was told, and has not been seen to end.
  private(set) var findings: [FindingID: Finding]
  private var inspector: Inspector

  /// The same inspector goes on for the part alone.
  init(
    to coverage: Coverage,
    of findings: [Finding],
    by inspector: Inspector,
    in graph: ClusterGraph,
    until end: Timestamp
  ) {
    self.coverage = coverage
    self.end = end
    self.findings = Dictionary(findings.lazy.map { ($0.id, $0) }) { first, _ in first }
    self.inspector = inspector
    _ = self.inspector.cover(coverage, in: graph)
  }

  /// Inspects what was touched; the findings that are over, where `isSeen` says of which that is seen.
  mutating func inspect(
    _ touched: HandleSet,
    in graph: ClusterGraph,
    at now: Timestamp,
    where isSeen: (Finding) -> Bool
  ) -> [Finding] {
    inspector.inspect(touched, in: graph, at: now, watchedFromStart: true).resolved.compactMap {
      isSeen($0) ? findings.removeValue(forKey: $0.id) : nil
    }
  }
}

extension ClusterMonitor {
  /// Goes on to see what ends of findings that others tell of from now on, with the inspector that had them
  /// before.
  func begin(farewellTo moved: [Finding], by before: Inspector) {
    let left = before.coverage
    let kept = inspector.coverage
    let parts = left.count == kept.count ? left.shards.subtracting(kept.shards) : left.shards
    guard isFollowed, !moved.isEmpty else { return }
    let part = Coverage(of: left.count, holding: parts)
    farewell = Farewell(
      to: part,
      of: moved,
      by: before,
      in: graph,
      until: clock.now() + Farewell.duration
    )
    coverage.departing = part
    armAlarm()
  }

  /// Has told on which of them end as these vertices are now.
  func noteEndsInFarewell(at touched: HandleSet) {
    guard farewell != nil else { return }
    let blind = blindChecks
    let now = clock.now()
    var delta = FindingsDelta()
    delta.resolved =
      farewell?.inspect(touched, in: graph, at: now) { finding in
        !blind.contains(finding.check) && isSeen(finding)
      } ?? []
    if !delta.isEmpty { tell(delta, at: now) }
  }

  /// Leaves all that was given away to the others: its findings are told to be theirs, and its objects let go.
  func endFarewell() {
    guard let ended = farewell else { return }
    farewell = nil
    coverage.departing = nil
    tell(movedAway: ended.findings.values.sorted { $0.id < $1.id }, at: clock.now())
    letGoWhatIsNotFollowed()
  }
}
