package import Inspection
import KubernetesObjects

extension ClusterMonitor {
  /// All findings, in the order in which they are shown.
  package func findings() -> [Finding] {
    inspectDirty()
    _ = digest.update(bySeeing: clock.now(), in: graph)
    return digest.sorted.all.map(\.finding)
  }

  /// What screens show of the findings, as of the last inspection; `nil` where that is still as
  /// they know it.
  func snapshot(unless known: Int?) -> FindingsSnapshot? {
    let revision = pageRevision + digest.revision
    guard revision != known else { return nil }
    let roots = causes().roots
    return FindingsSnapshot(
      cluster: name,
      revision: revision,
      sorted: digest.sorted,
      roots: roots,
      explained: digest.explained(by: roots),
      heals: healsOfFindings,
      isInspected: firstInspectionDuration != nil || attachment?.isComplete == true
    )
  }

  /// What explains which finding; looked for anew later where that is not as of now.
  func causes() -> FoundCauses {
    let causes = digest.causes(in: graph, at: clock.now())
    if let due = digest.causesDue {
      nextCauses = due
      armAlarm()
    }
    return causes
  }
}
