import ClusterGraph
import KubernetesObjects

/// The kinds of which checks ask whether they are known, and what the answers were.
///
/// That nobody names an object is known only once all who could are; and no edge leads from there to
/// the object, so its checks have to say which kinds they ask about.
struct AskedKinds: Sendable {
  private var scopes: [ObjectKind: Set<SubjectScope>] = [:]
  private var answers: [ObjectKind: Knowledge] = [:]
  private var changesSeen = 0

  init(_ checks: [any Check]) {
    for check in checks { add(check) }
  }

  private mutating func add<SomeCheck: Check>(_ check: SomeCheck) {
    for kind in check.asks { scopes[kind, default: []].formUnion(SomeCheck.Subject.scope.parts) }
  }

  func isBehind(_ graph: ClusterGraph) -> Bool { graph.knowledgeChanges != changesSeen }

  /// Adds to `touched` the subjects of checks that would get another answer than last time.
  mutating func update(touching touched: inout Set<Handle>, in graph: ClusterGraph) {
    guard isBehind(graph) else { return }
    changesSeen = graph.knowledgeChanges
    var concerned: Set<SubjectScope> = []
    for (kind, scopes) in scopes {
      let answer = graph.knowledge(of: kind)
      guard answers.updateValue(answer, forKey: kind) != answer else { continue }
      concerned.formUnion(scopes)
    }
    for scope in concerned { touched.formUnion(Self.handles(of: scope, in: graph)) }
  }

  private static func handles(of scope: SubjectScope, in graph: ClusterGraph) -> [Handle] {
    switch scope {
    case .kind(let kind): graph.handles(of: kind)
    case .kinds(let kinds): kinds.flatMap(graph.handles)
    case .everyObject: Array(graph.allHandles)
    case .addresses:
      graph.allHandles.filter { if case .address = graph.scope(of: $0) { true } else { false } }
    case .shared(let thing):
      graph.allHandles.filter {
        if case .shared(thing) = graph.scope(of: $0) { true } else { false }
      }
    }
  }
}
