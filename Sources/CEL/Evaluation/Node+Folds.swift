/// A macro that goes through a list or a map.
final class FoldNode: Node {
  struct Parts: Sendable {
    let kind: ResolvedExpression.Fold.Kind
    let range: any Node
    let first: Int
    let second: Int?
    let filter: (any Node)?
    let body: any Node
    let offset: Int
  }

  private let parts: Parts

  init(_ parts: Parts) {
    self.parts = parts
  }

  func evaluate(_ evaluation: Evaluation) throws(CELError) -> CELValue {
    let range = try Range(try parts.range.evaluate(evaluation), at: parts.offset)
    switch parts.kind {
    case .all: return try quantify(range, deciding: false, evaluation)
    case .exists: return try quantify(range, deciding: true, evaluation)
    case .existsOne: return try existsOne(range, evaluation)
    case .filter, .list: return .list(try list(range, evaluation))
    case .map: return try map(range, evaluation)
    case .mapEntries: return try mapEntries(range, evaluation)
    case .sorted: return try sorted(range, evaluation)
    }
  }

  /// What a macro goes through.
  private enum Range {
    case list(CELList)
    /// The keys, with the map or object that has their values.
    case map([CELValue], CELValue)

    init(_ value: CELValue, at offset: Int) throws(CELError) {
      switch value {
      case .list(let list): self = .list(list)
      case .map, .object: self = .map(value.mapKeys, value)
      default: throw CELError(.notIterable(value.typeName), offset: offset)
      }
    }

    var count: Int {
      switch self {
      case .list(let list): list.count
      case .map(let keys, _): keys.count
      }
    }
  }

  /// Gives the variables the values of a round; returns the element or key.
  private func begin(_ index: Int, of range: Range, _ evaluation: Evaluation) throws(CELError)
    -> CELValue
  {
    try evaluation.charge()
    switch range {
    case .list(let list):
      let element = list[index]
      if let second = parts.second {
        evaluation.locals[parts.first] = .int(Int64(index))
        evaluation.locals[second] = element
      } else {
        evaluation.locals[parts.first] = element
      }
      return element
    case .map(let keys, let map):
      evaluation.locals[parts.first] = keys[index]
      if let second = parts.second {
        evaluation.locals[second] = map.mapValue(keys[index]) ?? .null
      }
      return keys[index]
    }
  }

  private func bool(_ node: any Node, _ evaluation: Evaluation) throws(CELError) -> Bool {
    let value = try node.evaluate(evaluation)
    guard case .bool(let isTrue) = value else {
      throw CELError(.notBoolean(value.typeName), offset: parts.offset)
    }
    return isTrue
  }

  private func passes(_ evaluation: Evaluation) throws(CELError) -> Bool {
    guard let filter = parts.filter else { return true }
    return try bool(filter, evaluation)
  }

  private func quantify(_ range: Range, deciding: Bool, _ evaluation: Evaluation) throws(CELError)
    -> CELValue
  {
    var failure: CELError?
    for index in 0..<range.count {
      _ = try begin(index, of: range, evaluation)
      do throws(CELError) {
        if try bool(parts.body, evaluation) == deciding { return .bool(deciding) }
      } catch {
        if error.isFinal { throw error }
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    return .bool(!deciding)
  }

  private func existsOne(_ range: Range, _ evaluation: Evaluation) throws(CELError) -> CELValue {
    var count = 0
    for index in 0..<range.count {
      _ = try begin(index, of: range, evaluation)
      if try bool(parts.body, evaluation) { count += 1 }
    }
    return .bool(count == 1)
  }

  private func list(_ range: Range, _ evaluation: Evaluation) throws(CELError) -> [CELValue] {
    var values: [CELValue] = []
    for index in 0..<range.count {
      let element = try begin(index, of: range, evaluation)
      if parts.kind == .filter {
        if try bool(parts.body, evaluation) { values.append(element) }
      } else if try passes(evaluation) {
        values.append(try parts.body.evaluate(evaluation))
      }
    }
    return values
  }

  private func map(_ range: Range, _ evaluation: Evaluation) throws(CELError) -> CELValue {
    var entries: [CELMap.Entry] = []
    for index in 0..<range.count {
      _ = try begin(index, of: range, evaluation)
      guard try passes(evaluation) else { continue }
      let key = evaluation.locals[parts.first]
      entries.append(.init(key: key, value: try parts.body.evaluate(evaluation)))
    }
    return .map(try CELMap(entries))
  }

  private func mapEntries(_ range: Range, _ evaluation: Evaluation) throws(CELError) -> CELValue {
    var entries: [CELMap.Entry] = []
    for index in 0..<range.count {
      _ = try begin(index, of: range, evaluation)
      guard try passes(evaluation) else { continue }
      let value = try parts.body.evaluate(evaluation)
      guard case .map(let map) = value else {
        throw CELError(
          .noSuchOverload(function: "transformMapEntry", arguments: [value.typeName]),
          offset: parts.offset
        )
      }
      try evaluation.charge(UInt64(map.entries.count))
      entries += map.entries
    }
    do throws(CELError) {
      return .map(try CELMap(entries))
    } catch { throw error.at(parts.offset) }
  }

  private func sorted(_ range: Range, _ evaluation: Evaluation) throws(CELError) -> CELValue {
    var elements: [CELValue] = []
    var keys: [CELValue] = []
    for index in 0..<range.count {
      elements.append(try begin(index, of: range, evaluation))
      keys.append(try parts.body.evaluate(evaluation))
    }
    do throws(CELError) {
      return .list(try Sorting.sorted(elements, by: keys, evaluation))
    } catch { throw error.at(parts.offset) }
  }
}

/// A macro that goes on with an optional's value.
final class OptionalMapNode: Node {
  let target: any Node
  let slot: Int
  let body: any Node
  let isFlat: Bool
  let offset: Int

  init(_ target: any Node, slot: Int, body: any Node, isFlat: Bool, offset: Int) {
    self.target = target
    self.slot = slot
    self.body = body
    self.isFlat = isFlat
    self.offset = offset
  }

  func evaluate(_ evaluation: Evaluation) throws(CELError) -> CELValue {
    let value = try target.evaluate(evaluation)
    try evaluation.charge()
    let name = isFlat ? "optFlatMap" : "optMap"
    guard case .optional(let inner) = value else {
      throw CELError(.noSuchOverload(function: name, arguments: [value.typeName]), offset: offset)
    }
    guard let inner else { return .optional(nil) }
    evaluation.locals[slot] = inner
    let result = try body.evaluate(evaluation)
    guard isFlat else { return .optional(result) }
    guard case .optional = result else {
      throw CELError(.noSuchOverload(function: name, arguments: [result.typeName]), offset: offset)
    }
    return result
  }
}
