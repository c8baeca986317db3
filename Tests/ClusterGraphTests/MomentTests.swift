import ClusterGraph
import KubernetesObjects
import ObjectBuilders
import Testing

/// What happened to objects lately, and what holds for the cluster as a whole.
@Suite struct MomentTests {
  private var graph = ClusterGraph()

  @discardableResult
  private mutating func apply(_ record: any ObjectRecord, after seconds: Int = 0) -> HandleSet {
    var touched: HandleSet = []
    graph.time = .noon + .seconds(seconds)
    graph.upsert(ObjectSnapshot(record), touching: &touched)
    return touched
  }

  private func moments(_ kind: Moment.Kind, of record: any ObjectRecord) throws -> [Timestamp] {
    graph.moments(kind, of: try #require(graph.handle(of: .object(record.key))))
  }

  private static func pod(restarts: Int, uid: ObjectUID? = nil) -> Pod {
    var pod = Pod.sample(uid: uid)
    var container = ContainerStatus()
    container.restartCount = restarts
    pod.containers = [container]
    return pod
  }

  @Test mutating func restartsAreCountedFromWhenTheWatchBegan() throws {
    apply(Self.pod(restarts: 7))
    let past = try moments(.restart, of: Self.pod(restarts: 0))
    #expect(past.isEmpty)
    apply(Self.pod(restarts: 8), after: 5)
    apply(Self.pod(restarts: 10), after: 9)
    let times = try moments(.restart, of: Self.pod(restarts: 0))
    #expect(times == [5, 9, 9].map { Timestamp.noon + .seconds($0) })
  }

  @Test mutating func anObjectThatWasMadeAnewHasNoPast() throws {
    apply(Self.pod(restarts: 0))
    apply(Self.pod(restarts: 3))
    apply(Self.pod(restarts: 1, uid: ObjectUID("another")))
    let later = try moments(.restart, of: Self.pod(restarts: 0))
    #expect(later.isEmpty)
    apply(Self.pod(restarts: 2, uid: ObjectUID("another")))
    var touched: HandleSet = []
    graph.remove(Self.pod(restarts: 0).key, touching: &touched)
    let past = try moments(.restart, of: Self.pod(restarts: 0))
    #expect(past.isEmpty)
  }

  @Test mutating func changesOfReadinessAreMoments() throws {
    apply(Node.sample(ready: .isTrue))
    apply(Node.sample(ready: .isTrue, isUnschedulable: true), after: 1)
    apply(Node.sample(ready: .unknown), after: 2)
    #expect(try moments(.readinessChange, of: Node.sample()) == [.noon + .seconds(2)])
  }

  @Test mutating func aLeaseIsRenewedWithoutANoiseAndReturnsWithOne() {
    apply(Lease.sample(renewed: .noon))
    #expect(apply(Lease.sample(renewed: .noon + .seconds(10)), after: 10).isEmpty)
    #expect(!apply(Lease.sample(renewed: .noon + .seconds(70)), after: 70).isEmpty)
  }

  @Test mutating func theHoldersClockMayBeWrong() throws {
    apply(Lease.sample(renewed: .noon + .seconds(-3600)))
    apply(Lease.sample(renewed: .noon + .seconds(-3590)), after: 10)
    let lease = try #require(graph.record(Lease.sample().key) as? Lease)
    #expect(lease.lastSign == .noon + .seconds(10))
  }

  @Test mutating func everythingIsTouchedWhereTheClusterAsAWholeChanges() {
    apply(Node.sample())
    var touched: HandleSet = []
    graph.setServerVersion(KubernetesVersion("v1.36.2"), touching: &touched)
    #expect(touched == graph.allHandles)
    touched = []
    graph.setServerVersion(KubernetesVersion("v1.36.3"), touching: &touched)
    #expect(touched.isEmpty)
    var ranges = ServiceCIDR(metadata: .sample("kubernetes"))
    ranges.ranges = [IPPrefix("10.96.0.0/12")].compactMap(\.self)
    #expect(apply(ranges) == graph.allHandles)
    #expect(graph.surroundings.serviceRanges == ranges.ranges)
    graph.remove(ranges.key, touching: &touched)
    #expect(graph.surroundings.serviceRanges.isEmpty)
  }
}
