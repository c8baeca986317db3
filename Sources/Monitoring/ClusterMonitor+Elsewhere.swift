package import Healing
import Inspection
import KubernetesClient
package import KubernetesObjects

/// Releases an address in its inventory; answers why that failed, `nil` where it did not.
///
/// It is asked at the last moment whether nothing uses the address.
package typealias AddressReleasing =
  @Sendable (AddressRelease, _ isUnused: @Sendable () async -> Bool) async -> StepFailure?

/// What a plan does beside its cluster; about a finding, as long as that stands.
struct BesideCluster: ChangingElsewhere {
  let monitor: ClusterMonitor
  let finding: FindingID?
  let releaseAddress: AddressReleasing?

  func release(_ release: AddressRelease) async throws(StepFailure) {
    guard let releaseAddress else {
      throw StepFailure("\(release.inventory) is not read any more.")
    }
    let failure = await releaseAddress(release) {
      guard let finding else { return true }
      return await monitor.isFound(finding)
    }
    if let failure { throw failure }
  }

  func relist(_ kind: ObjectKind, in namespace: String?) async throws(StepFailure) {
    try await monitor.relist(ResourceStream.ID(kind: kind, namespace: namespace))
  }
}

extension ClusterMonitor {
  /// How long a list that is asked for may take.
  private static let relistLimit = Duration.seconds(60)
  private static let relistLook = Duration.milliseconds(100)

  /// Whether a finding still stands, by all that has come so far.
  func isFound(_ id: FindingID) -> Bool {
    catchUp()
    return stands(id)
  }

  /// Lists a stream's kind again, and compares it with the server once that is done.
  func relist(_ id: ResourceStream.ID) async throws(StepFailure) {
    guard let before = streams[id]?.listCount else {
      throw StepFailure("\(id.kind) is not followed any more.")
    }
    restart(id)
    let end = clock.now() + Self.relistLimit
    while streams[id]?.listCount == before || streams[id]?.state != .watching {
      guard clock.now() < end, (try? await clock.sleep(Self.relistLook)) != nil else {
        let reason = streams[id]?.complaint.map { ": \($0)" } ?? ""
        let seconds = Self.relistLimit.components.seconds
        throw StepFailure("\(id.kind) was not listed within \(seconds) s\(reason).")
      }
    }
    guard await audit(id) else {
      throw StepFailure("\(id.kind) was listed again, and could not be compared with the server.")
    }
  }
}
