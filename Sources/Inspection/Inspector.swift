package import ClusterGraph
import HeapModule
package import KubernetesObjects

/// Keeps the findings of one cluster true while its graph changes.
///
/// After a batch of changes only the touched vertices are inspected. What a check observes is a
/// *suspect* until the check's settle window has passed, and leaves a deadline for that moment.
package struct Inspector: Sendable {
  /// An observation that holds, on its way to be a finding.
  struct Tracked: Sendable {
    /// What time alone will change; of most nothing.
    struct Course: Hashable {
      let end: Timestamp?
      let escalation: Observation.Escalation?

      static let none = SharedValue(wrappedValue: Course(end: nil, escalation: nil))
    }

    var finding: Finding
    let due: Timestamp
    let course: SharedValue<Course>
    /// Whether the window counts from a time that the object tells and that may move.
    let isScheduled: Bool
    var isSettled = false
    /// The vertex whose inspection observed it; only that vertex's next inspection may end it.
    let observer: Handle
    /// The uid of the observer: an object that was re-created begins anew.
    let uid: ObjectUID

    var end: Timestamp? { course.wrappedValue.end }
    var escalation: Observation.Escalation? { course.wrappedValue.escalation }
  }

  private struct Deadline: Comparable, Sendable {
    let time: Timestamp
    let id: FindingID

    static func < (left: Self, right: Self) -> Bool { left.time < right.time }
  }

  package let cluster: String
  var checks: CheckTable
  private let settings: CheckSettings
  private let policy: SettlePolicy
  var tracked: [FindingID: Tracked] = [:]
  /// Since when those of them hold that are no findings yet.
  var unsettled: [FindingID: Timestamp] = [:]
  var idsByVertex: [Handle: [FindingID]] = [:]
  private var deadlines = Heap<Deadline>()
  private var flaps = FlapMemory()
  private var facts: FactTable
  private var questions = KnowledgeQuestions()
  private var lookups = ObjectLookups()
  private var paths = SharedTexts()
  /// Shards that are held anew: what is seen of them may have been so for long.
  var newShards: Set<Int> = []
  /// Until when the inspector has got.
  private var time = Timestamp(millisecondsSince1970: 0)

  package init(
    cluster: String,
    checks: [any Check],
    settings: CheckSettings = CheckSettings(),
    policy: SettlePolicy = .declared
  ) {
    self.cluster = cluster
    let enabled = settings.enabled(among: checks)
    self.checks = CheckTable(enabled, settings: settings)
    facts = FactTable(enabled.flatMap(\.facts))
    self.settings = settings
    self.policy = policy
  }

  /// Puts other checks in force, without facts of their own; `isKept` says which are the same as before.
  ///
  /// What they see, and that others see nothing any more, turns out once the vertices are touched that they
  /// are about.
  package mutating func replaceChecks(
    by new: [any Check],
    where isKept: (CheckID) -> Bool
  ) {
    checks = checks.replaced(by: settings.enabled(among: new), settings: settings, where: isKept)
  }

  /// What of the cluster is inspected.
  package var coverage: Coverage { checks.coverage }

  /// How many times a check was run, for the work counters of tests.
  package var checksRun: Int { checks.runCount }

  /// What each check has cost so far.
  package var costs: [CheckID: CheckCost] { checks.costsByCheck }

  /// All findings, in no order.
  package var findings: [Finding] { tracked.values.filter(\.isSettled).map(\.finding) }

  /// Conditions that hold, but not yet for long enough, in no order.
  package var suspects: [Finding] {
    unsettled.keys.compactMap { tracked[$0]?.finding }.filter { $0.since <= time }
  }

  /// Whether a condition holds, but not yet for long enough.
  package func isSuspect(_ id: FindingID) -> Bool { unsettled[id].map { $0 <= time } ?? false }

  /// How many conditions hold, but not yet for long enough.
  package var suspectCount: Int { unsettled.values.count { $0 <= time } }

  /// The same by check.
  package var suspectCounts: [CheckID: Int] {
    var counts: [CheckID: Int] = [:]
    for (id, since) in unsettled where since <= time {
      if let check = tracked[id]?.finding.check { counts[check, default: 0] += 1 }
    }
    return counts
  }

  package func finding(_ id: FindingID) -> Finding? {
    tracked[id].flatMap { $0.isSettled ? $0.finding : nil }
  }

  /// Whether it has to look again though nothing was touched: what is known has changed.
  package func mayBeOutdated(in graph: ClusterGraph) -> Bool {
    questions.mayBeOutdated(in: graph)
  }

  /// When ``advance(to:)`` has something to do next.
  package var nextDeadline: Timestamp? { deadlines.min?.time }
}

extension Inspector {
  /// Inspects the touched vertices again and tells how the findings differ.
  ///
  /// `watchedFromStart` is whether the state before this batch was known, so that what is seen now
  /// began now; `false` while the cluster is first listed.
  package mutating func inspect(
    _ touched: HandleSet,
    in graph: ClusterGraph,
    at now: Timestamp,
    watchedFromStart: Bool
  ) -> FindingsDelta {
    let all = prepare(touched, in: graph)
    return inspect(all[...], of: all, in: graph, at: now, watchedFromStart: watchedFromStart)
  }

  /// What has to be inspected because these vertices were touched, in whatever parts.
  package mutating func prepare(_ touched: HandleSet, in graph: ClusterGraph) -> HandleSet {
    var touched = touched
    questions.wake(touching: &touched, in: graph)
    lookups.wake(touching: &touched, in: graph)
    facts.update(touching: &touched, in: graph)
    return touched
  }

  /// Inspects a part of what was prepared, as ``inspect(_:in:at:watchedFromStart:)`` does with all of it.
  package mutating func inspect(
    _ part: HandleSet.SubSequence,
    of prepared: HandleSet,
    in graph: ClusterGraph,
    at now: Timestamp,
    watchedFromStart: Bool
  ) -> FindingsDelta {
    var delta = FindingsDelta()
    time = now
    inspectEach(part, of: prepared, in: graph, isFirstSight: !watchedFromStart, &delta)
    settle(in: graph, &delta)
    return delta
  }

  /// Turns suspects whose window has passed into findings, and looks again at what time alone
  /// changes.
  package mutating func advance(to now: Timestamp, in graph: ClusterGraph) -> FindingsDelta {
    var delta = FindingsDelta()
    time = now
    settle(in: graph, &delta)
    return delta
  }

  private mutating func inspectEach(
    _ part: HandleSet.SubSequence,
    of touched: HandleSet,
    in graph: ClusterGraph,
    isFirstSight: Bool,
    _ delta: inout FindingsDelta
  ) {
    guard let any = part.first else { return }
    let round = KnowledgeQuestions.Round()
    let lookedUp = ObjectLookups.Round()
    defer {
      questions.add(round, in: graph)
      lookups.add(lookedUp)
    }
    var view = ClusterView(
      graph,
      around: any,
      facts: facts,
      thresholds: checks.thresholds,
      questions: round,
      lookups: lookedUp
    )
    for handle in part {
      view.handle = handle
      let relations = touched.relations(changedAt: handle)
      let observed = checks.inspect(handle, view, in: graph, on: relations)
      let old = idsByVertex[handle] ?? []
      guard !observed.isEmpty || !old.isEmpty, let vertex = graph.id(of: handle) else { continue }
      let uid = graph.record(of: handle)?.metadata.uid ?? .unset
      var ids: [FindingID] = []
      for (check, observation) in observed where !observation.isOver(at: time) {
        let isNew =
          !newShards.isEmpty && newShards.contains(shard(of: check.id, at: handle, in: graph))
        let sight = Sight(
          vertex: vertex,
          uid: uid,
          handle: handle,
          isFirst: isFirstSight || isNew
        )
        ids.append(track(observation, of: check, seen: sight, &delta))
      }
      // What was seen by a check that cannot see the change is still so.
      ids += old.filter { id in
        tracked[id].map { !checks.isRun($0.finding.check, on: relations) } ?? false
      }
      for id in old where !ids.contains(id) && tracked[id]?.observer == handle {
        let isHeld = graph.isThere(handle) && holdOn(to: id, &delta)
        if !isHeld { forget(id, &delta) }
      }
      // What is held on to stays with its vertex, whose next inspection may bring it back.
      ids += old.filter { tracked[$0]?.finding.awaySince != nil && !ids.contains($0) }
      idsByVertex[handle] = ids.isEmpty ? nil : ids
    }
  }

  /// Where and how something was observed.
  private struct Sight {
    let vertex: VertexID
    let uid: ObjectUID
    let handle: Handle
    /// Whether what is seen may have been so for long.
    let isFirst: Bool
  }

  private mutating func track(
    _ observation: Observation,
    of check: any Check,
    seen sight: Sight,
    _ delta: inout FindingsDelta
  ) -> FindingID {
    let subject = observation.subject ?? sight.vertex
    let id = FindingID(
      cluster: cluster,
      check: check.id,
      subject: subject,
      discriminator: observation.discriminator
    )
    if let old = tracked[id], old.uid != sight.uid { forget(id, &delta) }
    let old = tracked[id]
    let beginning = observation.beginning.time(now: time, isFirstSight: sight.isFirst)
    let isScheduled = observation.beginning.isScheduled
    // What was to begin later, and needs no longer wait for that, begins now.
    let before = old.flatMap { $0.finding.since <= time ? $0.finding.since : nil }
    let since = isScheduled ? beginning : before ?? beginning
    let mayBeYounger =
      old?.finding.mayBeYounger ?? (observation.beginning.isLimit && beginning < time)
    let due = since + policy.window(settings.settles(check), for: observation)
    // What moves into the future holds no longer.
    if isScheduled, due > time, old?.isSettled == true { forget(id, &delta) }
    let isSettled = tracked[id]?.isSettled ?? false
    let finding = Finding(
      id: id,
      cluster: cluster,
      check: check.id,
      severity: severity(of: check, seeing: observation),
      subject: subject,
      message: observation.message.compact,
      evidence: paths.sharing(observation.evidence),
      related: observation.related,
      remedies: observation.remedies ?? check.remedies,
      since: since,
      mayBeYounger: mayBeYounger,
      likeness: observation.likeness
    )
    tracked[id] = Tracked(
      finding: finding,
      due: due,
      course: Tracked.Course.of(observation),
      isScheduled: isScheduled,
      isSettled: isSettled,
      observer: sight.handle,
      uid: sight.uid
    )
    if !isSettled { unsettled[id] = since }
    if isSettled, old?.finding != finding { delta.changed.append(finding) }
    for deadline in [isSettled ? nil : due, observation.end, observation.escalation?.time] {
      guard let deadline, deadline > time || deadline == due else { continue }
      // An earlier look left the same deadline.
      if let old, deadline == old.due || deadline == old.end || deadline == old.escalation?.time {
        continue
      }
      deadlines.insert(Deadline(time: deadline, id: id))
    }
    return id
  }

  private func severity(of check: any Check, seeing observation: Observation) -> Severity {
    let severity = settings.severity(of: check, seeing: observation)
    guard let escalation = observation.escalation, escalation.time <= time,
      settings.overrides[check.id]?.severity == nil
    else { return severity }
    return escalation.severity
  }

  private mutating func forget(_ id: FindingID, _ delta: inout FindingsDelta) {
    unsettled[id] = nil
    guard let gone = tracked.removeValue(forKey: id), gone.isSettled else { return }
    flaps.note(id, at: time)
    delta.resolved.append(gone.finding)
  }

  /// Keeps a finding whose condition has ended once more, for a while; false where it is resolved.
  private mutating func holdOn(to id: FindingID, _ delta: inout FindingsDelta) -> Bool {
    guard var held = tracked[id], held.isSettled else { return false }
    guard held.finding.awaySince == nil else { return true }
    guard flaps.isFlapping(id, endingAt: time) else { return false }
    held.finding.awaySince = time
    tracked[id] = held
    deadlines.insert(Deadline(time: time + FlapMemory.quiet, id: id))
    delta.changed.append(held.finding)
    return true
  }

  /// Sees to all deadlines that have passed.
  ///
  /// One outlives a condition that ended, and one that ended and began again; so what it was for is
  /// asked when it comes.
  private mutating func settle(in graph: ClusterGraph, _ delta: inout FindingsDelta) {
    while let next = deadlines.min, next.time <= time {
      deadlines.removeMin()
      guard let suspect = tracked[next.id] else { continue }
      if let away = suspect.finding.awaySince {
        if away + FlapMemory.quiet <= next.time { forget(next.id, &delta) }
      } else if suspect.hasToBeSeenAgain(at: next.time) {
        seeAgain(next.id, by: suspect.observer, in: graph, &delta)
      }
      guard let suspect = tracked[next.id], !suspect.isSettled, suspect.due <= time else {
        continue
      }
      tracked[next.id]?.isSettled = true
      unsettled[next.id] = nil
      delta.raised.append(suspect.finding)
    }
  }

  /// Inspects a vertex for what time alone changes; a finding that is over by itself goes quietly.
  private mutating func seeAgain(
    _ id: FindingID,
    by observer: Handle,
    in graph: ClusterGraph,
    _ delta: inout FindingsDelta
  ) {
    if let end = tracked[id]?.end, end <= time {
      forget(id, &delta)
      idsByVertex[observer]?.removeAll { $0 == id }
      if idsByVertex[observer]?.isEmpty == true { idsByVertex[observer] = nil }
    }
    let only: HandleSet = [observer]
    inspectEach(only[...], of: only, in: graph, isFirstSight: false, &delta)
  }
}
