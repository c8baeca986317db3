import ClusterGraph
import KubernetesObjects

/// The checks in force, found by what they are about.
struct CheckTable: Sendable {
  private var checks: [SubjectScope: [any Check]] = [:]

  init(_ checks: [any Check]) {
    for check in checks { self.checks[Self.scope(of: check), default: []].append(check) }
  }

  /// Runs `body` with each check that is about the vertex, and what that check observed.
  func inspect(
    _ handle: Handle,
    in graph: ClusterGraph,
    _ body: (any Check, [Observation]) -> Void
  ) {
    guard let id = graph.id(of: handle) else { return }
    let record = graph.record(of: handle)
    let view = ClusterView(graph, around: handle)
    func run(_ scope: SubjectScope) {
      for check in checks[scope] ?? [] {
        body(check, Self.observations(of: check, about: id, record: record, in: view))
      }
    }
    switch id {
    case .address: run(.addresses)
    case .shared(let thing, _): run(.shared(thing))
    case .object(let key):
      guard record != nil else { return }
      run(.kind(key.kind))
      run(.everyObject)
    }
  }

  private static func scope<SomeCheck: Check>(of check: SomeCheck) -> SubjectScope {
    SomeCheck.Subject.scope
  }

  private static func observations<SomeCheck: Check>(
    of check: SomeCheck,
    about id: VertexID,
    record: (any ObjectRecord)?,
    in view: ClusterView
  ) -> [Observation] {
    guard let subject = SomeCheck.Subject(id, record: record) else { return [] }
    return check.inspect(subject, in: view)
  }
}
