import Inspection
import KubernetesObjects
import NameMatching
import Synchronization

/// What of a cluster one monitor covers, and what it is on the way to.
struct CoverageState: Sendable {
  /// What streams are to bring, which decoders on other threads ask for at each object.
  private final class Followed: Sendable {
    let coverages: Mutex<[Coverage]>

    init(_ coverage: Coverage) { coverages = Mutex([coverage]) }
  }

  /// What is to be inspected once all of it is there.
  var wanted: Coverage
  /// The streams that have to be listed for that.
  var awaited: Set<ResourceStream.ID> = []
  /// Findings that others tell of by now, and that were not found here again since.
  var moved: Set<FindingID> = []
  /// What is given to another agent, and followed until that one has it.
  var departing: Coverage?
  /// What is followed whether it is inspected or not.
  private let own: Coverage?
  private let followed: Followed

  init(_ coverage: Coverage, own: Coverage? = nil) {
    wanted = coverage
    self.own = own
    followed = Followed(coverage)
    follow(coverage)
  }

  /// What streams bring from now on.
  func follow(_ coverage: Coverage) {
    let all = [withOwn(coverage)] + (departing.map { [$0] } ?? [])
    followed.coverages.withLock { $0 = all }
  }

  /// A coverage with what is followed in any case.
  private func withOwn(_ coverage: Coverage) -> Coverage {
    guard let own, own.count == coverage.count else { return coverage }
    return Coverage(of: coverage.count, holding: coverage.shards.union(own.shards))
  }

  /// Whether all that `new` covers is followed by whoever inspects `covered`.
  func follows(_ new: Coverage, covering covered: Coverage) -> Bool {
    guard new.count > 1 else { return true }
    let all = withOwn(covered)
    return all.includesCluster || all.count == new.count && all.shards.isSuperset(of: new.shards)
  }

  /// Which of a resource's objects are followed; `nil` where all are, whatever is covered.
  ///
  /// Shard 0 follows the whole cluster, for what is shared may be shared by anybody. To the others come from
  /// elsewhere the few objects that tell something of the cluster as a whole: Leases of controllers, the
  /// packs of rules, and what the autoscaler of Nodes says.
  func filter(
    of resource: APIResource,
    rulesIn trusted: [NamePattern]
  ) -> NamespaceFilter? {
    guard wanted.count > 1, resource.isNamespaced else { return nil }
    let kind = resource.kind
    return { [followed] namespace in
      let coverages = followed.coverages.withLock(\.self)
      let isFollowed = coverages.contains { coverage in
        coverage.includesCluster || coverage.includes(namespace: namespace)
      }
      if isFollowed { return true }
      switch kind {
      case Lease.kind: return namespace != Lease.nodeNamespace
      case ConfigMap.kind:
        return namespace == "kube-system" || trusted.contains { $0.matches(namespace) }
      default: return false
      }
    }
  }
}
