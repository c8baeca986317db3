import Healing
package import KubernetesClient
package import KubernetesObjects
package import Monitoring

/// A snapshot in place of a cluster: it is listed once, and never changes.
package struct SnapshotSource: ClusterSource, UnchangingAPI {
  package let refusal = KubernetesError.cancelled
  private let snapshot: Snapshot
  /// Whether what is not in the snapshot does not exist; otherwise it is not known.
  private let isComplete: Bool
  private let time: Timestamp

  /// `time` is when the snapshot is looked at: by default when it was made, as far as it tells.
  package init(_ snapshot: Snapshot, isComplete: Bool, at time: Timestamp? = nil) {
    self.snapshot = snapshot
    self.isComplete = isComplete
    self.time = time ?? snapshot.time ?? WallClock.system.now()
  }

  package var name: String { snapshot.name }
  package var server: String { snapshot.path }
  package var statistics: RequestStatistics { RequestStatistics() }
  package var defaultNamespace: String? { nil }

  /// A clock that stands still at the snapshot's time.
  package var clock: WallClock? {
    WallClock(now: { [time] in time }, sleep: WallClock.system.sleep)
  }

  package func serverVersion() async throws(KubernetesError) -> String {
    snapshot.serverVersion ?? ""
  }

  /// What the snapshot holds, and what checks would read besides.
  package func discover() async throws(KubernetesError) -> Discovery {
    let there = Set(snapshot.resources.map(\.kind))
    let kinds = SnapshotKinds([])
    let others = (Kinds.all.map { $0.kind } + SnapshotKinds.withoutRecord).filter {
      !there.contains($0)
    }
    var discovery = Discovery(
      resources: snapshot.resources
        + others.map { kinds.resource(of: $0, version: "v1", example: nil) }
    )
    discovery.isExhaustive = false
    return discovery
  }

  package func mayFollow(
    _ resource: APIResource,
    in namespace: String?
  ) async throws(KubernetesError) -> Bool { false }

  package func leaveSilentConnections() {}

  package func metadata(
    of resource: APIResource,
    in namespace: String?,
    fieldSelector: String,
    continueToken: String?
  ) async throws(KubernetesError) -> (objects: [ObjectSnapshot], continueToken: String?) {
    throw .cancelled
  }

  package func follow(
    _ resource: APIResource,
    namespace: String?,
    options: ReflectorOptions,
    deliver: @Sendable (StreamEvent) async -> Void
  ) async {
    guard let objects = snapshot.objects[resource.kind] ?? (isComplete ? [] : nil) else {
      return await deliver(.state(.unsupported("the snapshot holds none")))
    }
    let wanted = objects.filter { namespace == nil || $0.record.metadata.namespace == namespace }
    await deliver(.part(wanted, startsList: true))
    await deliver(.completed(resourceVersion: "0"))
    await deliver(.state(.watching))
    while (try? await Task.sleep(for: .seconds(3600))) != nil {}
  }
}
