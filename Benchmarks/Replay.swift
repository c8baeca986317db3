import Healing
import KubernetesClient
import KubernetesObjects
import Monitoring
import ObjectBuilders
import Synchronization
import WireFormats

/// A cluster whose Nodes and Pods are listed and whose Pods' events then come as fast as they are
/// taken in: everything but the network.
///
/// An event is made when it is its turn, from its number; after the last there is `nil`. As at 2,000 events a
/// second, what 200 of them touched is inspected at once; ``clock`` sees to that.
final class Replay: ClusterSource, UnchangingAPI {
  let refusal = KubernetesError.cancelled
  let name = "replay"
  let server = "memory"
  let statistics = RequestStatistics()
  let defaultNamespace: String? = nil

  /// How many events come in the tenth of a second that a monitor waits before it inspects.
  private static let batchSize = 200

  /// A monitor's clock whose short waits are over as soon as the events of a batch are there.
  let clock = WallClock(now: WallClock.system.now) { wait in
    if wait > .milliseconds(100) { try await WallClock.system.sleep(wait) }
  }

  private let nodes: [ObjectSnapshot]
  private let pods: [ObjectSnapshot]
  private let encoding: WireEncoding
  private let pool: SharingPool
  private let event: @Sendable (Int) -> [UInt8]?
  private let decoder = ObjectDecoder()
  private let nodesListed = AsyncStream.makeStream(of: Void.self)
  private let beginning = AsyncStream.makeStream(of: Void.self)
  private let measured = AsyncStream.makeStream(of: Double.self)

  init(
    nodeCount: Int,
    pods: [ObjectSnapshot],
    pool: SharingPool = SharingPool(),
    encoding: WireEncoding = .json,
    event: @escaping @Sendable (Int) -> [UInt8]?
  ) {
    nodes = (0..<nodeCount).map {
      ObjectSnapshot(Node.sample("node-\($0)"))
    }
    self.pods = pods
    self.encoding = encoding
    self.pool = pool
    self.event = event
  }

  /// Waits until all events went through, and answers how many seconds of processor time they took; they
  /// begin once `monitor` has inspected what was listed.
  func cpuSeconds(of monitor: ClusterMonitor) async throws -> Double {
    while await monitor.status().connection != .watching {
      try await Task.sleep(for: .milliseconds(20))
    }
    beginning.continuation.finish()
    for await seconds in measured.stream { return seconds }
    return 0
  }

  func serverVersion() async throws(KubernetesError) -> String { "v1.36.0" }

  func discover() async throws(KubernetesError) -> Discovery {
    Discovery(resources: [.nodes, .pods])
  }

  func mayFollow(
    _ resource: APIResource,
    in namespace: String?
  ) async throws(KubernetesError) -> Bool { true }

  func leaveSilentConnections() {}

  func metadata(
    of resource: APIResource,
    in namespace: String?,
    fieldSelector: String,
    continueToken: String?
  ) async throws(KubernetesError) -> (objects: [ObjectSnapshot], continueToken: String?) {
    throw .cancelled
  }

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
    for await _ in beginning.stream {}
    var pool = pool
    var number = 0
    let start = ProcessUsage.cpuSecondsOfThisProcess
    while let bytes = event(number) {
      await deliver(.changes([change(bytes, of: resource, &pool)]))
      number += 1
      // The monitor, on which this runs, gets to what it waited to do.
      if number.isMultiple(of: Self.batchSize) { await Task.yield() }
    }
    measured.continuation.yield(ProcessUsage.cpuSecondsOfThisProcess - start)
  }

  private func change(
    _ bytes: [UInt8],
    of resource: APIResource,
    _ pool: inout SharingPool
  ) -> ObjectChange {
    let event = try? WatchEvent(
      decoding: bytes.span.bytes,
      encoding: encoding,
      of: resource,
      decoder: decoder,
      sharing: &pool
    )
    switch event {
    case .added(let pod)?, .modified(let pod)?: return .upserted(pod)
    case .deleted(let pod)?: return .deleted(pod.record.key, uid: pod.record.metadata.uid)
    case .elsewhere?, .bookmark?, .error?, nil: preconditionFailure("A recorded Pod can be read.")
    }
  }
}
