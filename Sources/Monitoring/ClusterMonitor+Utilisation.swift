import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects

/// What Pods and Nodes use: asked now and then, for nobody can watch it, and only where a check that
/// is run wants to know.
extension ClusterMonitor {
  /// How often metrics-server looks anew, at most.
  static let utilisationInterval = Duration.seconds(60)

  var wantsUtilisation: Bool {
    options.checkSettings.enabled(among: options.checks)
      .contains { $0.needs.contains(UtilisationRecord.kind) }
  }

  /// Asks once a minute, from when all is listed on, until the task is cancelled.
  func askUtilisationForEver() async {
    guard wantsUtilisation else { return }
    var pause = Duration.seconds(1)
    while (try? await clock.sleep(pause)) != nil {
      guard isSynced else { continue }
      await askUtilisation()
      pause = Self.utilisationInterval
    }
  }

  /// Asks, unless that was done or is of no use.
  func askUtilisationOnce() async {
    guard wantsUtilisation, isSynced, !hasAskedUtilisation else { return }
    await askUtilisation()
  }

  func askUtilisation() async {
    let measured = try? await source.measurements()
    hasAskedUtilisation = true
    let records = measured.map { UtilisationSummary.records(of: $0, in: graph) }
    update { graph, touched in
      graph.replace(
        UtilisationRecord.kind,
        with: (records ?? []).map { ObjectSnapshot(record: $0, version: ObjectVersion()) },
        touching: &touched
      )
      guard records == nil else { return }
      graph.setKnowledge(
        of: UtilisationRecord.kind,
        to: .unknown("the metrics API (metrics.k8s.io) does not answer"),
        touching: &touched
      )
    }
  }
}
