/// Makes expressions of tokens.
struct Parser {
  /// How deep an expression may nest, so that no stack overflows.
  static let depthLimit = 250
  /// How long an expression may be, in bytes.
  static let lengthLimit = 100_000

  private let tokens: [PlacedToken]
  private var position = 0
  private var depth = 0

  private init(_ source: String) throws(SyntaxError) {
    guard source.utf8.count <= Self.lengthLimit else {
      throw SyntaxError(
        offset: 0,
        message: "the expression is longer than \(Self.lengthLimit) bytes"
      )
    }
    tokens = try Lexer.tokens(of: source)
  }

  /// The expression that is the whole of `source`.
  static func parse(_ source: String) throws(CELProblem) -> Expression {
    do throws(SyntaxError) {
      var parser = try Parser(source)
      let expression = try parser.expression()
      guard parser.token == .end else {
        throw parser.unexpected("an operator or the end")
      }
      return expression
    } catch {
      throw CELProblem(
        position: SourcePosition(offset: error.offset, in: source),
        message: error.message
      )
    }
  }

  // MARK: Tokens

  var token: Token { tokens[position].token }
  var offset: Int { tokens[position].offset }
  /// The token behind the current one.
  var following: Token { tokens[min(position + 1, tokens.count - 1)].token }

  mutating func advance() {
    if position < tokens.count - 1 { position += 1 }
  }

  mutating func take(_ symbol: Token.Symbol) -> Bool {
    guard token == .symbol(symbol) else { return false }
    advance()
    return true
  }

  mutating func expect(_ symbol: Token.Symbol) throws(SyntaxError) {
    guard take(symbol) else { throw unexpected("“\(symbol.rawValue)”") }
  }

  func unexpected(_ expected: String) -> SyntaxError {
    SyntaxError(offset: offset, message: "expected \(expected), not \(token.description)")
  }

  func node(_ kind: Expression.Kind, at offset: Int) throws(SyntaxError) -> Expression {
    let expression = Expression(kind, at: offset)
    guard expression.depth <= Self.depthLimit else { throw tooDeep(at: offset) }
    return expression
  }

  private func tooDeep(at offset: Int) -> SyntaxError {
    SyntaxError(offset: offset, message: "the expression nests deeper than \(Self.depthLimit)")
  }

  // MARK: Operators

  mutating func expression() throws(SyntaxError) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw tooDeep(at: offset) }
    let condition = try logical(.or)
    let start = offset
    guard take(.question) else { return condition }
    let first = try logical(.or)
    try expect(.colon)
    let second = try expression()
    return try node(.conditional(condition, first, second), at: start)
  }

  private mutating func logical(_ symbol: LogicalOperator) throws(SyntaxError) -> Expression {
    let token: Token.Symbol = symbol == .or ? .or : .and
    let first = symbol == .or ? try logical(.and) : try binary(above: 0)
    let start = offset
    guard self.token == .symbol(token) else { return first }
    var terms = [first]
    while take(token) {
      terms.append(symbol == .or ? try logical(.and) : try binary(above: 0))
    }
    return try node(.logical(symbol, terms), at: start)
  }

  /// Reads operators that bind more closely than `precedence`.
  private mutating func binary(above precedence: Int) throws(SyntaxError) -> Expression {
    var left = try unary()
    while let symbol = binaryOperator, symbol.precedence > precedence {
      let start = offset
      advance()
      let right = try binary(above: symbol.precedence)
      left = try node(.binary(symbol, left, right), at: start)
    }
    return left
  }

  private var binaryOperator: BinaryOperator? {
    switch token {
    case .symbol(let symbol): BinaryOperator(rawValue: symbol.rawValue)
    case .identifier("in"): .contained
    default: nil
    }
  }

  private mutating func unary() throws(SyntaxError) -> Expression {
    let start = offset
    if take(.not) {
      var count = 1
      while take(.not) { count += 1 }
      let operand = try member()
      return count.isMultiple(of: 2) ? operand : try node(.unary(.not, operand), at: start)
    }
    guard token == .symbol(.minus) else { return try member() }
    var count = 0
    while token == .symbol(.minus) {
      // The last minus belongs to the number behind it.
      if count.isMultiple(of: 2), following.isNumber { break }
      advance()
      count += 1
    }
    let operand = try member()
    return count.isMultiple(of: 2) ? operand : try node(.unary(.negative, operand), at: start)
  }
}

extension Token {
  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .double: true
    default: false
    }
  }
}
