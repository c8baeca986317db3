extension Parser {
  /// Reads a primary with its selections, calls and indexes.
  mutating func member() throws(SyntaxError) -> Expression {
    var expression = try primary()
    while true {
      let start = offset
      if take(.dot) {
        expression = try selection(of: expression, at: start)
      } else if take(.leftBracket) {
        let isOptional = take(.question)
        let index = try self.expression()
        try expect(.rightBracket)
        expression = try node(.index(expression, index, isOptional: isOptional), at: start)
      } else if token == .symbol(.leftBrace), let name = expression.qualifiedName {
        expression = try message(name, at: expression.offset)
      } else {
        return expression
      }
    }
  }

  private mutating func selection(of operand: Expression, at start: Int) throws(SyntaxError)
    -> Expression
  {
    let isOptional = take(.question)
    let nameOffset = offset
    let (name, isQuoted) = try fieldName()
    guard !isOptional, !isQuoted, token == .symbol(.leftParenthesis) else {
      return try node(.select(operand, field: name, isOptional: isOptional), at: nameOffset)
    }
    advance()
    let arguments = try arguments()
    return try node(.call(name, target: operand, arguments: arguments), at: nameOffset)
  }

  /// Reads a name behind a dot or in a message; words that are reserved may stand there.
  private mutating func fieldName() throws(SyntaxError) -> (name: String, isQuoted: Bool) {
    switch token {
    case .identifier(let name) where !Self.keywords.contains(name):
      advance()
      return (name, false)
    case .quotedIdentifier(let name):
      advance()
      return (name, true)
    default:
      throw unexpected("a field's name")
    }
  }

  static let keywords: Set<String> = ["false", "in", "null", "true"]
  private static let reserved: Set<String> = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
    "package", "namespace", "return", "var", "void", "while",
  ]

  private mutating func primary() throws(SyntaxError) -> Expression {
    let start = offset
    switch token {
    case .symbol(.dot):
      advance()
      return try name(prefix: ".", at: start)
    case .identifier:
      return try name(prefix: "", at: start)
    case .symbol(.leftParenthesis):
      advance()
      let expression = try expression()
      try expect(.rightParenthesis)
      return expression
    case .symbol(.leftBracket):
      advance()
      return try list(at: start)
    case .symbol(.leftBrace):
      advance()
      return try map(at: start)
    default:
      return try node(.literal(try literal()), at: start)
    }
  }

  private mutating func name(prefix: String, at start: Int) throws(SyntaxError) -> Expression {
    guard case .identifier(let name) = token else { throw unexpected("a name") }
    if prefix.isEmpty, let value = Self.namedValues[name] {
      advance()
      return try node(.literal(value), at: start)
    }
    guard !Self.keywords.contains(name) else { throw unexpected("an expression") }
    guard !Self.reserved.contains(name) else {
      throw SyntaxError(offset: offset, message: "“\(name)” is reserved and cannot be a name")
    }
    advance()
    guard take(.leftParenthesis) else { return try node(.identifier(prefix + name), at: start) }
    let arguments = try arguments()
    return try node(.call(prefix + name, target: nil, arguments: arguments), at: start)
  }

  private static let namedValues: [String: CELValue] = [
    "false": .bool(false), "null": .null, "true": .bool(true),
  ]

  private mutating func arguments() throws(SyntaxError) -> [Expression] {
    var arguments: [Expression] = []
    if take(.rightParenthesis) { return arguments }
    repeat { arguments.append(try expression()) } while take(.comma)
    try expect(.rightParenthesis)
    return arguments
  }

  private mutating func list(at start: Int) throws(SyntaxError) -> Expression {
    var elements: [Expression.Element] = []
    while token != .symbol(.rightBracket) {
      let isOptional = take(.question)
      elements.append(.init(value: try expression(), isOptional: isOptional))
      guard take(.comma) else { break }
    }
    try expect(.rightBracket)
    return try node(.list(elements), at: start)
  }

  private mutating func map(at start: Int) throws(SyntaxError) -> Expression {
    var entries: [Expression.Entry] = []
    while token != .symbol(.rightBrace) {
      let isOptional = take(.question)
      let key = try expression()
      try expect(.colon)
      entries.append(.init(key: key, value: try expression(), isOptional: isOptional))
      guard take(.comma) else { break }
    }
    try expect(.rightBrace)
    return try node(.map(entries), at: start)
  }

  private mutating func message(_ name: String, at start: Int) throws(SyntaxError) -> Expression {
    try expect(.leftBrace)
    var fields: [Expression.Field] = []
    while token != .symbol(.rightBrace) {
      let isOptional = take(.question)
      let (name, _) = try fieldName()
      try expect(.colon)
      fields.append(.init(name: name, value: try expression(), isOptional: isOptional))
      guard take(.comma) else { break }
    }
    try expect(.rightBrace)
    return try node(.message(name, fields), at: start)
  }

  private mutating func literal() throws(SyntaxError) -> CELValue {
    let start = offset
    let isNegative = take(.minus)
    let value: CELValue
    switch token {
    case .string(let text) where !isNegative:
      value = .string(text)
    case .bytes(let bytes) where !isNegative:
      value = .bytes(bytes)
    case .double(let number):
      value = .double(isNegative ? -number : number)
    case .integer(let digits, let radix, isUnsigned: true):
      guard !isNegative, let number = UInt64(digits, radix: radix) else {
        throw SyntaxError(offset: start, message: "this number is beyond an unsigned integer")
      }
      value = .uint(number)
    case .integer(let digits, let radix, isUnsigned: false):
      guard let number = Int64((isNegative ? "-" : "") + digits, radix: radix) else {
        throw SyntaxError(offset: start, message: "this number is beyond an integer")
      }
      value = .int(number)
    default:
      throw unexpected("an expression")
    }
    advance()
    return value
  }
}

extension Expression {
  /// The name that names and selections spell together, such as `a.b.c`; nil if anything else is in it.
  var qualifiedName: String? {
    switch kind {
    case .identifier(let name): name
    case .select(let operand, let field, isOptional: false):
      operand.qualifiedName.map { "\($0).\(field)" }
    default: nil
    }
  }
}
