package import ClusterGraph
import HeapModule
package import KubernetesObjects

/// Keeps the findings of one cluster true while its graph changes.
///
/// After a batch of changes only the touched vertices are inspected. What a check observes is a
/// *suspect* until the check's settle window has passed, and leaves a deadline for that moment.
package struct Inspector: Sendable {
  /// An observation that holds, on its way to be a finding.
  private struct Tracked: Sendable {
    var finding: Finding
    let due: Timestamp
    var isSettled = false
    /// The vertex whose inspection observed it; only that vertex's next inspection may end it.
    var observer: Handle
    /// The uid of the observer: an object that was re-created begins anew.
    let uid: ObjectUID
  }

  private struct Deadline: Comparable, Sendable {
    let time: Timestamp
    let id: FindingID

    static func < (left: Self, right: Self) -> Bool { left.time < right.time }
  }

  package let cluster: String
  private var checks: CheckTable
  private let settings: CheckSettings
  private let policy: SettlePolicy
  private var tracked: [FindingID: Tracked] = [:]
  private var idsByVertex: [Handle: [FindingID]] = [:]
  private var deadlines = Heap<Deadline>()
  private var flaps = FlapMemory()

  package init(
    cluster: String,
    checks: [any Check],
    settings: CheckSettings = CheckSettings(),
    policy: SettlePolicy = .declared
  ) {
    self.cluster = cluster
    self.checks = CheckTable(settings.enabled(among: checks))
    self.settings = settings
    self.policy = policy
  }

  /// How many times a check was run, for the work counters of tests.
  package var checksRun: Int { checks.runs }

  /// What each check has cost so far.
  package var costs: [CheckID: CheckCost] { checks.costsByCheck }

  /// All findings, in no order.
  package var findings: [Finding] { tracked.values.filter(\.isSettled).map(\.finding) }

  /// Conditions that hold, but not yet for long enough, in no order.
  package var suspects: [Finding] { tracked.values.filter { !$0.isSettled }.map(\.finding) }

  package func finding(_ id: FindingID) -> Finding? {
    tracked[id].flatMap { $0.isSettled ? $0.finding : nil }
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
    _ touched: Set<Handle>,
    in graph: ClusterGraph,
    at now: Timestamp,
    watchedFromStart: Bool
  ) -> FindingsDelta {
    var delta = FindingsDelta()
    guard let any = touched.first else {
      settle(until: now, &delta)
      return delta
    }
    var view = ClusterView(graph, around: any)
    for handle in touched {
      view.handle = handle
      let observed = checks.inspect(handle, view, in: graph)
      let old = idsByVertex[handle] ?? []
      guard !observed.isEmpty || !old.isEmpty, let vertex = graph.id(of: handle) else { continue }
      let uid = graph.record(of: handle)?.metadata.uid ?? .unset
      var ids: [FindingID] = []
      for (check, observation) in observed {
        let since = observation.beginning.time(now: now, isFirstSight: !watchedFromStart)
        ids.append(
          track(
            observation,
            of: check,
            about: vertex,
            uid: uid,
            by: handle,
            since: since,
            at: now,
            &delta
          )
        )
      }
      for id in old where !ids.contains(id) && tracked[id]?.observer == handle {
        let isHeld = graph.isThere(handle) && holdOn(to: id, at: now, &delta)
        if !isHeld { forget(id, at: now, &delta) }
      }
      // What is held on to stays with its vertex, whose next inspection may bring it back.
      ids += old.filter { tracked[$0]?.finding.awaySince != nil && !ids.contains($0) }
      idsByVertex[handle] = ids.isEmpty ? nil : ids
    }
    settle(until: now, &delta)
    return delta
  }

  /// Turns suspects whose window has passed into findings.
  package mutating func advance(to now: Timestamp) -> FindingsDelta {
    var delta = FindingsDelta()
    settle(until: now, &delta)
    return delta
  }

  private mutating func track(
    _ observation: Observation,
    of check: any Check,
    about vertex: VertexID,
    uid: ObjectUID,
    by observer: Handle,
    since: Timestamp,
    at now: Timestamp,
    _ delta: inout FindingsDelta
  ) -> FindingID {
    let subject = observation.subject ?? vertex
    let id = FindingID(
      cluster: cluster,
      check: check.id,
      subject: subject,
      discriminator: observation.discriminator
    )
    if let old = tracked[id], old.uid != uid { forget(id, at: now, &delta) }
    let old = tracked[id]
    let finding = Finding(
      id: id,
      cluster: cluster,
      check: check.id,
      severity: settings.severity(of: check),
      subject: subject,
      message: observation.message,
      evidence: observation.evidence,
      related: observation.related,
      remedies: observation.remedies,
      since: old?.finding.since ?? since
    )
    if let old {
      tracked[id]?.observer = observer
      tracked[id]?.finding = finding
      if old.isSettled, old.finding != finding { delta.changed.append(finding) }
    } else {
      let due = since + policy.window(settings.settles(check), for: observation)
      tracked[id] = Tracked(finding: finding, due: due, observer: observer, uid: uid)
      deadlines.insert(Deadline(time: due, id: id))
    }
    return id
  }

  private mutating func forget(
    _ id: FindingID,
    at now: Timestamp,
    _ delta: inout FindingsDelta
  ) {
    guard let gone = tracked.removeValue(forKey: id), gone.isSettled else { return }
    flaps.note(id, at: now)
    delta.resolved.append(gone.finding)
  }

  /// Keeps a finding whose condition has ended once more, for a while; false where it is resolved.
  private mutating func holdOn(
    to id: FindingID,
    at now: Timestamp,
    _ delta: inout FindingsDelta
  ) -> Bool {
    guard var held = tracked[id], held.isSettled else { return false }
    guard held.finding.awaySince == nil else { return true }
    guard flaps.isFlapping(id, endingAt: now) else { return false }
    held.finding.awaySince = now
    tracked[id] = held
    deadlines.insert(Deadline(time: now + FlapMemory.quiet, id: id))
    delta.changed.append(held.finding)
    return true
  }

  private mutating func settle(until now: Timestamp, _ delta: inout FindingsDelta) {
    while let next = deadlines.min, next.time <= now {
      deadlines.removeMin()
      if let away = tracked[next.id]?.finding.awaySince {
        if away + FlapMemory.quiet <= next.time { forget(next.id, at: now, &delta) }
        continue
      }
      // A deadline outlives a condition that ended, and one that ended and began again.
      guard let suspect = tracked[next.id], !suspect.isSettled, suspect.due == next.time else {
        continue
      }
      tracked[next.id]?.isSettled = true
      delta.raised.append(suspect.finding)
    }
  }
}

extension Observation.Beginning {
  /// When a condition that is seen `now` began; at first sight it may have held for long.
  fileprivate func time(now: Timestamp, isFirstSight: Bool) -> Timestamp {
    switch self {
    case .whenSeen: now
    case .at(let time): time
    case .notBefore(let time): isFirstSight ? time ?? now : now
    }
  }
}
