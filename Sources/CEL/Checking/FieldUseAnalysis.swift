/// Fields of a variable that an expression may read.
package struct CELFieldUse: Hashable, Sendable {
  package enum Step: Hashable, Sendable {
    case field(String)
    /// Any element of a list, or any value of a map.
    case element
  }

  package enum Extent: Hashable, Sendable {
    /// Whether it is there; of a list or map, which elements there are.
    case presence
    /// It, with all that is in it.
    case whole
  }

  package let variable: String
  package let path: [Step]
  package let extent: Extent

  package init(variable: String, path: [Step], extent: Extent) {
    self.variable = variable
    self.path = path
    self.extent = extent
  }
}

/// Finds which fields of variables an expression may read; where it cannot tell, whole subtrees.
struct FieldUseAnalysis {
  /// What a value may be a part of.
  private struct Source: Hashable {
    let variable: String
    var path: [CELFieldUse.Step] = []

    func appending(_ step: CELFieldUse.Step) -> Source {
      // Longer paths than any object has would only cost.
      guard path.count < 64 else { return self }
      return Source(variable: variable, path: path + [step])
    }
  }

  private static let sourceLimit = 100

  private var uses: Set<CELFieldUse> = []
  private var locals: [Int: Set<Source>] = [:]

  static func uses(of expression: ResolvedExpression) -> Set<CELFieldUse> {
    var analysis = FieldUseAnalysis()
    analysis.read(expression)
    let wholes = Set(analysis.uses.filter { $0.extent == .whole })
    return analysis.uses.filter { use in
      // What is read whole needs no mention of its parts.
      !use.path.indices.contains { end in
        wholes.contains(
          CELFieldUse(variable: use.variable, path: Array(use.path[..<end]), extent: .whole)
        )
      }
        && (use.extent == .whole
          || !wholes.contains(
            CELFieldUse(variable: use.variable, path: use.path, extent: .whole)
          ))
    }
  }

  private mutating func note(_ sources: Set<Source>, _ extent: CELFieldUse.Extent) {
    for source in sources {
      uses.insert(CELFieldUse(variable: source.variable, path: source.path, extent: extent))
    }
  }

  /// The expression's value is read whole.
  private mutating func read(_ expression: ResolvedExpression) {
    note(sources(of: expression), .whole)
  }

  /// What the value may be a part of; what is read on the way is noted.
  private mutating func sources(of expression: ResolvedExpression) -> Set<Source> {
    let sources = allSources(of: expression)
    guard sources.count > Self.sourceLimit else { return sources }
    // What may be a part of so much is taken for all of it.
    note(sources, .whole)
    return []
  }

  private mutating func allSources(of expression: ResolvedExpression) -> Set<Source> {
    switch expression.kind {
    case .constant, .failure: return []
    case .variable(_, let name): return [Source(variable: name)]
    case .local(let slot), .bound(let slot): return locals[slot] ?? []
    case .select(let operand, let field, isOptional: _):
      return Set(sources(of: operand).map { $0.appending(.field(field)) })
    case .presence(let operand, let field):
      note(Set(sources(of: operand).map { $0.appending(.field(field)) }), .presence)
      return []
    case .index(let operand, let index, isOptional: _):
      let sources = sources(of: operand)
      if case .constant(.string(let field)) = index.kind {
        return Set(sources.map { $0.appending(.field(field)) })
      }
      read(index)
      return Set(sources.map { $0.appending(.element) })
    case .call(let call): return self.sources(of: call)
    case .list(let elements):
      for element in elements { read(element.value) }
      return []
    case .map(let entries):
      for entry in entries {
        read(entry.key)
        read(entry.value)
      }
      return []
    case .unary(_, let operand):
      read(operand)
      return []
    case .binary(.contained, let value, let container):
      return contained(value, container)
    case .binary(let symbol, let left, let right):
      if symbol == .equal || symbol == .notEqual, let value = comparedWithNull(left, right) {
        note(sources(of: value), .presence)
        return []
      }
      read(left)
      read(right)
      return []
    case .logical(_, let terms):
      for term in terms { read(term) }
      return []
    case .conditional(let condition, let first, let second):
      read(condition)
      return sources(of: first).union(sources(of: second))
    case .fold(let fold): return sources(of: fold)
    case .bind(let slot, let value, let body):
      locals[slot] = sources(of: value)
      return sources(of: body)
    case .optionalMap(let map):
      let target = sources(of: map.target)
      note(target, .presence)
      locals[map.slot] = target
      return sources(of: map.body)
    }
  }

  /// What is compared with null, of which only matters whether it is there.
  private func comparedWithNull(
    _ left: ResolvedExpression,
    _ right: ResolvedExpression
  ) -> ResolvedExpression? {
    if case .constant(.null) = right.kind { return left }
    if case .constant(.null) = left.kind { return right }
    return nil
  }

  /// `in` reads a list whole; of a field that is named, it only asks whether it is there.
  private mutating func contained(_ value: ResolvedExpression, _ container: ResolvedExpression)
    -> Set<Source>
  {
    let sources = sources(of: container)
    guard case .constant(.string(let field)) = value.kind, case .map = container.type else {
      read(value)
      note(sources, .whole)
      return []
    }
    note(Set(sources.map { $0.appending(.field(field)) }), .presence)
    return []
  }

  /// Functions read their arguments whole, but for those that hand them on.
  private mutating func sources(of call: ResolvedExpression.Call) -> Set<Source> {
    let arguments = call.arguments.map { sources(of: $0) }
    switch call.name {
    case "dyn", "optional.of", "or", "orValue", "value":
      return arguments.reduce(into: []) { $0.formUnion($1) }
    case "hasValue":
      for argument in arguments { note(argument, .presence) }
      return []
    default:
      for argument in arguments { note(argument, .whole) }
      return []
    }
  }

  private mutating func sources(of fold: ResolvedExpression.Fold) -> Set<Source> {
    let range = sources(of: fold.range)
    let elements = Set(range.map { $0.appending(.element) })
    note(elements, .presence)
    locals[fold.second ?? fold.first] = elements
    if let filter = fold.filter { read(filter) }
    read(fold.body)
    switch fold.kind {
    case .filter, .sorted: return range
    case .all, .exists, .existsOne, .list, .map, .mapEntries: return []
    }
  }
}
