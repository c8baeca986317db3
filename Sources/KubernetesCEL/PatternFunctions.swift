import CEL

extension CELLibrary {
  /// What a pattern finds in a text.
  static let kubernetesPatterns = CELLibrary(overloads: [
    .member("find") { (text: String, pattern: String, evaluation) throws(CELError) -> String in
      try found(text, pattern, limit: 1, evaluation).first ?? ""
    },
    .member("findAll", of: .string, .string, returns: .list(.string)) {
      text,
      pattern,
      evaluation throws(CELError) in
      try findAll([text, pattern], limit: -1, evaluation)
    },
    .member("findAll", of: .string, taking: [.string, .int], returns: .list(.string)) {
      arguments,
      evaluation throws(CELError) in
      guard case .int(let limit) = arguments[2] else {
        throw CELOverload.noOverload("findAll", arguments)
      }
      return try findAll(arguments, limit: limit, evaluation)
    },
  ])

  private static func findAll(_ arguments: [CELValue], limit: Int64, _ evaluation: Evaluation)
    throws(CELError) -> CELValue
  {
    guard case .string(let text) = arguments[0], case .string(let pattern) = arguments[1] else {
      throw CELOverload.noOverload("findAll", arguments)
    }
    let most = limit < 0 ? Int.max : Int(clamping: limit)
    return .list(try found(text, pattern, limit: most, evaluation).map(CELValue.string))
  }

  private static func found(
    _ text: String,
    _ pattern: String,
    limit: Int,
    _ evaluation: Evaluation
  ) throws(CELError) -> [String] {
    let content = CELRegex.Text(text)
    let matches = try CELRegex(pattern).matches(in: content, limit: limit, evaluation)
    return matches.compactMap { match in match[0].map { content[$0] } }
  }
}
