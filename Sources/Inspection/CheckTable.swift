import ClusterGraph
import KubernetesObjects

/// The checks in force, found by what they are about.
struct CheckTable: Sendable {
  let checks: [any Check]
  let thresholds: ThresholdValues
  /// What each check has cost, in the order of `checks`.
  private var costs: [CheckCost]
  private var groups: [SubjectScope: [any SubjectChecks]] = [:]

  init(_ checks: [any Check], settings: CheckSettings) {
    self.checks = checks
    var thresholds = ThresholdValues()
    for (position, check) in checks.enumerated() {
      thresholds.set(settings.overrides[check.id]?.thresholds ?? [:], ofCheckAt: position)
    }
    self.thresholds = thresholds
    costs = Array(repeating: CheckCost(), count: checks.count)
    for (position, check) in checks.enumerated() { add(check, at: position) }
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
    case .address: run(.addresses, graph.id(of: handle), nil, view, &seen)
    case .shared(let thing): run(.shared(thing), graph.id(of: handle), nil, view, &seen)
    case .object(let record):
      run(.kind(record.kind), nil, record, view, &seen)
      run(.everyObject, nil, record, view, &seen)
    }
    return seen.map { (checks[$0.check], $0.observation) }
  }

  private mutating func run(
    _ scope: SubjectScope,
    _ id: VertexID?,
    _ record: (any ObjectRecord)?,
    _ view: ClusterView,
    _ seen: inout [SeenObservation]
  ) {
    guard let groups = groups[scope] else { return }
    for group in groups { group.inspect(id, record, view, &costs, &seen) }
  }

  private mutating func add<SomeCheck: Check>(_ check: SomeCheck, at position: Int) {
    typealias Group = ChecksOfSubject<SomeCheck.Subject>
    for scope in SomeCheck.Subject.scope.parts {
      var ofScope = groups[scope] ?? []
      let place = ofScope.firstIndex { $0 is Group }
      var group = place.flatMap { ofScope[$0] as? Group } ?? Group()
      group.checks.append((position, check))
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
  var checks: [(position: Int, check: any Check<Subject>)] = []

  func inspect(
    _ id: VertexID?,
    _ record: (any ObjectRecord)?,
    _ view: ClusterView,
    _ costs: inout [CheckCost],
    _ seen: inout [SeenObservation]
  ) {
    guard let subject = Subject(id, record: record) else { return }
    var view = view
    for (position, check) in checks {
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
