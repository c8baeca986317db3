import Inspection
import KubernetesObjects
import NameMatching
import Synchronization

/// What of a cluster one monitor covers, and what it is on the way to.
struct CoverageState: Sendable {
  /// What streams are to bring, which decoders on other threads ask for at each object.
  private final class Followed: Sendable {
    let coverage: Mutex<Coverage>

    init(_ coverage: Coverage) { self.coverage = Mutex(coverage) }
  }

  /// What is to be inspected once all of it is there.
  var wanted: Coverage
  /// The streams that have to be listed for that.
  var awaited: Set<ResourceStream.ID> = []
  /// Findings that others tell of by now, and that were not found here again since.
  var moved: Set<FindingID> = []
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
    let all = withOwn(coverage)
    followed.coverage.withLock { $0 = all }
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
      let coverage = followed.coverage.withLock(\.self)
      if coverage.includesCluster || coverage.includes(namespace: namespace) { return true }
      switch kind {
      case Lease.kind: return namespace != Lease.nodeNamespace
      case ConfigMap.kind:
        return namespace == "kube-system" || trusted.contains { $0.matches(namespace) }
      default: return false
      }
    }
  }
}
