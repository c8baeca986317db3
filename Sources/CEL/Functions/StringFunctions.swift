extension CELLibrary {
  /// The extension of strings; places are counted in code points.
  static let strings = CELLibrary(overloads: parts + searches + changes + joinings)

  private static let parts: [CELOverload] = [
    .member("charAt") { (text: String, index: Int64, evaluation) throws(CELError) -> String in
      try evaluation.charge(traversing: text.utf8.count)
      let scalars = CELRegex.Text(text)
      guard index >= 0, index <= scalars.count else { throw CELError(.indexOutOfRange(index)) }
      return index == scalars.count ? "" : scalars[Int(index)..<(Int(index) + 1)]
    },
    .member("substring") { (text: String, start: Int64, evaluation) throws(CELError) -> String in
      try evaluation.charge(traversing: text.utf8.count)
      let scalars = CELRegex.Text(text)
      guard start >= 0, start <= scalars.count else { throw CELError(.indexOutOfRange(start)) }
      return scalars[Int(start)..<scalars.count]
    },
    .member("substring") {
      (text: String, start: Int64, end: Int64, evaluation) throws(CELError) -> String in
      try evaluation.charge(traversing: text.utf8.count)
      let scalars = CELRegex.Text(text)
      guard start <= end else {
        throw CELError(.invalidArgument("the substring would end at \(end), before it starts"))
      }
      guard start >= 0, start <= scalars.count else { throw CELError(.indexOutOfRange(start)) }
      guard end <= scalars.count else { throw CELError(.indexOutOfRange(end)) }
      return scalars[Int(start)..<Int(end)]
    },
  ]

  private static let searches: [CELOverload] = [
    .member("indexOf") { (text: String, part: String, evaluation) throws(CELError) -> Int64 in
      try indexOf(text, part, from: 0, evaluation)
    },
    .member("indexOf") {
      (text: String, part: String, start: Int64, evaluation) throws(CELError) -> Int64 in
      try indexOf(text, part, from: start, evaluation)
    },
    .member("lastIndexOf") { (text: String, part: String, evaluation) throws(CELError) -> Int64 in
      try lastIndexOf(text, part, upTo: nil, evaluation)
    },
    .member("lastIndexOf") {
      (text: String, part: String, last: Int64, evaluation) throws(CELError) -> Int64 in
      try lastIndexOf(text, part, upTo: last, evaluation)
    },
  ]

  private static func chargeSearch(_ text: String, _ part: String, _ evaluation: Evaluation)
    throws(CELError)
  {
    let (length, partLength) = (UInt64(text.utf8.count), UInt64(part.utf8.count))
    try evaluation.charge((1 + length / 10) * (1 + partLength / 10))
  }

  private static func indexOf(
    _ text: String,
    _ part: String,
    from start: Int64,
    _ evaluation: Evaluation
  ) throws(CELError) -> Int64 {
    try chargeSearch(text, part, evaluation)
    let (scalars, wanted) = (Array(text.unicodeScalars), Array(part.unicodeScalars))
    guard start >= 0, start <= scalars.count else { throw CELError(.indexOutOfRange(start)) }
    var position = Int(start)
    while position + wanted.count <= scalars.count {
      if scalars[position...].starts(with: wanted) { return Int64(position) }
      position += 1
    }
    return -1
  }

  private static func lastIndexOf(
    _ text: String,
    _ part: String,
    upTo last: Int64?,
    _ evaluation: Evaluation
  ) throws(CELError) -> Int64 {
    try chargeSearch(text, part, evaluation)
    let (scalars, wanted) = (Array(text.unicodeScalars), Array(part.unicodeScalars))
    if let last, last < 0 || last > scalars.count { throw CELError(.indexOutOfRange(last)) }
    var position = min(last.map(Int.init) ?? scalars.count, scalars.count - wanted.count)
    while position >= 0 {
      if scalars[position...].starts(with: wanted) { return Int64(position) }
      position -= 1
    }
    return -1
  }

  private static let changes: [CELOverload] = [
    .member("lowerAscii") { (text: String, evaluation) throws(CELError) -> String in
      try evaluation.charge(traversing: text.utf8.count)
      return text.mappingASCII { (65...90).contains($0) ? $0 + 32 : $0 }
    },
    .member("upperAscii") { (text: String, evaluation) throws(CELError) -> String in
      try evaluation.charge(traversing: text.utf8.count)
      return text.mappingASCII { (97...122).contains($0) ? $0 - 32 : $0 }
    },
    .member("trim") { (text: String, evaluation) throws(CELError) -> String in
      try evaluation.charge(traversing: text.utf8.count)
      let scalars = CELRegex.Text(text)
      guard let first = scalars.scalars.firstIndex(where: { !$0.properties.isWhitespace }),
        let last = scalars.scalars.lastIndex(where: { !$0.properties.isWhitespace })
      else { return "" }
      return scalars[first..<(last + 1)]
    },
    .member("reverse") { (text: String, evaluation) throws(CELError) -> String in
      try evaluation.charge(traversing: text.utf8.count)
      return String(String.UnicodeScalarView(text.unicodeScalars.reversed()))
    },
    .function("strings.quote") { (text: String, evaluation) throws(CELError) -> String in
      try evaluation.charge(traversing: text.utf8.count)
      return text.quoted
    },
    .member("replace") {
      (text: String, part: String, other: String, evaluation) throws(CELError) -> String in
      try replace(text, part, other, limit: .max, evaluation)
    },
    .member("replace", of: .string, taking: [.string, .string, .int], returns: .string) {
      arguments,
      evaluation throws(CELError) in
      guard case .string(let text) = arguments[0], case .string(let part) = arguments[1],
        case .string(let other) = arguments[2], case .int(let count) = arguments[3]
      else { throw CELOverload.noOverload("replace", arguments) }
      let limit = count < 0 ? Int.max : Int(clamping: count)
      return .string(try replace(text, part, other, limit: limit, evaluation))
    },
  ]

  private static func replace(
    _ text: String,
    _ part: String,
    _ other: String,
    limit: Int,
    _ evaluation: Evaluation
  ) throws(CELError) -> String {
    guard limit > 0 else { return text }
    let pieces = try pieces(of: text, at: part, limit: limit == .max ? .max : limit + 1, evaluation)
    let length = text.utf8.count + (pieces.count + 1) * other.utf8.count
    try evaluation.charge(traversing: length)
    // Between all characters is the empty text, and before the first and behind the last, too.
    guard part.isEmpty else { return pieces.joined(separator: other) }
    var result = other
    var count = 1
    for scalar in text.unicodeScalars {
      result.unicodeScalars.append(scalar)
      if count < limit {
        result += other
        count += 1
      }
    }
    return result
  }

  /// What is between the places of a part; of an empty one, the characters.
  private static func pieces(
    of text: String,
    at part: String,
    limit: Int,
    _ evaluation: Evaluation
  ) throws(CELError) -> [String] {
    try chargeSearch(text, part, evaluation)
    var pieces: [String] = []
    if part.isEmpty {
      let scalars = CELRegex.Text(text)
      for position in 0..<scalars.count {
        if pieces.count == limit - 1 {
          pieces.append(scalars[position..<scalars.count])
          break
        }
        pieces.append(scalars[position..<(position + 1)])
      }
      try evaluation.charge(UInt64(pieces.count))
      return pieces
    }
    let bytes = Array(text.utf8)
    var start = 0
    while pieces.count < limit - 1, let position = text.offset(of: part, from: start) {
      pieces.append(String(decoding: bytes[start..<position], as: UTF8.self))
      start = position + part.utf8.count
    }
    pieces.append(String(decoding: bytes[start...], as: UTF8.self))
    try evaluation.charge(UInt64(pieces.count))
    return pieces
  }

  private static let joinings: [CELOverload] = [
    .member("split", of: .string, .string, returns: .list(.string)) {
      text,
      part,
      evaluation throws(CELError) in
      try split([text, part], limit: -1, evaluation)
    },
    .member("split", of: .string, taking: [.string, .int], returns: .list(.string)) {
      arguments,
      evaluation throws(CELError) in
      guard case .int(let limit) = arguments[2] else {
        throw CELOverload.noOverload("split", arguments)
      }
      return try split(arguments, limit: limit, evaluation)
    },
    .member("join", of: .list(.string), returns: .string) { list, evaluation throws(CELError) in
      try join(list, separator: "", evaluation)
    },
    .member("join", of: .list(.string), .string, returns: .string) {
      list,
      separator,
      evaluation throws(CELError) in
      guard case .string(let separator) = separator else {
        throw CELOverload.noOverload("join", [list, separator])
      }
      return try join(list, separator: separator, evaluation)
    },
  ]

  private static func split(_ arguments: [CELValue], limit: Int64, _ evaluation: Evaluation)
    throws(CELError) -> CELValue
  {
    guard case .string(let text) = arguments[0], case .string(let part) = arguments[1] else {
      throw CELOverload.noOverload("split", arguments)
    }
    guard limit != 0 else { return .list([CELValue]()) }
    guard limit != 1 else { return .list([.string(text)]) }
    let most = limit < 0 ? Int.max : Int(clamping: limit)
    return .list(try pieces(of: text, at: part, limit: most, evaluation).map(CELValue.string))
  }

  private static func join(_ list: CELValue, separator: String, _ evaluation: Evaluation)
    throws(CELError) -> CELValue
  {
    var result = ""
    for (index, element) in try elements(list).enumerated() {
      guard case .string(let text) = element else {
        throw CELOverload.noOverload("join", [element])
      }
      if index > 0 { result += separator }
      try evaluation.charge(traversing: text.utf8.count + separator.utf8.count)
      result += text
    }
    return .string(result)
  }
}

extension String {
  fileprivate func mappingASCII(_ map: (UInt8) -> UInt8) -> String {
    String(decoding: utf8.map(map), as: UTF8.self)
  }

  /// The text in quotes, with escape sequences for what would not be seen.
  fileprivate var quoted: String {
    var text = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\u{07}": text += "\\a"
      case "\u{08}": text += "\\b"
      case "\u{0C}": text += "\\f"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0B}": text += "\\v"
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}
