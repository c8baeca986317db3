import ClusterGraph
import KubernetesObjects

/// The checks in force, found by what they are about.
struct CheckTable: Sendable {
  let checks: [any Check]
  let thresholds: ThresholdValues
  /// What of the cluster the checks are run on.
  var coverage = Coverage.everything
  /// What is known of each check, in the order of `checks`.
  private var runs: [CheckRuns]
  private let positions: [CheckID: Int]
  private var groups: [SubjectScope: [any SubjectChecks]] = [:]
  /// The same for the kinds of objects, those about every object included.
  private var groupsByKind = KindTable<[any SubjectChecks]>()
  private var groupsOfEveryObject: [any SubjectChecks] = []
  private var groupsOfAddresses: [any SubjectChecks] = []

  /// The same for other checks; of those that `isKept` says are the same as before, all is still known.
  func replaced(
    by checks: [any Check],
    settings: CheckSettings,
    where isKept: (CheckID) -> Bool
  ) -> CheckTable {
    var table = CheckTable(checks, settings: settings)
    table.coverage = coverage
    for (position, check) in checks.enumerated() where isKept(check.id) {
      if let known = positions[check.id] { table.runs[position] = runs[known] }
    }
    return table
  }

  init(_ checks: [any Check], settings: CheckSettings) {
    self.checks = checks
    var thresholds = ThresholdValues()
    for (position, check) in checks.enumerated() {
      thresholds.set(settings.overrides[check.id]?.thresholds ?? [:], ofCheckAt: position)
    }
    self.thresholds = thresholds
    positions = Dictionary(uniqueKeysWithValues: zip(checks.map(\.id), checks.indices))
    runs = checks.map { CheckRuns(of: $0) }
    for (position, check) in checks.enumerated().reversed() { add(check, at: position) }
    groupsOfEveryObject = groups[.everyObject] ?? []
    groupsOfAddresses = groups[.addresses] ?? []
    for case (.kind(let kind), let ofKind) in groups {
      groupsByKind[kind] = ofKind + groupsOfEveryObject
    }
  }

  /// How many times any check was run.
  var runCount: Int { runs.reduce(0) { $0 + $1.cost.runs } }

  /// What each check has cost.
  var costsByCheck: [CheckID: CheckCost] {
    Dictionary(uniqueKeysWithValues: zip(checks.map(\.id), runs.map(\.cost)))
  }

  /// The shard to which it belongs what a check says of an object whose home is `namespace`.
  func shard(of id: CheckID, home namespace: String) -> Int {
    coverage.shard(of: namespace, positions[id].map { runs[$0].reach } ?? .cluster)
  }

  /// Whether a check may see a change along edges of `relations`.
  func isRun(_ id: CheckID, on relations: RelationSet) -> Bool {
    relations == .all || positions[id].map { runs[$0].see(relations) } ?? true
  }

  /// Runs the checks that are about the vertex that `view` is around and may see a change along edges of
  /// `relations`, and returns what they saw.
  mutating func inspect(
    _ handle: Handle,
    _ view: ClusterView,
    in graph: ClusterGraph,
    on relations: RelationSet
  ) -> [(check: any Check, observation: Observation)] {
    // Before the record is asked for: most of what a change touches is not inspected for it, and what
    // nobody has looked at for long takes its time to come.
    let scope = graph.scope(of: handle)
    let groups = groups(about: handle, scope, in: graph)
    guard groups.contains(where: { $0.isRun(on: relations, runs) }) else { return [] }
    var round = Round(relations: relations)
    if case .object = scope {
      guard let record = graph.record(of: handle) else { return [] }
      guard round.limit(to: coverage, home: record.home) else { return [] }
      round.record = record
    } else {
      guard round.limit(to: coverage, home: "") else { return [] }
      round.id = graph.id(of: handle)
    }
    for group in groups where group.isRun(on: relations, runs) {
      group.inspect(&round, view, &runs)
    }
    return round.seen.map { (checks[$0.check], $0.observation) }
  }

  /// The checks about what is at a vertex, by their subjects.
  private mutating func groups(
    about handle: Handle,
    _ scope: VertexScope,
    in graph: ClusterGraph
  ) -> [any SubjectChecks] {
    switch scope {
    case .object: groupsByKind.value(forKindOf: handle, in: graph) ?? groupsOfEveryObject
    case .address: groupsOfAddresses
    case .shared(let thing): groups[.shared(thing)] ?? []
    case .free: []
    }
  }

  private mutating func add<SomeCheck: Check>(_ check: SomeCheck, at position: Int) {
    typealias Group = ChecksOfSubject<SomeCheck.Subject>
    for scope in check.scope.parts {
      var ofScope = groups[scope] ?? []
      let place = ofScope.firstIndex { $0 is Group }
      var group = place.flatMap { ofScope[$0] as? Group } ?? Group()
      group.prepend(check, at: position)
      if let place { ofScope[place] = group } else { ofScope.append(group) }
      groups[scope] = ofScope
    }
  }
}

/// A look at one vertex.
private struct Round {
  /// Given where there is no record.
  var id: VertexID?
  var record: (any ObjectRecord)?
  /// Along which edges something changed since the last look.
  let relations: RelationSet
  /// What was seen, with the position of the check that saw it.
  var seen: [(check: Int, observation: Observation)] = []
  /// Whether the checks are run that look no further than the namespace.
  private var includesNear = true
  /// Whether the others are.
  private var includesFar = true

  init(relations: RelationSet) { self.relations = relations }

  /// Leaves out the checks that others run on an object of that home; false where no check is left.
  mutating func limit(to coverage: Coverage, home: String) -> Bool {
    guard !coverage.isEverything else { return true }
    includesFar = coverage.includesCluster
    includesNear = coverage.includes(namespace: home)
    return includesFar || includesNear
  }

  func includes(_ reach: CheckReach) -> Bool {
    reach == .namespace ? includesNear : includesFar
  }
}

/// What is known of a check from all of its runs.
private struct CheckRuns {
  var cost = CheckCost()
  /// Along which edges it has ever looked, and whether at its subject's own fields.
  ///
  /// Not all of its runs look along all of these. But what none has looked at was not looked at by the
  /// last run on any vertex either, so that this would see the same again.
  var read: RelationSet
  let reach: CheckReach

  init(of check: some Check) {
    reach = check.reach
    read = check.seesOwnFields ? .itself : []
  }

  /// Whether the check may see a change along edges of `relations`.
  func see(_ relations: RelationSet) -> Bool {
    relations == .all || !read.isDisjoint(with: relations)
  }
}

/// The checks about one type of subject, so that the subject is made once for all of them.
private protocol SubjectChecks: Sendable {
  /// Whether one of the checks may see a change along edges of `relations`.
  func isRun(on relations: RelationSet, _ runs: [CheckRuns]) -> Bool

  func inspect(_ round: inout Round, _ view: ClusterView, _ runs: inout [CheckRuns])
}

private struct ChecksOfSubject<Subject: InspectionSubject>: SubjectChecks {
  private var first: CheckLink<Subject>?
  private var positions: [Int] = []

  mutating func prepend(_ check: some Check<Subject>, at position: Int) {
    first = BoundCheck(check, at: position, before: first)
    positions.append(position)
  }

  func isRun(on relations: RelationSet, _ runs: [CheckRuns]) -> Bool {
    relations == .all || positions.contains { runs[$0].see(relations) }
  }

  func inspect(_ round: inout Round, _ view: ClusterView, _ runs: inout [CheckRuns]) {
    guard let first else { return }
    if let record = round.record, inspect(record, first, &round, view, &runs) { return }
    Subject.look(at: round.id, record: round.record) { subject in
      run(first, on: subject, &round, view, &runs)
    }
  }

  /// Lets the checks look at a record where it stands, if it is itself their subject: a copy counts a
  /// dozen references to what a Pod holds.
  private func inspect<Record: ObjectRecord>(
    _ record: Record,
    _ first: CheckLink<Subject>,
    _ round: inout Round,
    _ view: ClusterView,
    _ runs: inout [CheckRuns]
  ) -> Bool {
    guard Record.self == Subject.self else { return false }
    // Both types are one.
    run(unsafeDowncast(first, to: CheckLink<Record>.self), on: record, &round, view, &runs)
    return true
  }

  private func run<Some>(
    _ first: CheckLink<Some>,
    on subject: Some,
    _ round: inout Round,
    _ view: ClusterView,
    _ runs: inout [CheckRuns]
  ) {
    var view = view
    var link: CheckLink<Some>? = first
    while let check = link {
      link = check.next
      let position = check.position
      guard runs[position].see(round.relations), round.includes(runs[position].reach) else {
        continue
      }
      view.check = position
      let observations: [Observation]
      if runs[position].cost.isNextTimed {
        let start = ContinuousClock.now
        observations = check.inspect(subject, in: view)
        runs[position].cost.addTime(start.duration(to: .now))
      } else {
        observations = check.inspect(subject, in: view)
      }
      runs[position].cost.runs += 1
      runs[position].read.formUnion(view.takeRead())
      guard !observations.isEmpty else { continue }
      runs[position].cost.observations += observations.count
      round.seen += observations.map { (position, $0) }
    }
  }
}

/// A check among those about one type of subject.
///
/// They are linked, for an array would look up what it is an array of at each use: that took longer
/// than most checks.
private class CheckLink<Subject>: @unchecked Sendable {
  // Unchecked, for a class with heirs cannot be proved to hold constants alone, as these do.
  final let position: Int
  final let next: CheckLink?

  init(at position: Int, before next: CheckLink?) {
    self.position = position
    self.next = next
  }

  func inspect(_ subject: Subject, in cluster: ClusterView) -> [Observation] {
    preconditionFailure("Each link holds a check.")
  }
}

// Unchecked, for its superclass is; it holds a constant besides.
private final class BoundCheck<SomeCheck: Check>: CheckLink<SomeCheck.Subject>,
  @unchecked Sendable
{
  private let check: SomeCheck

  init(_ check: SomeCheck, at position: Int, before next: CheckLink<SomeCheck.Subject>?) {
    self.check = check
    super.init(at: position, before: next)
  }

  override func inspect(_ subject: SomeCheck.Subject, in cluster: ClusterView) -> [Observation] {
    check.inspect(subject, in: cluster)
  }
}
