/// What expressions may name: variables, functions and types.
package struct CELEnvironment: Sendable {
  package struct Variable: Sendable, Equatable {
    package let name: String
    package let type: CELType

    package init(_ name: String, _ type: CELType = .dynamic) {
      self.name = name
      self.type = type
    }
  }

  /// A type of objects whose fields are known.
  package struct ObjectType: Sendable {
    let fields: [String: CELType]
    /// Whether there may be fields that are not declared.
    let isOpen: Bool

    package init(fields: [String: CELType], isOpen: Bool = false) {
      self.fields = fields
      self.isOpen = isOpen
    }
  }

  /// The variables; their order is that in which ``CELVariables`` gives the values.
  package let variables: [Variable]
  let positions: [String: Int]
  let functions: [String: [CELOverload]]
  let typeNames: Set<String>
  let objectTypes: [String: ObjectType]
  /// The namespaces in which a name is looked up, the innermost first and the root last.
  let namespaces: [String]
  let hasMacros: Bool

  /// An environment with the whole language and its extensions, and what is added here.
  ///
  /// `container` is the namespace in which expressions stand, such as `com.example`.
  package init(
    variables: [Variable],
    libraries: [CELLibrary] = [],
    objectTypes: [String: ObjectType] = [:],
    container: String = "",
    hasMacros: Bool = true
  ) {
    self.variables = variables
    self.objectTypes = objectTypes
    self.hasMacros = hasMacros
    positions = Dictionary(
      variables.enumerated().map { ($1.name, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let libraries = CELLibrary.language + libraries
    functions = Dictionary(grouping: libraries.flatMap(\.overloads), by: \.name)
    typeNames = Set(libraries.flatMap(\.typeNames)).union(objectTypes.keys)
    namespaces = Self.namespaces(of: container)
  }

  private static func namespaces(of container: String) -> [String] {
    var namespaces: [String] = []
    var parts = container.split(separator: ".")
    while !parts.isEmpty {
      namespaces.append(parts.joined(separator: ".") + ".")
      parts.removeLast()
    }
    return namespaces + [""]
  }

  /// The names that `name` may mean, in the order in which they are tried.
  func candidates(for name: String) -> [String] {
    name.hasPrefix(".") ? [String(name.dropFirst())] : namespaces.map { $0 + name }
  }

  /// Reads an expression, checks it, and makes it ready to be evaluated.
  ///
  /// Without a check, what it would report becomes an error of the evaluation. A result of another type
  /// than `result` is reported as well.
  package func compile(
    _ source: String,
    returning result: CELType = .dynamic,
    isChecked: Bool = true
  ) throws(CELProblems) -> CELProgram {
    let expression: Expression
    do throws(CELProblem) {
      expression = try Parser.parse(source)
    } catch {
      throw CELProblems([error])
    }
    return try compile(expression, source: source, returning: result, isChecked: isChecked)
  }

  /// The same for an expression that was read from `source` already.
  package func compile(
    _ expression: Expression,
    source: String,
    returning result: CELType = .dynamic,
    isChecked: Bool = true
  ) throws(CELProblems) -> CELProgram {
    var checker = Checker(environment: self, source: source, isChecked: isChecked)
    let resolved = checker.resolve(expression, returning: result)
    var planner = Planner()
    let root = planner.node(for: resolved)
    if isChecked {
      for problem in planner.problems { checker.report(problem.message, at: problem.offset) }
    }
    guard checker.problems.isEmpty else { throw CELProblems(checker.problems) }
    return CELProgram(root: root, resolved: resolved, checker: checker)
  }
}

extension Expression {
  /// Reads an expression, which is not checked.
  package static func parse(_ source: String) throws(CELProblem) -> Expression {
    try Parser.parse(source)
  }
}
