import CEL
import Inspection
import KubernetesObjects

extension OwnershipCondition {
  private static let maps = ["labels", "annotations", "namespaceLabels", "namespaceAnnotations"]

  private static let environment = CELEnvironment(
    variables: ["check", "kind", "namespace", "name"].map { .init($0, .string) }
      + maps.map { .init($0, .map(.string, .string)) }
  )

  /// Reads an expression; all that is wrong with it is told.
  init(parsing text: String) throws(CELProblems) {
    let program = try Self.environment.compile(text, returning: .bool)
    var annotations: Set<String> = []
    var unclear: [CELProblem] = []
    for use in program.fieldUses where use.variable.lowercased().hasSuffix("annotations") {
      guard case .field(let name)? = use.path.first else {
        let problem =
          "write out which annotations are asked for, as in annotations['example.com/team']"
        unclear.append(CELProblem(position: SourcePosition(line: 1, column: 1), message: problem))
        continue
      }
      annotations.insert(name)
    }
    guard unclear.isEmpty else { throw CELProblems([unclear[0]]) }
    self.init(text, annotations: annotations) { question in
      // What fails, as for a label that is not there, is no.
      guard case .bool(true)? = try? program.evaluate(Self.values(of: question)) else {
        return false
      }
      return true
    }
  }

  private static func values(of question: Question) -> [String: CELValue] {
    [
      "check": .string(question.check.description),
      "kind": .string(question.object.kind.description),
      "namespace": .string(question.object.namespace), "name": .string(question.object.name),
      "labels": map(question.own?.labels), "annotations": map(question.own?.annotations),
      "namespaceLabels": map(question.ofNamespace?.labels),
      "namespaceAnnotations": map(question.ofNamespace?.annotations),
    ]
  }

  private static func map(_ labels: Labels?) -> CELValue {
    let members = (labels?.all ?? []).map { ($0.key, CELValue.string($0.value)) }
    return .map(CELMap(Dictionary(members, uniquingKeysWith: { first, _ in first })))
  }
}
