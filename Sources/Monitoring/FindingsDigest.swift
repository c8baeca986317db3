import AgentClient
import ClusterGraph
import Inspection
import KubernetesObjects

/// The findings of one cluster as they are shown: in order, muted where they are to be, explained.
///
/// Kept so while they come and go: what did not change is neither copied nor sorted again.
struct FindingsDigest: Sendable {
  private(set) var sorted = SortedFindings()
  /// How many there are of each severity, those that are muted left out.
  private(set) var counts: [Severity: Int] = [:]
  /// How many there are of each check.
  private(set) var countsByCheck: [CheckID: (shown: Int, muted: Int)] = [:]
  /// Another number whenever a finding has come, gone or changed.
  private(set) var revision = 0
  private var byID: [FindingID: ListedFinding] = [:]
  /// What each vertex that decides over mutes looked like, and over whose.
  private var deciders: [Handle: (marks: MuteRules.Marks, findings: [FindingID])] = [:]
  private var options: MonitorOptions
  /// When the first mute ends.
  private(set) var end: Timestamp?
  /// What people said of findings.
  private var notes = FindingNotes()
  private var owners = SharedTexts()
  /// The findings that are shown as agents tell them.
  private var told: [FindingID: AttachedFinding] = [:]
  private var causes: (revision: Int, time: Timestamp, found: FoundCauses)?
  /// How often causes were sought, for tests.
  private(set) var causesSought = 0

  init(_ options: MonitorOptions, at now: Timestamp) {
    self.options = options
    end = options.mutes.nextEnd(after: now)
  }

  /// Takes in that other checks are in force: other causes may be found.
  mutating func replaceChecks(by checks: [any Check]) {
    options.checks = checks
    revision += 1
  }

  var count: Int { byID.count }
  var mutedCount: Int { counts.values.reduce(count, -) }

  subscript(id: FindingID) -> Finding? { byID[id]?.finding }

  func listed(_ id: FindingID) -> ListedFinding? { byID[id] }

  /// A finding as an agent tells it; `nil` where it is shown as it was found here.
  func told(_ id: FindingID) -> AttachedFinding? { told[id] }

  /// Those about a vertex, or what it shares with others, in the order in which they are shown.
  func findings(about id: VertexID, _ handle: Handle) -> [Finding] {
    (deciders[handle]?.findings ?? []).compactMap { byID[$0]?.finding }
      .filter { finding in
        finding.subject == id || id.objectKey.map(finding.objects.contains) ?? false
      }
      .sorted(by: Finding.precedes)
  }

  /// Those about an object, or what it shares with others, that are not muted; `nil` where there are none.
  func summary(about key: ObjectKey, _ handle: Handle) -> FindingsSummary? {
    let findings = (deciders[handle]?.findings ?? []).lazy.compactMap { byID[$0]?.finding }
      .filter { $0.objects.contains(key) && $0.muting == nil }
    guard let worst = findings.min(by: Finding.precedes) else { return nil }
    return FindingsSummary(worst: worst, count: findings.count)
  }

  /// How bad it is about each object of a kind: the worst finding decides, then how many there are.
  func weights(of kind: ObjectKind, in graph: ClusterGraph) -> [Handle: Int64] {
    var weights: [Handle: Int64] = [:]
    for listed in sorted.all where listed.finding.muting == nil {
      // The worst comes first.
      let level = Int64(Severity.allCases.count - listed.finding.severity.rawValue) << 32
      for key in listed.finding.objects where key.kind == kind {
        guard let handle = graph.handle(of: .object(key)) else { continue }
        weights[handle] = weights[handle].map { $0 + 1 } ?? level + 1
      }
    }
    return weights
  }
}

// MARK: - Changes

extension FindingsDigest {
  /// What a finding is now; `nil` where there is none any more.
  typealias Change = (id: FindingID, finding: Finding?)

  /// Notes whose word a finding is, before what became of it is taken in; `nil` for what is found here.
  mutating func note(_ told: AttachedFinding?, as id: FindingID) {
    // Where no agent tells anything, nothing is kept for it.
    guard told != nil || !self.told.isEmpty else { return }
    self.told[id] = told
  }

  /// Takes in what became of some findings.
  mutating func update(_ changes: some Sequence<Change>, in graph: ClusterGraph, at now: Timestamp)
  {
    let changes = Dictionary(
      changes.lazy.map { ($0.id, $0.finding) },
      uniquingKeysWith: { $1 }
    )
    var gone: [ListedFinding] = []
    var new: [ListedFinding] = []
    for (id, found) in changes {
      let old = byID[id]
      let listed = found.map { list($0, in: graph, at: now) }
      guard
        old?.finding != listed?.finding || old?.readHandles != listed?.readHandles
          || old?.facets != listed?.facets
      else { continue }
      if let old {
        gone.append(old)
        forget(old)
      }
      if let listed {
        new.append(listed)
        note(listed, in: graph)
      }
    }
    guard !gone.isEmpty || !new.isEmpty else { return }
    sorted.replace(gone, with: new)
    revision += 1
  }

  /// Takes in that some vertices have changed, which may decide over mutes.
  mutating func update(bySeeing touched: HandleSet, in graph: ClusterGraph, at now: Timestamp) {
    var concerned: Set<FindingID> = []
    for handle in touched {
      guard let known = deciders[handle] else { continue }
      let record = graph.record(of: handle)
      let marks = MuteRules.Marks(of: record)
      guard marks != known.marks else {
        // A Pod may have got its Node, or another owner.
        if !(record is Namespace) {
          concerned.formUnion(known.findings.filter { hasMoved($0, in: graph) })
        }
        continue
      }
      deciders[handle]?.marks = marks
      concerned.formUnion(known.findings)
    }
    guard !concerned.isEmpty else { return }
    update(concerned.map { ($0, byID[$0]?.finding) }, in: graph, at: now)
  }

  /// Takes in that mutes have ended, if some have; tells whether that was so.
  mutating func update(bySeeing now: Timestamp, in graph: ClusterGraph) -> Bool {
    guard let end, end <= now else { return false }
    setEnd(after: now)
    update(byID.map { ($0.key, $0.value.finding) }, in: graph, at: now)
    return true
  }

  /// Takes in what people said of findings.
  mutating func take(_ notes: FindingNotes, in graph: ClusterGraph, at now: Timestamp) {
    let concerned = notes.differences(from: self.notes)
    self.notes = notes
    setEnd(after: now)
    update(
      concerned.compactMap { id in byID[id].map { (id, $0.finding) } },
      in: graph,
      at: now
    )
  }

  private mutating func setEnd(after now: Timestamp) {
    end = [options.mutes.nextEnd(after: now), notes.nextEnd(after: now)].compactMap(\.self).min()
  }

  private func hasMoved(_ id: FindingID, in graph: ClusterGraph) -> Bool {
    guard let listed = byID[id] else { return false }
    let answer = options.ownership.answer(for: listed.finding, in: graph)
    return listed.facets != FindingFacets(of: listed.finding, answer, in: graph)
      || listed.finding.severityOfTeam != answer.severity
  }

  private mutating func list(
    _ finding: Finding,
    in graph: ClusterGraph,
    at now: Timestamp
  ) -> ListedFinding {
    if let told = told[finding.id] { return list(told, in: graph, at: now) }
    let answer = options.ownership.answer(for: finding, in: graph)
    var facets = FindingFacets(of: finding, answer, in: graph)
    facets.owner = owners.sharing(facets.owner)
    facets.team = owners.sharing(facets.team)
    var finding = finding
    finding.severityOfTeam = answer.severity
    finding.muting =
      options.mutes.muting(of: finding, team: answer.team, in: graph, at: now)
      ?? notes.muting(of: finding.id, at: now)
    finding.acknowledgement = notes.acknowledgements[finding.id]
    return ListedFinding(
      finding,
      readHandles: MuteRules.readVertices(of: finding).compactMap(graph.handle),
      facets: facets
    )
  }

  /// A finding as an agent tells it: whose it is the agent knows, what is no news its users here say, too.
  private func list(
    _ told: AttachedFinding,
    in graph: ClusterGraph,
    at now: Timestamp
  ) -> ListedFinding {
    var finding = told.finding
    finding.muting =
      finding.muting ?? options.mutes.muting(of: finding, team: told.team, in: graph, at: now)
      ?? notes.muting(of: finding.id, at: now)
    finding.acknowledgement = notes.acknowledgements[finding.id]
    return ListedFinding(
      finding,
      readHandles: MuteRules.readVertices(of: finding).compactMap(graph.handle),
      facets: FindingFacets(told)
    )
  }

  private mutating func note(_ listed: ListedFinding, in graph: ClusterGraph) {
    byID[listed.finding.id] = listed
    for handle in listed.readHandles {
      deciders[handle, default: (MuteRules.Marks(of: graph.record(of: handle)), [])]
        .findings.append(listed.finding.id)
    }
    if listed.finding.muting == nil { counts[listed.finding.severity, default: 0] += 1 }
    tally(listed.finding, 1)
  }

  private mutating func tally(_ finding: Finding, _ step: Int) {
    var counts = countsByCheck[finding.check] ?? (0, 0)
    if finding.muting == nil { counts.shown += step } else { counts.muted += step }
    countsByCheck[finding.check] = counts == (0, 0) ? nil : counts
  }

  private mutating func forget(_ listed: ListedFinding) {
    let finding = listed.finding
    byID[finding.id] = nil
    tally(finding, -1)
    for handle in listed.readHandles {
      deciders[handle]?.findings.removeAll { $0 == finding.id }
      if deciders[handle]?.findings.isEmpty == true { deciders[handle] = nil }
    }
    guard finding.muting == nil, let count = counts[finding.severity] else { return }
    counts[finding.severity] = count > 1 ? count - 1 : nil
  }
}

// MARK: - Causes

/// What explains findings, as far as it was found out.
struct FoundCauses: Sendable {
  /// Another whenever causes were sought again.
  let number: Int
  /// The finding at the root of each that another explains: as agents say, and else as is seen here.
  let roots: [FindingID: FindingID]
  /// Where findings meet others, where several share the cluster.
  let ends: [FindingID: CausalEnds]

  /// The findings of which something else was found out before.
  func differences(from old: FoundCauses?) -> Set<FindingID> {
    guard number != old?.number else { return [] }
    let (oldRoots, oldEnds) = (old?.roots ?? [:], old?.ends ?? [:])
    let explained = Set(roots.keys).union(oldRoots.keys).filter { roots[$0] != oldRoots[$0] }
    return explained.union(
      Set(ends.keys).union(oldEnds.keys).filter { ends[$0] != oldEnds[$0] }
    )
  }
}

extension FindingsDigest {
  /// Up to how many findings their causes are sought whenever one has changed.
  static let fewFindings = 2000

  /// Which finding explains which, as of the last time that a finding changed; where there are very
  /// many, as of a moment ago.
  mutating func causes(in graph: ClusterGraph, at now: Timestamp) -> FoundCauses {
    if let causes, causes.revision == revision { return causes.found }
    if let causes, let due = causesDue, now < due { return causes.found }
    causesSought += 1
    let own = Causes(
      sorted.all.lazy.map(\.finding),
      checks: options.checks,
      in: graph,
      tellingEnds: options.coverage.count > 1
    )
    let found = FoundCauses(
      number: causesSought,
      roots: own.roots.merging(rootsOfTold()) { $1 },
      ends: sharingOld(own.ends)
    )
    causes = (revision, now, found)
    return found
  }

  /// The same, but what is as it was is what others have kept of it.
  private func sharingOld(_ ends: [FindingID: CausalEnds]) -> [FindingID: CausalEnds] {
    guard !ends.isEmpty, let old = causes?.found.ends else { return ends }
    return ends.reduce(into: ends) { shared, new in
      if let known = old[new.key], known == new.value { shared[new.key] = known }
    }
  }

  /// The finding at the root of each that agents tell and another explains.
  ///
  /// Where they tell where theirs meet, each having a part of the cluster, it is sought among all of them, and
  /// else each agent is believed.
  private func rootsOfTold() -> [FindingID: FindingID] {
    guard !told.isEmpty else { return [:] }
    var roots: [FindingID: FindingID] = [:]
    var meeting: [(id: FindingID, ends: CausalEnds)] = []
    for listed in sorted.all {
      guard let told = told[listed.finding.id] else { continue }
      if let ends = told.ends {
        meeting.append((told.finding.id, ends))
      } else if let cause = told.cause, byID[cause] != nil {
        roots[told.finding.id] = cause
      }
    }
    guard !meeting.isEmpty else { return roots }
    return roots.merging(Causes(told: meeting).roots) { $1 }
  }

  /// The findings that others explain, with those at their roots, as far as both are still there.
  func explained(by roots: [FindingID: FindingID]) -> [FindingGroups.Explained] {
    roots.compactMap { id, root in
      guard let finding = byID[id], let root = byID[root] else { return nil }
      return FindingGroups.Explained(finding: finding, root: root)
    }
  }

  /// The findings that have this one at their root, in the order in which they are shown.
  func consequences(of id: FindingID, by roots: [FindingID: FindingID]) -> [Finding] {
    roots.lazy.filter { $0.value == id }.compactMap { byID[$0.key]?.finding }
      .sorted(by: Finding.precedes)
  }

  /// When causes are sought again that are not as of now; `nil` where they are.
  ///
  /// A microsecond or so for each finding is too much for each of ten looks a second.
  var causesDue: Timestamp? {
    guard let causes, causes.revision != revision else { return nil }
    return causes.time + .milliseconds(count > Self.fewFindings ? count / 20 : 0)
  }
}
