/// An expression as it is written: names are not resolved, and macros are calls.
package struct Expression: Sendable {
  package let kind: Kind
  /// Where it stands, in bytes; for operators and calls, where those do.
  package let offset: Int
  /// How deep the tree is, itself included.
  let depth: Int

  package indirect enum Kind: Sendable {
    case literal(CELValue)
    /// A name; with a dot before it where it is looked up in the root scope alone.
    case identifier(String)
    case select(Expression, field: String, isOptional: Bool)
    case index(Expression, Expression, isOptional: Bool)
    /// A call of a function, or of a member of `target`.
    case call(String, target: Expression?, arguments: [Expression])
    case list([Element])
    case map([Entry])
    case message(String, [Field])
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression)
    /// All of two or more terms, or one of them.
    case logical(LogicalOperator, [Expression])
    case conditional(Expression, Expression, Expression)
  }

  /// An element of a list; an optional one is left out where it has no value.
  package struct Element: Sendable, Equatable {
    package let value: Expression
    package let isOptional: Bool
  }

  /// An entry of a map.
  package struct Entry: Sendable, Equatable {
    package let key: Expression
    package let value: Expression
    package let isOptional: Bool
  }

  /// A field of a message.
  package struct Field: Sendable, Equatable {
    package let name: String
    package let value: Expression
    package let isOptional: Bool
  }

  package init(_ kind: Kind, at offset: Int) {
    self.kind = kind
    self.offset = offset
    depth = 1 + (kind.parts.map(\.depth).max() ?? 0)
  }
}

extension Expression.Kind {
  /// The expressions of which it is made.
  var parts: [Expression] {
    switch self {
    case .literal, .identifier: []
    case .select(let operand, field: _, isOptional: _): [operand]
    case .index(let operand, let index, isOptional: _): [operand, index]
    case .call(_, let target, let arguments): (target.map { [$0] } ?? []) + arguments
    case .list(let elements): elements.map(\.value)
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .message(_, let fields): fields.map(\.value)
    case .unary(_, let operand): [operand]
    case .binary(_, let left, let right): [left, right]
    case .logical(_, let terms): terms
    case .conditional(let condition, let first, let second): [condition, first, second]
    }
  }
}

package enum UnaryOperator: String, Sendable {
  case not = "!"
  case negative = "-"
}

package enum LogicalOperator: String, Sendable {
  case and = "&&"
  case or = "||"
}

package enum BinaryOperator: String, Sendable, CaseIterable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case contained = "in"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"

  /// How closely it binds; more is closer.
  var precedence: Int {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contained: 3
    case .add, .subtract: 4
    case .multiply, .divide, .remainder: 5
    }
  }
}

// Where expressions stand makes no difference to what they are.
extension Expression: Equatable {
  package static func == (left: Expression, right: Expression) -> Bool {
    switch (left.kind, right.kind) {
    case (.literal(let left), .literal(let right)):
      left.isSameLiteral(as: right)
    case (.identifier(let left), .identifier(let right)):
      left == right
    case (.select(let left, let name, let isOptional), .select(let right, let other, let also)):
      name == other && isOptional == also && left == right
    case (.index(let left, let index, let isOptional), .index(let right, let other, let also)):
      isOptional == also && left == right && index == other
    case (.call(let name, let target, let arguments), .call(let other, let right, let others)):
      name == other && target == right && arguments == others
    case (.list(let left), .list(let right)):
      left == right
    case (.map(let left), .map(let right)):
      left == right
    case (.message(let name, let left), .message(let other, let right)):
      name == other && left == right
    case (.unary(let symbol, let left), .unary(let other, let right)):
      symbol == other && left == right
    case (.binary(let symbol, let left, let leftEnd), .binary(let other, let right, let rightEnd)):
      symbol == other && left == right && leftEnd == rightEnd
    case (.logical(let symbol, let left), .logical(let other, let right)):
      symbol == other && left == right
    case (.conditional(let left, let first, let second), .conditional(let right, let one, let two)):
      left == right && first == one && second == two
    default:
      false
    }
  }
}

extension CELValue {
  /// Whether two literals are one: equal, of one type.
  fileprivate func isSameLiteral(as other: CELValue) -> Bool {
    switch (self, other) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.uint(let left), .uint(let right)): left == right
    case (.double(let left), .double(let right)): left.bitPattern == right.bitPattern
    case (.string(let left), .string(let right)): left.isSameText(as: right)
    case (.bytes(let left), .bytes(let right)): left == right
    default: false
    }
  }
}
