package import KubernetesObjects
package import WireFormats

/// Decides what to do about one Lease, by the rules of client-go's `leaderelection`; it does nothing itself.
///
/// Whether somebody else's Lease has expired is judged by how long ago it was *seen* here to change, never by
/// the times in it: clocks of machines differ. Times are what has passed since some moment by a clock that
/// nobody sets.
package struct LeaderElection: Sendable {
  /// What to ask the API server.
  package enum Request: Sendable, Equatable {
    case get
    case create(JSONValue)
    /// To put the whole object, with the version that was seen.
    case update(JSONValue)
  }

  /// What it answered.
  package enum Answer: Sendable {
    case found(JSONValue)
    case absent
    case written(JSONValue)
    /// It is not what it was, or is there already (409).
    case conflict
    case failed
  }

  package let name: ObjectKey
  package let identity: String
  private let timing: ElectionTiming
  /// What the holder's Lease says of his shard.
  private let shard: String

  /// The object as it was seen last; `nil` where there is none.
  private var object: JSONValue?
  package private(set) var record = LeaseRecord()
  /// Whether it was looked at all.
  private var isSeen = false
  /// When it was last seen to change.
  private var changed = Duration.zero
  /// Since when it is held by nobody; `nil` while somebody holds it.
  package private(set) var vacantSince: Duration?
  /// When the renewal was asked for that succeeded last; `nil` where it is not ours.
  private var renewed: Duration?
  /// What is under way.
  private var round: Round?

  private struct Round {
    var start: Duration
    var time: Timestamp
    /// Whether it is to be ours.
    let isWanted: Bool
    /// Whether the object is to be looked at again where it is not as it was.
    var looksAgain = false
    var isRelease = false
    /// Whether it is only said who would like to have it.
    var isWish = false
  }

  package init(
    _ name: ObjectKey,
    as identity: String,
    shard: String = "",
    _ timing: ElectionTiming = ElectionTiming()
  ) {
    self.name = name
    self.identity = identity
    self.shard = shard
    self.timing = timing
  }

  /// Whether we hold it, and may act: it was renewed lately.
  package func isLeading(at now: Duration) -> Bool {
    renewed.map { now < $0 + timing.renewDeadline } ?? false
  }

  /// When it expires unless it is seen to change before; `nil` while nobody holds it, or we do.
  package var heldUntil: Duration? {
    vacantSince == nil && isSeen && record.holder != identity
      ? changed + .seconds(record.seconds) : nil
  }

  /// For whom it is to be given back; empty where nobody asks for it.
  package var preferredHolder: String { annotation(LeaseRecord.preferredHolderAnnotation) }

  /// The shard of whoever holds it.
  package var holderShard: String { annotation(LeaseRecord.holderShardAnnotation) }

  private func annotation(_ name: String) -> String {
    object?["metadata"]?["annotations"]?[name]?.stringValue ?? ""
  }

  // MARK: A round

  /// Begins to look, to renew, or to take what is vacant; `time` is what others read as the time.
  ///
  /// A holder renews without looking first, as long as nobody else writes.
  package mutating func begin(wanted: Bool, at now: Duration, _ time: Timestamp) -> Request {
    round = Round(start: now, time: time, isWanted: wanted)
    guard wanted, isLeading(at: now), record.holder == identity, let object else { return .get }
    round?.looksAgain = true
    return .update(claiming(object, at: time))
  }

  /// Gives it back, which others need not wait for; `nil` where it is not ours.
  package mutating func release(at now: Duration, _ time: Timestamp) -> Request? {
    guard renewed != nil, record.holder == identity, let object else { return nil }
    renewed = nil
    round = Round(start: now, time: time, isWanted: false, looksAgain: true, isRelease: true)
    return .update(released(object, at: time))
  }

  /// A Lease of ours as it is to be once it is nobody's.
  private func released(_ lease: JSONValue, at time: Timestamp) -> JSONValue {
    var record = LeaseRecord()
    record.seconds = 1
    record.transitions = LeaseRecord(lease).transitions
    record.acquired = LeaseRecord.microTime(time)
    record.renewed = record.acquired
    var released = lease
    released["spec"] = record.spec
    return released
  }

  /// Asks whoever stands in for us to give it back; `nil` where that was done, or nobody does.
  package mutating func wish(at now: Duration, _ time: Timestamp) -> Request? {
    guard !record.holder.isEmpty, record.holder != identity, preferredHolder != identity,
      var object
    else { return nil }
    object[path: "metadata", "annotations", LeaseRecord.preferredHolderAnnotation] =
      .string(identity)
    round = Round(start: now, time: time, isWanted: false, isWish: true)
    return .update(object)
  }

  /// Takes in an answer; returns what to ask next, or `nil` where the round is over.
  package mutating func take(_ answer: Answer, at now: Duration) -> Request? {
    guard let round else { return nil }
    switch answer {
    case .found(let lease):
      see(lease, at: now)
      if round.isRelease, record.holder == identity {
        return .update(released(lease, at: round.time))
      }
      guard round.isWanted, mayTake(at: now) else { return nil }
      return .update(claiming(lease, at: round.time))
    case .absent:
      see(nil, at: now)
      return round.isWanted ? .create(claiming(empty, at: round.time)) : nil
    case .written(let lease):
      see(lease, at: now)
      // From when it was asked for on: others count from when they see it, which is later.
      if record.holder == identity, !round.isRelease { renewed = round.start }
      return nil
    case .conflict:
      guard round.looksAgain else { return nil }
      self.round?.looksAgain = false
      return .get
    case .failed: return nil
    }
  }

  /// Whether it is ours already, or nobody's as far as can be seen from here.
  private func mayTake(at now: Duration) -> Bool {
    record.holder == identity || vacantSince != nil
  }

  private mutating func see(_ lease: JSONValue?, at now: Duration) {
    let seen = lease.map { LeaseRecord($0) } ?? LeaseRecord()
    if !isSeen || seen != record || (object == nil) != (lease == nil) { changed = now }
    isSeen = true
    record = seen
    object = lease
    if seen.holder != identity { renewed = nil }
    let isHeld = !seen.holder.isEmpty && now < changed + .seconds(seen.seconds)
    vacantSince = isHeld ? nil : vacantSince ?? now
  }

  private var empty: JSONValue {
    [
      "apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
      "metadata": ["name": .string(name.name), "namespace": .string(name.namespace)],
    ]
  }

  /// A Lease as it is to be once it is ours.
  private func claiming(_ lease: JSONValue, at time: Timestamp) -> JSONValue {
    let old = LeaseRecord(lease)
    let isOurs = old.holder == identity
    var new = LeaseRecord()
    new.holder = identity
    new.seconds = Int(timing.lease.components.seconds)
    new.renewed = LeaseRecord.microTime(time)
    new.acquired = isOurs ? old.acquired : new.renewed
    // The first holder of a new Lease takes it from nobody.
    new.transitions = isOurs || lease["spec"] == nil ? old.transitions : old.transitions + 1
    var claimed = lease
    claimed["spec"] = new.spec
    if !shard.isEmpty {
      claimed[path: "metadata", "annotations", LeaseRecord.holderShardAnnotation] = .string(shard)
    }
    if preferredHolder == identity
      || lease[path: "metadata", "annotations", LeaseRecord.preferredHolderAnnotation]
        == .string(identity)
    {
      claimed[path: "metadata", "annotations", LeaseRecord.preferredHolderAnnotation] = nil
    }
    return claimed
  }
}
