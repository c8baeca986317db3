import ClusterGraph
import KubernetesObjects

/// The checks in force, found by what they are about.
struct CheckTable: Sendable {
  let checks: [any Check]
  let thresholds: ThresholdValues
  /// What each check has cost, in the order of `checks`.
  private var costs: [CheckCost]
  private var groups: [SubjectScope: [any SubjectChecks]] = [:]
  /// The same for the kinds of objects, those about every object included.
  private var groupsByKind = KindTable<[any SubjectChecks]>()
  private var groupsOfEveryObject: [any SubjectChecks] = []
  private var groupsOfAddresses: [any SubjectChecks] = []

  init(_ checks: [any Check], settings: CheckSettings) {
    self.checks = checks
    var thresholds = ThresholdValues()
    for (position, check) in checks.enumerated() {
      thresholds.set(settings.overrides[check.id]?.thresholds ?? [:], ofCheckAt: position)
    }
    self.thresholds = thresholds
    costs = Array(repeating: CheckCost(), count: checks.count)
    for (position, check) in checks.enumerated().reversed() { add(check, at: position) }
    groupsOfEveryObject = groups[.everyObject] ?? []
    groupsOfAddresses = groups[.addresses] ?? []
    for case (.kind(let kind), let ofKind) in groups {
      groupsByKind[kind] = ofKind + groupsOfEveryObject
    }
  }

  /// How many times any check was run.
  var runs: Int { costs.reduce(0) { $0 + $1.runs } }

  /// What each check has cost.
  var costsByCheck: [CheckID: CheckCost] {
    Dictionary(uniqueKeysWithValues: zip(checks.map(\.id), costs))
  }

  /// Runs the checks that are about the vertex that `view` is around, and returns what they saw.
  mutating func inspect(
    _ handle: Handle,
    _ view: ClusterView,
    in graph: ClusterGraph
  ) -> [(check: any Check, observation: Observation)] {
    var seen: [SeenObservation] = []
    switch graph.scope(of: handle) {
    case .absent: return []
    case .address: run(groupsOfAddresses, graph.id(of: handle), nil, view, &seen)
    case .shared(let thing):
      run(groups[.shared(thing)] ?? [], graph.id(of: handle), nil, view, &seen)
    case .object(let record):
      let groups = groupsByKind.value(forKindOf: handle, in: graph) ?? groupsOfEveryObject
      run(groups, nil, record, view, &seen)
    }
    return seen.map { (checks[$0.check], $0.observation) }
  }

  private mutating func run(
    _ groups: [any SubjectChecks],
    _ id: VertexID?,
    _ record: (any ObjectRecord)?,
    _ view: ClusterView,
    _ seen: inout [SeenObservation]
  ) {
    for group in groups { group.inspect(id, record, view, &costs, &seen) }
  }

  private mutating func add<SomeCheck: Check>(_ check: SomeCheck, at position: Int) {
    typealias Group = ChecksOfSubject<SomeCheck.Subject>
    for scope in SomeCheck.Subject.scope.parts {
      var ofScope = groups[scope] ?? []
      let place = ofScope.firstIndex { $0 is Group }
      var group = place.flatMap { ofScope[$0] as? Group } ?? Group()
      group.prepend(check, at: position)
      if let place { ofScope[place] = group } else { ofScope.append(group) }
      groups[scope] = ofScope
    }
  }
}

/// What a check saw, with the check's position in the table.
struct SeenObservation {
  let check: Int
  let observation: Observation
}

/// The checks about one type of subject, so that the subject is made once for all of them.
private protocol SubjectChecks: Sendable {
  func inspect(
    _ id: VertexID?,
    _ record: (any ObjectRecord)?,
    _ view: ClusterView,
    _ costs: inout [CheckCost],
    _ seen: inout [SeenObservation]
  )
}

private struct ChecksOfSubject<Subject: InspectionSubject>: SubjectChecks {
  private var first: (any CheckLink<Subject>)?

  mutating func prepend(_ check: some Check<Subject>, at position: Int) {
    first = BoundCheck(check, at: position, before: first)
  }

  func inspect(
    _ id: VertexID?,
    _ record: (any ObjectRecord)?,
    _ view: ClusterView,
    _ costs: inout [CheckCost],
    _ seen: inout [SeenObservation]
  ) {
    guard let subject = Subject(id, record: record) else { return }
    var view = view
    var link = first
    while let check = link {
      link = check.next
      let position = check.position
      view.check = position
      let observations: [Observation]
      if costs[position].isNextTimed {
        let start = ContinuousClock.now
        observations = check.inspect(subject, in: view)
        costs[position].addTime(start.duration(to: .now))
      } else {
        observations = check.inspect(subject, in: view)
      }
      costs[position].runs += 1
      guard !observations.isEmpty else { continue }
      costs[position].observations += observations.count
      seen += observations.map { SeenObservation(check: position, observation: $0) }
    }
  }
}

/// A check among those about one type of subject.
///
/// They are linked, for an array would look up what it is an array of at each use: that took longer
/// than most checks.
private protocol CheckLink<Subject>: AnyObject, Sendable {
  associatedtype Subject: InspectionSubject

  var position: Int { get }
  var next: (any CheckLink<Subject>)? { get }

  func inspect(_ subject: Subject, in cluster: ClusterView) -> [Observation]
}

private final class BoundCheck<SomeCheck: Check>: CheckLink {
  let position: Int
  let next: (any CheckLink<SomeCheck.Subject>)?
  private let check: SomeCheck

  init(_ check: SomeCheck, at position: Int, before next: (any CheckLink<SomeCheck.Subject>)?) {
    self.check = check
    self.position = position
    self.next = next
  }

  func inspect(_ subject: SomeCheck.Subject, in cluster: ClusterView) -> [Observation] {
    check.inspect(subject, in: cluster)
  }
}
