extension CELLibrary {
  /// Patterns in RE2's notation.
  static let regularExpressions = CELLibrary(overloads: [
    .member("matches", of: .string, .string, returns: .bool, matches).specialized(prepared),
    .function("matches", .string, .string, returns: .bool, matches).specialized(prepared),
    .function("regex.replace", taking: [.string, .string, .string], returns: .string) {
      arguments,
      evaluation throws(CELError) in
      try replace(arguments, limit: .max, evaluation)
    },
    .function("regex.replace", taking: [.string, .string, .string, .int], returns: .string) {
      arguments,
      evaluation throws(CELError) in
      guard case .int(let count) = arguments[3] else { return arguments[0] }
      let limit = count < 0 ? Int.max : Int(clamping: count)
      return try replace(arguments, limit: limit, evaluation)
    },
    .function("regex.extract", .string, .string, returns: .optional(.string)) {
      text,
      pattern,
      evaluation throws(CELError) in
      .optional(try extract(text, pattern, limit: 1, evaluation).first)
    },
    .function("regex.extractAll", .string, .string, returns: .list(.string)) {
      text,
      pattern,
      evaluation throws(CELError) in
      .list(try extract(text, pattern, limit: .max, evaluation))
    },
  ])

  private static let matches: CELOverload.Binary = { text, pattern, evaluation throws(CELError) in
    guard case .string(let text) = text, case .string(let pattern) = pattern else {
      throw CELOverload.noOverload("matches", [text, pattern])
    }
    return .bool(try CELRegex(pattern).matches(text, evaluation))
  }

  /// A pattern that is known is read once.
  private static let prepared:
    @Sendable ([CELValue?]) throws(CELError) -> CELOverload.Implementation? = {
      arguments throws(CELError) in
      guard case .string(let pattern)? = arguments[1] else { return nil }
      let regex = try CELRegex(pattern)
      return .binary { text, _, evaluation throws(CELError) in
        guard case .string(let text) = text else {
          throw CELOverload.noOverload("matches", [text])
        }
        return .bool(try regex.matches(text, evaluation))
      }
    }

  /// The matches, or where the pattern has a group, that.
  private static func extract(
    _ text: CELValue,
    _ pattern: CELValue,
    limit: Int,
    _ evaluation: Evaluation
  ) throws(CELError) -> [CELValue] {
    guard case .string(let text) = text, case .string(let pattern) = pattern else { return [] }
    let regex = try CELRegex(pattern)
    guard regex.groupCount <= 1 else {
      throw CELError(.invalidArgument("the pattern must have one group at most"))
    }
    let content = CELRegex.Text(text)
    var found: [CELValue] = []
    for match in try regex.matches(in: content, limit: limit, evaluation) {
      if let range = match[regex.groupCount] { found.append(.string(content[range])) }
    }
    return found
  }

  private static func replace(_ arguments: [CELValue], limit: Int, _ evaluation: Evaluation)
    throws(CELError) -> CELValue
  {
    guard case .string(let text) = arguments[0], case .string(let pattern) = arguments[1],
      case .string(let template) = arguments[2]
    else { throw CELOverload.noOverload("regex.replace", arguments) }
    let regex = try CELRegex(pattern)
    let parts = try ReplacementTemplate(template, groupCount: regex.groupCount)
    let content = CELRegex.Text(text)
    var result = ""
    var end = 0
    for match in try regex.matches(in: content, limit: limit, evaluation) {
      guard let whole = match[0] else { continue }
      let length = result.utf8.count
      result += content[end..<whole.lowerBound]
      for part in parts.parts {
        switch part {
        case .text(let text): result += text
        case .group(let index): result += match[index].map { content[$0] } ?? ""
        }
      }
      try evaluation.charge(traversing: result.utf8.count - length)
      end = whole.upperBound
    }
    return .string(result + content[end..<content.count])
  }
}

/// What a match is replaced with: text, and groups such as `\1`.
private struct ReplacementTemplate {
  enum Part {
    case text(String)
    case group(Int)
  }

  private(set) var parts: [Part] = []

  init(_ text: String, groupCount: Int) throws(CELError) {
    var scalars = text.unicodeScalars.makeIterator()
    var current = ""
    while let scalar = scalars.next() {
      guard scalar == "\\" else {
        current.unicodeScalars.append(scalar)
        continue
      }
      guard let next = scalars.next(), next == "\\" || ("0"..."9").contains(next) else {
        throw CELError(.invalidArgument("a “\\” needs a digit or another “\\” behind it"))
      }
      guard next != "\\" else {
        current += "\\"
        continue
      }
      let index = Int(next.value - 48)
      guard index <= groupCount else {
        throw CELError(.invalidArgument("the pattern has no group \(index)"))
      }
      parts += [.text(current), .group(index)]
      current = ""
    }
    parts.append(.text(current))
  }
}
