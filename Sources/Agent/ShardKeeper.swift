package import Inspection
import KubernetesObjects
import LeaderElection
package import Logging
package import Monitoring

/// Holds an agent's own shard, and stands in for those whose agents are gone.
///
/// Each shard has a Lease. Who holds one covers the shard; who takes over another's says so in it, and gives it
/// back when the one comes whose own it is. Of two agents with the same shard one stands by. While agents are there
/// that divide the cluster into another number of shards, those that come hold theirs and cover nothing.
package actor ShardKeeper: AgentService {
  /// A cluster that cannot be listed is waited for so long.
  private static let patience = Duration.seconds(120)

  private let fleet: Fleet
  private let shard: Shard
  /// `nil` where nobody else is asked: the own shard is held, and no other.
  private let leases: ShardLeases?
  private let logger: Logger
  private let clock: WallClock
  private let start = ContinuousClock.now
  private var elections: ShardElections
  /// When a Lease that is nobody's may be taken, so that not all want the same at once.
  private var takeOvers: [Int: Duration] = [:]
  /// What is to be given back before it may be covered again.
  private var isGivenBack: Set<Int> = []
  private var covered: Set<Int>
  private var isCoveringAnew = false
  private var failures: [ShardElections.Place: String] = [:]
  private(set) var metrics: ShardMetrics

  package init(
    _ fleet: Fleet,
    _ shard: Shard,
    leases: ShardLeases?,
    logger: Logger,
    clock: WallClock = .system
  ) {
    self.fleet = fleet
    self.shard = shard
    self.leases = leases
    self.logger = logger
    self.clock = clock
    covered = leases == nil ? [shard.index] : []
    metrics = ShardMetrics(count: shard.count)
    elections = ShardElections(leases, of: shard)
  }

  /// What is covered before any Lease was looked at.
  package static func initialCoverage(of shard: Shard, withLeases: Bool) -> Coverage {
    Coverage(of: shard.count, holding: withLeases ? [] : [shard.index])
  }

  /// Contends for Leases until the task is cancelled; then it gives back those that it holds.
  package func run() async {
    guard let leases else { return }
    await withDiscardingTaskGroup { group in
      // Before all other work, of which there may be seconds: who renews too late loses what he holds.
      for place in elections.places {
        group.addTask(priority: .userInitiated) { await self.contend(place, leases) }
      }
      group.addTask(priority: .userInitiated) { await self.minding() }
    }
    // What was cancelled sends nothing more.
    await Task { await self.releaseAll(leases) }.value
  }

  private var now: Duration { ContinuousClock.now - start }

  /// Looks after one Lease until the task is cancelled.
  private func contend(_ place: ShardElections.Place, _ leases: ShardLeases) async {
    while !Task.isCancelled {
      if case .shard(let number) = place, isToBeGivenBack(number) {
        await giveBack(number, leases)
      } else {
        let wanted = wants(place, leases.timing)
        let request = elections[place].begin(wanted: wanted, at: now, clock.now())
        await carryOut(request, place, leases)
        await askForOwn(place, leases)
      }
      guard (try? await Task.sleep(for: pause(place, leases.timing))) != nil else { return }
    }
  }

  /// Covers what is held, and stops to cover what could not be renewed, however long requests take.
  ///
  /// That may take a while where there is much to list, and Leases are renewed meanwhile.
  private func minding() async {
    while (try? await Task.sleep(for: .milliseconds(200))) != nil { await coverWhatIsHeld() }
  }

  private func carryOut(
    _ first: LeaderElection.Request,
    _ place: ShardElections.Place,
    _ leases: ShardLeases
  ) async {
    let wasLeading = elections[place].isLeading(at: now)
    var request: LeaderElection.Request? = first
    while let asked = request {
      let (answer, failure) = await leases.api.send(asked, about: elections[place].name)
      guard !Task.isCancelled else { return }
      note(failure, place)
      request = elections[place].take(answer, at: now)
    }
    guard !wasLeading, elections[place].isLeading(at: now), place != .division else { return }
    metrics.transitions += 1
  }

  private func note(_ failure: String?, _ place: ShardElections.Place) {
    if failure != nil { metrics.failures += 1 }
    defer { failures[place] = failure }
    guard let failure, failures[place] != failure else { return }
    logger.warning(
      "a Lease cannot be looked after",
      metadata: ["lease": "\(elections[place].name.name)", "reason": "\(failure)"]
    )
  }

  /// Whether a Lease is to be taken, or kept.
  private func wants(_ place: ShardElections.Place, _ timing: ElectionTiming) -> Bool {
    guard case .shard(let number) = place else { return true }
    let election = elections[number]
    if number == shard.index || election.isLeading(at: now) { return true }
    guard let vacant = election.vacantSince else {
      takeOvers[number] = nil
      return false
    }
    if let time = takeOvers[number] { return time <= now }
    // Who has more to do is slower. Whoever has asked for it, or is to come yet, has the time to.
    let load = timing.retry * max(covered.count, 1)
    let isExpected = !election.preferredHolder.isEmpty || election.record == LeaseRecord()
    takeOvers[number] =
      vacant + load * Double.random(in: 0..<1) + (isExpected ? timing.lease : .zero)
    return false
  }

  /// How long until a Lease is looked at again.
  private func pause(_ place: ShardElections.Place, _ timing: ElectionTiming) -> Duration {
    let election = elections[place]
    if election.isLeading(at: now) { return timing.retry }
    let pause = timing.pause(chance: Double.random(in: 0...1))
    let takeOver: Duration? = if case .shard(let number) = place { takeOvers[number] } else { nil }
    let next = [takeOver, election.heldUntil].compactMap(\.self).filter { $0 > now }.min()
    return min(pause, next.map { $0 - now + .milliseconds(10) } ?? pause)
  }

  // MARK: Standing in

  /// Whether it is held for another, who asks for it.
  private func isToBeGivenBack(_ number: Int) -> Bool {
    let election = elections[number]
    return number != shard.index && election.isLeading(at: now)
      && !election.preferredHolder.isEmpty && election.preferredHolder != election.identity
  }

  /// Covers a shard no longer, and then lets the one have it whose own it is.
  private func giveBack(_ number: Int, _ leases: ShardLeases) async {
    isGivenBack.insert(number)
    while covered.contains(number) || isCoveringAnew {
      guard (try? await Task.sleep(for: .milliseconds(20))) != nil else { return }
    }
    if let request = elections[.shard(number)].release(at: now, clock.now()) {
      await carryOut(request, .shard(number), leases)
    }
    takeOvers[number] = nil
    isGivenBack.remove(number)
  }

  /// Asks for the own shard where another stands in, once all of it is listed: nobody would see what ends there
  /// in the time that it takes to list a big cluster.
  private func askForOwn(_ place: ShardElections.Place, _ leases: ShardLeases) async {
    let election = elections[place]
    guard place == .shard(shard.index), !election.isLeading(at: now), election.vacantSince == nil,
      // One of the same shard is no stand-in.
      election.holderShard != String(shard.index),
      await fleet.isListed() || now > Self.patience,
      let request = elections[place].wish(at: now, clock.now())
    else { return }
    await carryOut(request, place, leases)
  }

  // MARK: Covering

  private func coverWhatIsHeld() async {
    isCoveringAnew = true
    defer { isCoveringAnew = false }
    while !Task.isCancelled {
      let held = elections.held(at: now).subtracting(isGivenBack)
      guard held != covered else { return }
      covered = held
      logger.info(
        "covering",
        metadata: ["shards": "\(Self.text(held))", "of": "\(shard.count)"]
      )
      await fleet.cover(Coverage(of: shard.count, holding: held))
    }
  }

  private func releaseAll(_ leases: ShardLeases) async {
    // Whoever had all of it was the last of those who divide it so.
    let wasLast = elections.held(at: now).count == shard.count
    covered = []
    for place in elections.places where place != .division || wasLast {
      // A renewal may have been under way, so that it is not as it was known.
      var request = elections[place].release(at: now, clock.now())
      while let asked = request {
        let (answer, _) = await leases.api.send(asked, about: elections[place].name)
        request = elections[place].take(answer, at: now)
      }
    }
  }

  // MARK: Telling

  private static func text(_ shards: Set<Int>) -> String {
    shards.isEmpty ? "none" : shards.sorted().map(String.init).joined(separator: ", ")
  }

  /// Who divides the cluster in another way, and is waited for; `nil` where nobody is.
  private var awaited: String? { leases == nil ? nil : elections.otherDivision }

  /// Whether another agent has our own shard, and we would take over from it.
  private var isStandingBy: Bool {
    guard leases != nil, covered.isEmpty else { return false }
    if awaited != nil { return true }
    let own = elections[shard.index]
    return own.vacantSince == nil && own.holderShard == String(shard.index)
      && own.record.holder != own.identity && !own.record.holder.isEmpty
  }

  package func readiness() async -> [Readiness.Part] {
    guard shard.count > 1 || leases != nil else { return [] }
    // It is ready for what it is there for, and a rollout need not wait until it has something to do.
    if isStandingBy {
      let reason = awaited.map { " until the agents of \($0) are gone" } ?? ""
      return [Readiness.Part(name: "shards (standing by\(reason))", trouble: nil)]
    }
    let name = "shards (\(Self.text(covered)) of \(shard.count))"
    let reason = (failures[.division] ?? failures[.shard(shard.index)]).map { ": \($0)" } ?? ""
    return [
      Readiness.Part(name: name, trouble: covered.isEmpty ? "no shard is held\(reason)" : nil)
    ]
  }

  package func metricFamilies() async -> [MetricFamily] {
    shard.count > 1 || leases != nil ? metrics.families(held: covered) : []
  }

  /// What is covered, for whoever asks.
  func coverage() async -> CoverageDocument {
    CoverageDocument(
      shard: shard,
      held: covered.sorted(),
      isCovering: await fleet.isCovering(),
      isStandingBy: isStandingBy,
      identity: leases?.identity,
      leases: elections.names,
      leaseNamespace: leases?.namespace,
      clusters: await fleet.statuses().map(\.name)
    )
  }
}
