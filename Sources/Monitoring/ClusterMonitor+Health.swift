import ClusterGraph
import KubernetesClient
import KubernetesObjects

/// What the server's answers tell of the server itself: a vertex of the graph, for checks to look at.
extension ClusterMonitor {
  /// How long after one look at the server's health the next is.
  static let healthInterval = Duration.seconds(30)

  /// Asks the server how it is, until the task is cancelled.
  func askHealthForEver() async {
    repeat {
      guard !Task.isCancelled else { return }
      await askHealth()
    } while (try? await clock.sleep(Self.healthInterval)) != nil
  }

  /// Asks the server once; what it does not answer stays as it was.
  func askHealth() async {
    let parts = try? await source.failingParts()
    let statistics = source.statistics
    health.add(statistics)
    noteServer { server in
      if let parts { server.failingParts = parts }
      server.failedRequests = health.failedPercent
      server.isSlow = health.isSlow
      server.serverCertificate = statistics.serverCertificate
      server.clientCertificate = statistics.clientCertificate
    }
  }

  /// Changes what is known of the server.
  func noteServer(_ change: (inout ClusterRecord) -> Void) {
    var server = graph.record(ClusterRecord.key) as? ClusterRecord ?? ClusterRecord()
    change(&server)
    update { graph, touched in
      graph.upsert(
        ObjectSnapshot(record: server, version: ObjectVersion()),
        touching: &touched
      )
    }
  }
}
