import ClusterGraph
import Inspection
import KubernetesObjects

/// The findings as they are shown: in order, with what explains them and which are muted.
struct FindingsDigest: Sendable {
  let findings: [Finding]
  let causes: Causes
  /// Whose labels and annotations decided what is muted.
  private let read: Set<Handle>
  /// When the first mute ends.
  private let end: Timestamp?

  init(
    of found: [Finding],
    options: MonitorOptions,
    in graph: ClusterGraph,
    at now: Timestamp
  ) {
    var read: Set<Handle> = []
    let all = found.map { finding in
      for vertex in MuteRules.readVertices(of: finding) {
        if let handle = graph.handle(of: vertex) { read.insert(handle) }
      }
      var finding = finding
      finding.muting = options.mutes.muting(of: finding, in: graph, at: now)
      return finding
    }
    findings = all.sorted(by: Finding.precedes)
    causes = Causes(findings, checks: options.checks, in: graph)
    self.read = read
    end = options.mutes.nextEnd(after: now)
  }

  /// Whether a mute has ended since.
  func isOutdated(at now: Timestamp) -> Bool { end.map { $0 <= now } ?? false }

  /// Whether something changed that decides over mutes.
  func isOutdated(bySeeing touched: HandleSet) -> Bool {
    touched.contains(where: read.contains)
  }
}
