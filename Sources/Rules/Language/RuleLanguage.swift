import CEL
import Inspection
import KubernetesCEL
import KubernetesObjects
import UserConfiguration
import YAMLReading

/// An expression of a pack as it was read: not yet checked, as it is not known yet what it may name.
struct RuleText: Sendable {
  let source: String
  let expression: Expression
  let place: FieldPlace
  let sources: [ObjectSource]
  let usesClock: Bool

  /// Reads an expression; all that is wrong with how it is written is told.
  init(_ source: String, at place: FieldPlace, hasClock: Bool = false) throws(CELProblems) {
    let parsed: Expression
    do throws(CELProblem) {
      parsed = try Expression.parse(source)
    } catch {
      throw CELProblems([error])
    }
    var rewriter = RuleRewriter(source: source, hasClock: hasClock)
    self.source = source
    self.place = place
    expression = rewriter.rewrite(parsed)
    guard rewriter.problems.isEmpty else { throw CELProblems(rewriter.problems) }
    sources = rewriter.sources
    usesClock = rewriter.usesClock
  }
}

/// What the expressions of one rule may name.
struct RuleLanguage: Sendable {
  /// The variables in their order; behind them come those of the sources.
  enum Variable: Int, CaseIterable {
    case object, old, now, cluster, params

    var name: String { String(describing: self) }
  }

  let sources: [ObjectSource]
  private let environment: CELEnvironment

  init(sources: [ObjectSource], parameters: ProjectedFields) {
    self.sources = sources
    let types: [Variable: CELType] = [
      .now: ClockReading.type, .cluster: .object("cluster"), .params: .object("params"),
    ]
    let variables = Variable.allCases.map { variable in
      CELEnvironment.Variable(variable.name, types[variable] ?? .dynamic)
    }
    let others = sources.map { source in
      CELEnvironment.Variable(
        source.name,
        source.depth == 1 ? .list(.dynamic) : .map(.string, .map(.string, .dynamic))
      )
    }
    let parameterTypes = parameters.members.map { ($0.name, $0.value.celType) }
    environment = CELEnvironment(
      variables: variables + others,
      libraries: [ClockReading.library] + CELLibrary.kubernetes,
      objectTypes: [
        "cluster": .init(fields: ClusterFacts.types),
        "params": .init(fields: Dictionary(uniqueKeysWithValues: parameterTypes)),
      ]
    )
  }

  /// Checks an expression, and makes it ready.
  func compile(
    _ text: RuleText,
    returning type: CELType = .dynamic
  ) throws(CELProblems) -> CELProgram {
    try environment.compile(text.expression, source: text.source, returning: type)
  }
}

/// What expressions may know of the cluster as a whole.
enum ClusterFacts {
  static let types: [String: CELType] = [
    "version": .string, "hasSeveralNodes": .bool, "hasSeveralZones": .bool,
  ]

  static func fields(of surroundings: ClusterSurroundings) -> ProjectedFields {
    ProjectedFields([
      .init(name: "version", value: .string(surroundings.serverVersion?.description ?? "")),
      .init(name: "hasSeveralNodes", value: .boolean(surroundings.hasSeveralNodes)),
      .init(name: "hasSeveralZones", value: .boolean(surroundings.hasSeveralZones)),
    ])
  }
}

extension ProjectedValue {
  /// The type of a parameter, as far as its default tells it.
  fileprivate var celType: CELType {
    switch self {
    case .boolean: .bool
    case .integer: .int
    case .number: .double
    case .string: .string
    case .list: .list(.dynamic)
    case .object: .map(.string, .dynamic)
    case .null: .dynamic
    }
  }
}
