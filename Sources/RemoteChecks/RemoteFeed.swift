package import CloudEvents
package import ClusterGraph
package import KubernetesObjects
import UserConfiguration

/// One remote check as it stands with one cluster: what waits, what is under way, what came of it.
///
/// A value without a clock or a network, so that tests decide what comes when.
package struct RemoteFeed: Sendable {
  /// How many findings of one service are taken in one cluster.
  package static let mostFindings = 2_000
  /// How many objects a walk looks at before others have their turn.
  private static let step = 2_000
  /// After so many failures in a row, or as long as nothing was known, a service may have forgotten all.
  private static let failuresOfOutage = 3
  private static let backoff = DeliveryBackoff()
  private static let waitWhenTurnedAway = Duration.seconds(30)
  /// How long a worker sleeps at most that nobody wakes.
  private static let longestSleep = Duration.seconds(3600)

  package let check: RemoteCheck
  package private(set) var status: RemoteCheckStatus
  private var queue = RemoteQueue()
  private var batches: [Int: RemoteBatch] = [:]
  private var nextID = 1
  private var walk: ArraySlice<Handle> = []
  private var isStarted = false
  private var failures = 0
  /// Whether the service was told of all objects once, and took them.
  private var wasComplete = false
  private var completeSince: Timestamp?
  /// The objects that it did not take as they are.
  private var refused: Set<ObjectKey> = []
  private var nextTry: Timestamp?
  /// How many findings each object has that has any, and how many more were answered.
  private var counts: [ObjectKey: (shown: Int, withheld: Int)] = [:]
  /// The newest version of each object about which an answer came later.
  private var answered: [ObjectKey: UInt64] = [:]

  package init(_ check: RemoteCheck) {
    self.check = check
    let url = check.settings.url
    let host = url.split(separator: "/").dropFirst().first.map(String.init) ?? url
    status = RemoteCheckStatus(name: check.name, place: host)
  }

  /// Tells the service of all objects from now on.
  package mutating func start() {
    isStarted = true
    queue.forgetAll()
  }

  /// Notes how an object is now: `nil` where it is gone, or is none that the service is told of; tells
  /// whether that ends what the service had against it.
  package mutating func note(_ key: ObjectKey, _ object: RemoteObject?) -> Bool {
    guard isStarted else { return false }
    queue.note(key, object)
    status.waiting = queue.count + walk.count
    status.dropped = queue.dropped
    guard object == nil else { return false }
    setRefused([key], false)
    answered[key] = nil
    return count(0, 0, of: key)
  }

  /// Tries a service again at once that is failing.
  package mutating func retry(at now: Timestamp) { if nextTry != nil { nextTry = now } }

  private mutating func setRefused(_ keys: [ObjectKey], _ isRefused: Bool) {
    if isRefused { refused.formUnion(keys) } else { refused.subtract(keys) }
    status.untaken = refused.count
  }

  /// Counts the findings about an object; tells whether it had any before.
  private mutating func count(_ shown: Int, _ withheld: Int, of key: ObjectKey) -> Bool {
    let old = counts.removeValue(forKey: key)
    if shown + withheld > 0 { counts[key] = (shown, withheld) }
    status.findings += shown - (old?.shown ?? 0)
    status.withheld += withheld - (old?.withheld ?? 0)
    return old != nil
  }

  /// What to do next; `objects` are the handles of all objects of the check's kinds, `look` tells how one
  /// is.
  package mutating func next(
    at now: Timestamp,
    objects: () -> [Handle],
    key: (Handle) -> ObjectKey?,
    look: (ObjectKey) -> (object: RemoteObject, version: String)?,
    in cluster: String
  ) -> RemoteWork {
    defer { status.waiting = queue.count + walk.count }
    judge(at: now)
    guard isStarted else { return .wait(Self.longestSleep) }
    if let nextTry {
      let next = min(nextTry, deadline ?? nextTry)
      guard nextTry <= now else { return .wait(max(.milliseconds(1), now.elapsed(to: next))) }
      // One asks whether the service is back; the others wait for what becomes of that.
      guard batches.isEmpty else { return .wait(check.settings.timeout) }
    }
    if queue.needsWalk, walk.isEmpty {
      queue.beginWalk()
      walk = objects()[...]
    }
    for _ in 0..<Self.step where queue.hasRoom {
      guard let handle = walk.popFirst() else { break }
      if let key = key(handle), let seen = look(key) { queue.note(key, seen.object) }
    }
    let limit = check.settings.mode == .batch ? check.settings.batchSize : 1
    var (events, subjects): ([CloudEvent], [RemoteBatch.Subject]) = ([], [])
    while events.count < limit, let (key, goneUID) = queue.next() {
      if let goneUID {
        events.append(RemoteObject.event(forGone: key, uid: goneUID, in: cluster, at: now))
        subjects.append(RemoteBatch.Subject(key: key, uid: goneUID, digest: nil))
      } else if let (object, version) = look(key) {
        events.append(object.event(version: version, in: cluster, at: now))
        subjects.append(
          RemoteBatch.Subject(key: key, uid: object.uid, digest: object.digest)
        )
      }
    }
    guard !events.isEmpty else {
      // A long walk goes on once others had their turn.
      guard walk.isEmpty else { return .wait(.milliseconds(1)) }
      if batches.isEmpty, failures == 0, !queue.needsWalk { settle(at: now) }
      return .wait(Self.longestSleep)
    }
    let batch = RemoteBatch(id: nextID, events: events, subjects: subjects)
    nextID += 1
    batches[batch.id] = batch
    queue.begin(subjects)
    status.sent += events.count
    return .send(batch)
  }

  /// Until when answers may still come that come later: only then is what is not answered not found.
  package var answersComeUntil: Timestamp? {
    guard check.settings.isAnsweredLater, let completeSince else { return nil }
    return completeSince + check.settings.patience
  }

  private mutating func settle(at now: Timestamp) {
    completeSince = completeSince ?? now
    wasComplete = true
    status.isKnown = true
    status.isSettled = true
  }

  /// Works out whether what the service said is still believed.
  private mutating func judge(at now: Timestamp) {
    guard let since = status.failingSince, since + check.settings.patience <= now else { return }
    status.isKnown = false
    status.isSettled = true
  }

  /// When what is known will be doubted, if nothing happens.
  private var deadline: Timestamp? {
    status.isKnown ? status.failingSince.map { $0 + check.settings.patience } : nil
  }

  /// Takes in what became of a batch; answers what the service has against which of its objects, and `nil`
  /// where it said nothing.
  package mutating func take(
    _ outcome: EventSender.Outcome,
    of id: Int,
    after latency: Duration,
    at now: Timestamp,
    chance: Double
  ) -> [ObjectKey: [RemoteFinding]]? {
    guard let batch = batches.removeValue(forKey: id) else { return nil }
    defer { status.waiting = queue.count + walk.count }
    switch outcome {
    case .failed(let reason, let wait):
      fail(batch, reason, atLeast: wait, at: now, chance: chance)
      return nil
    case .turnedAway(let reason):
      fail(batch, reason, atLeast: Self.waitWhenTurnedAway, at: now, chance: chance)
      return nil
    case .refused(let reason):
      queue.end(batch.subjects)
      recover()
      status.refused += batch.events.count
      setRefused(batch.subjects.filter { $0.digest != nil }.map(\.key), true)
      status.refusal = reason
      return take(RemoteAnswers(ReadEvents(), about: []), of: batch)
    case .delivered(let read):
      queue.end(batch.subjects)
      recover()
      setRefused(batch.subjects.map(\.key), false)
      status.answered += batch.events.count
      status.lastAnswer = now
      status.latency = status.latency.map { ($0 * 7 + latency) / 8 } ?? latency
      let answers = RemoteAnswers(read, about: batch.subjects.map(\.key))
      status.bad += answers.badCount
      if let problem = answers.problem { status.badReason = problem }
      // A sink that only took them in has not said anything.
      let isSilent = check.settings.isAnsweredLater && answers.findings.isEmpty
      return isSilent ? nil : take(answers, of: batch)
    }
  }

  private mutating func take(
    _ answers: RemoteAnswers,
    of batch: RemoteBatch
  ) -> [ObjectKey: [RemoteFinding]] {
    var news: [ObjectKey: [RemoteFinding]] = [:]
    for subject in batch.subjects {
      if check.settings.isAnsweredLater, subject.digest != nil,
        answers.findings[subject.key] == nil
      {
        continue
      }
      // What has gone meanwhile, or is gone, has nothing against it.
      let isThere = subject.digest != nil && queue.marks[subject.key] != nil
      let findings = isThere ? answers.findings[subject.key] ?? [] : []
      news[subject.key] = shown(findings, about: subject.key)
    }
    return news
  }

  /// Counts what is against an object now; answers as much of it as there is room for.
  private mutating func shown(
    _ findings: [RemoteFinding],
    about key: ObjectKey
  ) -> [RemoteFinding] {
    _ = count(0, 0, of: key)
    let shown = min(findings.count, Self.mostFindings - status.findings)
    _ = count(shown, findings.count - shown, of: key)
    return Array(findings.prefix(shown))
  }

  /// Takes an answer about an object that is there, which comes later than it was told of; answers what to
  /// show, and `nil` where a later version of the object was answered already.
  package mutating func take(
    later findings: [RemoteFinding],
    about key: ObjectKey,
    version: UInt64?,
    at now: Timestamp
  ) -> [RemoteFinding]? {
    if let version {
      guard answered[key].map({ $0 <= version }) ?? true else {
        status.late += 1
        return nil
      }
      answered[key] = version
    }
    status.lastAnswer = now
    return shown(findings, about: key)
  }

  /// Notes an answer about an object that is not there any more, or is another one by now.
  package mutating func noteLate() { status.late += 1 }

  private mutating func fail(
    _ batch: RemoteBatch,
    _ reason: String,
    atLeast wait: Duration?,
    at now: Timestamp,
    chance: Double
  ) {
    queue.giveBack(batch.subjects)
    failures += 1
    status.failed += 1
    status.trouble = reason
    status.failingSince = status.failingSince ?? now
    let wait = Self.backoff.wait(afterFailures: failures, atLeast: wait, chance: chance)
    nextTry = now + wait
    if failures > 1 { status.isSettled = true }
    judge(at: now)
  }

  private mutating func recover() {
    let wasOut =
      failures >= Self.failuresOfOutage || wasComplete && !status.isKnown
    failures = 0
    nextTry = nil
    status.failingSince = nil
    status.trouble = nil
    if wasOut { queue.forgetAll() }
    if wasComplete { status.isKnown = true }
  }
}
