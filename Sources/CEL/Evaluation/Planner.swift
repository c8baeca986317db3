/// Makes nodes of a resolved expression; what is known before evaluation is worked out here.
struct Planner {
  /// What constants may cost, before it is left to each evaluation.
  private static let constantLimit: UInt64 = 10_000
  /// Arguments that are constants, and wrong.
  private(set) var problems: [(message: String, offset: Int)] = []

  mutating func node(for expression: ResolvedExpression) -> any Node {
    let offset = expression.offset
    switch expression.kind {
    case .constant(let value): return ConstantNode(value)
    case .failure(let reason): return FailureNode(CELError(reason, offset: offset))
    case .variable(let index, let name):
      return VariableNode(index: index, name: name, offset: offset)
    case .local(let slot): return LocalNode(slot: slot)
    case .bound(let slot): return BoundNode(slot: slot)
    case .select(let operand, let field, let isOptional):
      let operand = node(for: operand)
      return SelectNode(operand, field: field, isOptional: isOptional, offset: offset)
    case .presence(let operand, let field):
      return PresenceNode(node(for: operand), field: field, offset: offset)
    case .index(let operand, let index, let isOptional):
      let (operand, index) = (node(for: operand), node(for: index))
      return folded(
        IndexNode(operand, index, isOptional: isOptional, offset: offset),
        [operand, index]
      )
    case .call(let call): return self.call(call, at: offset)
    case .list(let elements):
      let values = elements.map { node(for: $0.value) }
      let list = ListNode(zip(values, elements).map { ($0, $1.isOptional) }, offset: offset)
      return folded(list, values)
    case .map(let entries): return map(entries, at: offset)
    case .unary(let symbol, let operand):
      let operand = node(for: operand)
      return folded(UnaryNode(symbol, operand, offset: offset), [operand])
    case .binary(let symbol, let left, let right):
      let (left, right) = (node(for: left), node(for: right))
      return folded(BinaryNode(symbol, left, right, offset: offset), [left, right])
    case .logical(let symbol, let terms):
      return LogicalNode(symbol, terms.map { node(for: $0) }, offset: offset)
    case .conditional(let condition, let first, let second):
      let nodes = [condition, first, second].map { node(for: $0) }
      return ConditionalNode(nodes[0], nodes[1], nodes[2], offset: offset)
    case .fold(let fold): return self.fold(fold, at: offset)
    case .bind(let slot, let value, let body):
      return BindNode(slot: slot, value: node(for: value), body: node(for: body))
    case .optionalMap(let map):
      let (target, body) = (node(for: map.target), node(for: map.body))
      return OptionalMapNode(target, slot: map.slot, body: body, isFlat: map.isFlat, offset: offset)
    }
  }

  /// The node, or its value if all parts are constants and it has one.
  private func folded(_ node: any Node, _ parts: [any Node]) -> any Node {
    guard parts.allSatisfy({ $0 is ConstantNode }) else { return node }
    let variables: [CELValue?] = []
    let evaluation = Evaluation(variables: variables, localCount: 0, limit: Self.constantLimit)
    guard let value = try? node.evaluate(evaluation) else { return node }
    return ConstantNode(value)
  }

  private mutating func map(_ entries: [ResolvedExpression.Entry], at offset: Int) -> any Node {
    let parts = entries.map { entry in
      MapNode.Entry(
        key: node(for: entry.key),
        value: node(for: entry.value),
        isOptional: entry.isOptional
      )
    }
    return folded(MapNode(parts, offset: offset), parts.flatMap { [$0.key, $0.value] })
  }

  private mutating func fold(_ fold: ResolvedExpression.Fold, at offset: Int) -> any Node {
    FoldNode(
      FoldNode.Parts(
        kind: fold.kind,
        range: node(for: fold.range),
        first: fold.first,
        second: fold.second,
        filter: fold.filter.map { node(for: $0) },
        body: node(for: fold.body),
        offset: offset
      )
    )
  }

  private mutating func call(_ call: ResolvedExpression.Call, at offset: Int) -> any Node {
    let arguments = call.arguments.map { node(for: $0) }
    let constants = arguments.map { ($0 as? ConstantNode)?.value }
    let overloads = call.overloads.map { overload in
      do throws(CELError) {
        return try overload.specialized(for: constants)
      } catch {
        problems.append((error.message, offset))
        return overload
      }
    }
    let description = CallDescription(name: call.name, overloads: overloads, offset: offset)
    let made: any Node =
      switch arguments.count {
      case 1: UnaryCallNode(description, arguments[0])
      case 2: BinaryCallNode(description, arguments[0], arguments[1])
      default: ManyCallNode(description, arguments)
      }
    return folded(made, arguments)
  }
}

extension CELOverload {
  /// The overload as it is for arguments of which some are constants.
  fileprivate func specialized(for constants: [CELValue?]) throws(CELError) -> CELOverload {
    let matches = zip(parameters, constants).allSatisfy { type, value in
      value.map { type.accepts($0) } ?? true
    }
    guard let specialized, matches, let implementation = try specialized(constants) else {
      return self
    }
    return replacing(implementation)
  }
}
