import ClusterGraph
import Inspection
import KubernetesObjects
import RemoteChecks

/// What is written down of a cluster's findings: what really ended, and not what merely cannot be seen for a
/// while.
struct FindingsRecord {
  /// What was resolved while what its check needs was not known.
  private var unseen: [FindingID: Finding] = [:]
  /// What held at the first look and had to settle again: of a finding from before it is not told yet
  /// whether it is over.
  private var settlingAgain: [FindingID: Finding] = [:]

  /// The checks that saw nothing at the first look, and may see all later.
  private(set) var blindAtFirst: Set<CheckID> = []

  /// Whether some findings may turn out to be over, where these checks see nothing.
  func isOpen(blind: Set<CheckID>) -> Bool {
    !unseen.isEmpty || !settlingAgain.isEmpty || !blindAtFirst.isSubset(of: blind)
  }

  /// Takes in what had to settle at a first look, and which checks saw nothing.
  mutating func begin(settlingAgain findings: [Finding], blind: Set<CheckID> = []) {
    noteSight(of: [], settlingAgain: findings)
    blindAtFirst = blind
  }

  /// Takes in that checks see all by now, and what of theirs has to settle again.
  mutating func noteSight(of checks: Set<CheckID>, settlingAgain findings: [Finding]) {
    blindAtFirst.subtract(checks)
    settlingAgain.merge(findings.map { ($0.id, $0) }) { first, _ in first }
  }

  /// Which of them are over, where `holds` says which of them still hold.
  mutating func ended(
    unknown: Set<ObjectKind>,
    blind: Set<CheckID>,
    holds: (FindingID) -> Bool
  ) -> [FindingID] {
    let ended = settlingAgain.values.filter { finding in
      !holds(finding.id) && !blind.contains(finding.check)
        && finding.objects.allSatisfy { !unknown.contains($0.kind) }
    }.map(\.id)
    for id in ended { settlingAgain[id] = nil }
    return ended.sorted()
  }

  /// Forgets findings that others tell of from now on.
  mutating func forget(_ ids: some Sequence<FindingID>) {
    for id in ids {
      unseen[id] = nil
      settlingAgain[id] = nil
    }
  }

  /// When it is looked next which of them are over; `nil` where nothing has changed since the last time.
  private(set) var nextLook: Timestamp?

  /// They may be many, and change often.
  private static let lookInterval = Duration.seconds(10)

  /// Notes that something has changed, so that some of them may be over.
  mutating func noteChange(at now: Timestamp) {
    guard !settlingAgain.isEmpty else { return }
    nextLook = nextLook ?? now + Self.lookInterval
  }

  /// Sees to it that it is looked at a time at the latest.
  mutating func look(by time: Timestamp) { nextLook = nextLook.map { min($0, time) } ?? time }

  /// Whether it is time to look.
  mutating func isDue(at now: Timestamp) -> Bool {
    guard let due = nextLook, due <= now else { return false }
    nextLook = nil
    return true
  }

  /// What is to be written down of a change, where some kinds cannot be seen, and some checks see nothing.
  mutating func take(
    _ delta: FindingsDelta,
    unknown: Set<ObjectKind>,
    blind: Set<CheckID>
  ) -> FindingsDelta {
    var news = FindingsDelta()
    func isSeen(_ finding: Finding) -> Bool {
      !blind.contains(finding.check) && finding.objects.allSatisfy { !unknown.contains($0.kind) }
    }
    for finding in delta.raised {
      unseen[finding.id] = nil
      settlingAgain[finding.id] = nil
    }
    for finding in unseen.values where isSeen(finding) {
      news.resolved.append(finding)
      unseen[finding.id] = nil
    }
    for finding in delta.resolved {
      if isSeen(finding) { news.resolved.append(finding) } else { unseen[finding.id] = finding }
    }
    news.raised = delta.raised
    return news
  }
}

extension ClusterMonitor {
  /// The checks that cannot see all that they need.
  var blindChecks: Set<CheckID> { Set(graph.unknownKinds.flatMap { checksByNeed[$0] ?? [] }) }

  /// Has written down what became of findings.
  func record(_ delta: FindingsDelta, at time: Timestamp) {
    guard isFollowed else { return }
    let news = findingsRecord.take(
      delta,
      unknown: Set(graph.unknownKinds),
      blind: blindChecks
    )
    if !news.isEmpty { tell(news, at: time) }
  }

  /// Has written down what became of the findings that the monitor makes itself, of which it always sees all.
  func record(ownFindings delta: FindingsDelta, at time: Timestamp) {
    guard isFollowed, !delta.isEmpty else { return }
    tell(findingsRecord.take(delta, unknown: [], blind: []), at: time)
  }

  /// Notes that findings from before this program began may be over after all.
  func noteEndings() {
    let now = clock.now()
    findingsRecord.noteChange(at: now)
    recordLaterLook(at: now)
  }

  /// Notes that more or less of the cluster is known: what was found may turn out to be over, even where nothing
  /// else happens.
  func noteSight() {
    guard isFollowed, isSynced, findingsRecord.isOpen(blind: blindChecks) else { return }
    findingsRecord.look(by: clock.now())
    armAlarm()
  }

  /// Has told on what checks found that saw nothing at the first look and see all by now, as those of services
  /// that had to be asked first.
  private func recordLaterLook(at now: Timestamp) {
    guard isFollowed, isSynced, !findingsRecord.blindAtFirst.isEmpty else { return }
    var seeing = findingsRecord.blindAtFirst.subtracting(blindChecks)
    for feed in remoteFeeds {
      let check = RemoteFindingCheck(feed.check).id
      guard seeing.contains(check), let time = feed.answersComeUntil, time > now else { continue }
      seeing.remove(check)
      findingsRecord.look(by: time)
    }
    guard !seeing.isEmpty else { return }
    let suspects = inspector.suspects.filter { seeing.contains($0.check) }
    findingsRecord.noteSight(of: seeing, settlingAgain: suspects)
    tell(look(at: now, Set((inspector.findings + suspects).map(\.id)), by: seeing))
  }

  /// Has written down which of them are, where it is time.
  func recordEnded(at now: Timestamp) {
    guard findingsRecord.isDue(at: now), isFollowed else { return }
    recordLaterLook(at: now)
    let broken = Set(brokenGroupIDs)
    let ended = findingsRecord.ended(
      unknown: Set(graph.unknownKinds),
      blind: blindChecks
    ) { id in
      inspector.finding(id) != nil || inspector.isSuspect(id) || broken.contains(id)
    }
    if !ended.isEmpty { tell(foundOver: ended, at: now) }
    // What ended unseen may be seen to be over by now.
    record(FindingsDelta(), at: now)
  }

  /// Has written down what a first look showed at all that is covered.
  func recordFirstLook() {
    // Who looks at some namespaces alone does not know what ended elsewhere.
    let covered = inspector.coverage
    guard isFollowed, options.namespaces.isEmpty, !covered.shards.isEmpty else { return }
    let blind = Set(notInspected().flatMap(\.checks))
    let checks = options.checkSettings.enabled(among: options.checks).map(\.id)
    // What was a finding when KPatrol ended may have to settle again.
    let suspects = inspector.suspects + brokenGroupSuspects
    findingsRecord.begin(settlingAgain: suspects, blind: blind.intersection(checks))
    let findings = Set((inspector.findings + suspects).map(\.id)).union(brokenGroupIDs)
    tell(look(at: clock.now(), findings, by: Set(checks).subtracting(blind)))
  }

  /// What some checks see of all that is covered.
  private func look(
    at time: Timestamp,
    _ findings: Set<FindingID>,
    by checks: Set<CheckID>
  ) -> FirstLook {
    FirstLook(
      cluster: name,
      time: time,
      findings: findings,
      checks: checks,
      coverage: inspector.coverage,
      localChecks: Set(options.checks.filter { $0.reach == .namespace }.map(\.id))
    )
  }
}
