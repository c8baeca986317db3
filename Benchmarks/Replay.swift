import Healing
import KubernetesClient
import KubernetesObjects
import Monitoring
import ObjectBuilders
import Synchronization
import WireFormats

/// A cluster whose Nodes and Pods are listed and whose Pods' events then come as fast as they are
/// taken in: everything but the network.
final class Replay: ClusterSource {
  let name = "replay"
  let server = "memory"
  let statistics = RequestStatistics()
  let defaultNamespace: String? = nil

  private let nodes: [ObjectSnapshot]
  private let pods: [ObjectSnapshot]
  private let events: [[UInt8]]
  private let decoder = ObjectDecoder()
  private let nodesListed = AsyncStream.makeStream(of: Void.self)
  private let measured = AsyncStream.makeStream(of: Duration.self)

  init(nodeCount: Int, pods: [ObjectSnapshot], events: [[UInt8]]) {
    nodes = (0..<nodeCount).map {
      ObjectSnapshot(Node.sample("node-\($0)"))
    }
    self.pods = pods
    self.events = events
  }

  /// Waits until all events went through, and answers how long they took.
  func elapsed() async -> Duration {
    for await duration in measured.stream { return duration }
    return .zero
  }

  func serverVersion() async throws(KubernetesError) -> String { "v1.36.0" }

  func discover() async throws(KubernetesError) -> Discovery {
    Discovery(resources: [.nodes, .pods])
  }

  func mayFollow(
    _ resource: APIResource,
    in namespace: String
  ) async throws(KubernetesError) -> Bool { true }

  func metadata(
    of resource: APIResource,
    in namespace: String?
  ) async throws(KubernetesError) -> [ObjectSnapshot] { throw .cancelled }

  func follow(
    _ resource: APIResource,
    namespace: String?,
    options: ReflectorOptions,
    deliver: @Sendable (StreamEvent) async -> Void
  ) async {
    let isNodes = resource.kind == Node.kind
    await deliver(.replaced(isNodes ? nodes : pods, resourceVersion: "1"))
    await deliver(.state(.watching))
    guard !isNodes else { return nodesListed.continuation.finish() }
    for await _ in nodesListed.stream {}
    let start = ContinuousClock.now
    for bytes in events {
      guard
        case .modified(let pod) = try? WatchEvent(
          decoding: bytes.span.bytes,
          of: resource,
          decoder: decoder
        )
      else { preconditionFailure("A recorded Pod can be read.") }
      await deliver(.changes([.upserted(pod)]))
    }
    measured.continuation.yield(start.duration(to: .now))
  }

  func delete(
    _ key: ObjectKey,
    of resource: APIResource,
    options: DeleteOptions
  ) async throws(KubernetesError) -> JSONValue { throw .cancelled }

  func patch(
    _ key: ObjectKey,
    of resource: APIResource,
    _ patch: Patch,
    dryRun: Bool
  ) async throws(KubernetesError) -> JSONValue { throw .cancelled }
}
