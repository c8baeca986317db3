package import Foundation

/// What happens in a bulk world where nothing goes wrong: the same changes in the same order for the same
/// seed.
///
/// Half are heartbeats, which tell a client nothing new; the other half are Pods that restart, lose their
/// readiness and get it back, and rollouts, with the slices, workloads and events that follow.
package struct Churn: Sendable {
  /// Of a hundred changes that nothing else led to.
  private enum Share {
    static let lease = 40
    static let node = 10
    static let restart = 8
    static let readiness = 7
    // The rest are steps of rollouts.
  }

  /// How many workloads are rolled out at a time.
  private static let rolloutCount = 4
  /// How many events there are before the oldest are forgotten, as a server does after an hour.
  private static let eventLimit = 2_000

  let objects: BulkObjects
  private var random: SplitMix64
  private var pods: [Int: BulkObjects.PodState] = [:]
  private var generations: [Int: Int] = [:]
  private var rollouts: [Rollout] = []
  /// Changes that follow from one before.
  private var following: [BulkChange] = []
  private var nextLease = 0
  private var nextNode = 0
  private var eventNumber: Int
  private var events: [TemplateObject] = []

  /// What happens from the time on at which the world was built, as its objects say, before any change.
  package init(of world: BulkWorld, created: Date, seed: UInt64 = 1) {
    self.init(of: world, created: SimulatedClock.timestamp(created), seed: seed)
  }

  init(of world: BulkWorld, created: String, seed: UInt64) {
    objects = BulkObjects(world: world, created: created)
    random = SplitMix64(seed: seed)
    // Those of the world itself are older.
    eventNumber = world.pods
  }

  /// The next change, as of a time that only its timestamps show.
  package mutating func next(at date: Date) -> BulkChange {
    if !following.isEmpty { return following.removeFirst() }
    let time = SimulatedClock.timestamp(date)
    let world = objects.world
    // Without Pods there are heartbeats alone.
    let shares = world.pods > 0 ? 100 : UInt64(Share.lease + Share.node)
    var share = Int(random.next() % shares)
    func falls(_ size: Int) -> Bool {
      share -= size
      return share < 0
    }
    if falls(Share.lease) {
      defer { nextLease = (nextLease + 1) % world.nodes }
      return put(objects.lease(nextLease, at: SimulatedClock.microTimestamp(date)))
    }
    if falls(Share.node) {
      defer { nextNode = (nextNode + 1) % world.nodes }
      return put(objects.node(nextNode, at: time))
    }
    if falls(Share.restart), let pod = quietPod() { return restart(pod, time) }
    if falls(Share.readiness), let pod = quietPod() { return loseReadiness(pod, time) }
    return rolloutStep(time)
  }

  // MARK: Pods

  /// A Pod whose workload is not rolled out just now.
  private mutating func quietPod() -> Int? {
    let pod = Int(random.next() % UInt64(objects.world.pods))
    let workload = objects.world.workload(of: pod)
    return rollouts.contains { $0.workload == workload } ? nil : pod
  }

  private func state(_ pod: Int) -> BulkObjects.PodState {
    let workload = objects.world.workload(of: pod)
    return pods[pod] ?? .init(generation: generations[workload] ?? 1)
  }

  private mutating func restart(_ pod: Int, _ time: String) -> BulkChange {
    var state = state(pod)
    state.restarts += 1
    pods[pod] = state
    follow(eventAbout: pod, state, "BackOff", "Back-off restarting failed container main", time)
    return put(objects.pod(pod, state, PodTemplates.restarted, at: time))
  }

  /// The Pod leaves its slice, and comes back with the next two changes.
  private mutating func loseReadiness(_ pod: Int, _ time: String) -> BulkChange {
    var state = state(pod)
    let workload = objects.world.workload(of: pod)
    let template = state.restarts > 0 ? PodTemplates.restarted : PodTemplates.running
    let unready = put(objects.pod(pod, state, PodTemplates.unready, at: time))
    state.isReady = false
    pods[pod] = state
    following.append(put(endpointSlice(workload)))
    state.isReady = true
    pods[pod] = state
    following.append(put(objects.pod(pod, state, template, at: time)))
    following.append(put(endpointSlice(workload)))
    return unready
  }

  private func endpointSlice(_ workload: Int) -> TemplateObject {
    objects.endpointSlice(
      workload,
      objects.world.pods(of: workload).map { ($0, state($0)) }
    )
  }

  // MARK: Rollouts

  private mutating func rolloutStep(_ time: String) -> BulkChange {
    let world = objects.world
    let limit = min(Self.rolloutCount, world.workloads)
    while rollouts.count < limit {
      let workload = Int(random.next() % UInt64(world.workloads))
      guard !rollouts.contains(where: { $0.workload == workload }) else { continue }
      rollouts.append(
        Rollout(
          workload,
          from: generations[workload] ?? 1,
          pods: world.pods(of: workload).map { ($0, state($0)) }
        )
      )
    }
    let index = Int(random.next() % UInt64(rollouts.count))
    let step = rollouts[index].next(at: time)
    let rollout = rollouts[index]
    if rollout.isDone {
      generations[rollout.workload] = rollout.generation
      rollouts.remove(at: index)
    }
    if case .moveEndpoint(let pod) = step { pods[pod] = rollout.state(of: pod) }
    if case .run(let pod) = step {
      follow(eventAbout: pod, rollout.state(of: pod), "Started", "Started container main", time)
    }
    if case .moveEndpoint = step { return put(endpointSlice(rollout.workload)) }
    return rollout.change(step, objects, time)
  }

  // MARK: Events

  private mutating func follow(
    eventAbout pod: Int,
    _ state: BulkObjects.PodState,
    _ reason: String,
    _ message: String,
    _ time: String
  ) {
    eventNumber += 1
    let event = objects.event(eventNumber, about: pod, state, reason, message, at: time)
    events.append(event)
    following.append(BulkChange(operation: .add, object: event))
    guard events.count > Self.eventLimit else { return }
    following.append(BulkChange(operation: .delete, object: events.removeFirst()))
  }

  private func put(_ object: TemplateObject) -> BulkChange {
    BulkChange(operation: .modify, object: object)
  }
}
