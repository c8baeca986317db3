import ClusterGraph
package import KubernetesClient
import KubernetesObjects

/// The Events about an object.
package enum ObjectEvents: Sendable, Equatable {
  /// Newest first.
  case events([ObjectEvent])
  case failed(String)
}

extension Fleet {
  /// Asks for the Events about an object.
  package nonisolated func events(about object: ClusterObject) async -> ObjectEvents {
    guard let monitor = await readableMonitor(of: object.cluster) else {
      return .failed("No cluster is called \(object.cluster).")
    }
    let uid = await monitor.uid(of: object.key)
    do {
      return .events(try await monitor.source.events(about: object.key, uid: uid))
    } catch {
      return .failed(error.description)
    }
  }
}

extension ClusterMonitor {
  func uid(of key: ObjectKey) -> ObjectUID? { graph.record(key)?.metadata.uid }
}
