import ClusterGraph
import KubernetesObjects

/// The checks in force, found by what they are about.
struct CheckTable: Sendable {
  private let checks: [any Check]
  let thresholds: ThresholdValues
  /// What each check has cost, in the order of `checks`.
  private var costs: [CheckCost]
  private var groups: [SubjectScope: any SubjectChecks] = [:]
  /// The checks about several kinds, by their types of subject, and which of these a kind is among.
  private var sharedGroups: [ObjectIdentifier: any SubjectChecks] = [:]
  private var sharedGroupsOfKind: [ObjectKind: [ObjectIdentifier]] = [:]

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
    case .address:
      groups[.addresses]?.inspect(graph.id(of: handle), nil, view, &costs, &seen)
    case .shared(let thing):
      groups[.shared(thing)]?.inspect(graph.id(of: handle), nil, view, &costs, &seen)
    case .object(let record):
      groups[.kind(record.kind)]?.inspect(nil, record, view, &costs, &seen)
      for group in sharedGroupsOfKind[record.kind] ?? [] {
        sharedGroups[group]?.inspect(nil, record, view, &costs, &seen)
      }
      groups[.everyObject]?.inspect(nil, record, view, &costs, &seen)
    }
    return seen.map { (checks[$0.check], $0.observation) }
  }

  private mutating func add<SomeCheck: Check>(_ check: SomeCheck, at position: Int) {
    typealias Group = ChecksOfSubject<SomeCheck.Subject>
    guard case .kinds(let kinds) = SomeCheck.Subject.scope else {
      var group = groups[SomeCheck.Subject.scope] as? Group ?? Group()
      group.checks.append((position, check))
      groups[SomeCheck.Subject.scope] = group
      return
    }
    let id = ObjectIdentifier(SomeCheck.Subject.self)
    var group = sharedGroups[id] as? Group ?? Group()
    if group.checks.isEmpty {
      for kind in kinds { sharedGroupsOfKind[kind, default: []].append(id) }
    }
    group.checks.append((position, check))
    sharedGroups[id] = group
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
