/// Why a text is no regular expression.
struct RegexError: Error {
  let message: String
}

/// Reads regular expressions in RE2's notation.
///
/// Classes of Unicode are its general categories; scripts, of which Swift does not tell, are refused.
struct RegexParser {
  static let depthLimit = 100
  static let repetitionLimit = 1000
  static let groupLimit = 100

  let pattern: [Unicode.Scalar]
  var position = 0
  var flags = Flags()
  private(set) var groupNames: [String?] = []
  private var depth = 0

  struct Flags {
    var ignoresCase = false
    var isMultiLine = false
    var dotIsAny = false
    var isUngreedy = false
  }

  init(_ pattern: String) {
    self.pattern = Array(pattern.unicodeScalars)
  }

  mutating func parse() throws(RegexError) -> RegexNode {
    let node = try alternatives()
    guard current == nil else { throw RegexError(message: "unexpected “)”") }
    return node
  }

  var current: Unicode.Scalar? { position < pattern.count ? pattern[position] : nil }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard current == scalar else { return false }
    position += 1
    return true
  }

  /// Takes a text as a whole.
  mutating func take(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    guard pattern[position...].starts(with: scalars) else { return false }
    position += scalars.count
    return true
  }

  private mutating func alternatives() throws(RegexError) -> RegexNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw RegexError(message: "it nests too deep") }
    var nodes = [try sequence()]
    while take("|" as Unicode.Scalar) { nodes.append(try sequence()) }
    return nodes.count == 1 ? nodes[0] : .alternatives(nodes)
  }

  private mutating func sequence() throws(RegexError) -> RegexNode {
    var nodes: [RegexNode] = []
    while let scalar = current, scalar != "|", scalar != ")" {
      if take("\\Q") {
        var quoted = quotation()
        if let last = quoted.popLast() { nodes += quoted + [try repeated(last)] }
        continue
      }
      guard let atom = try atom() else { continue }
      nodes.append(try repeated(atom))
    }
    return nodes.isEmpty ? .empty : nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  /// Takes characters that stand for themselves, up to `\E`.
  private mutating func quotation() -> [RegexNode] {
    var nodes: [RegexNode] = []
    while let scalar = current {
      if take("\\E") { break }
      position += 1
      nodes.append(character(scalar.value))
    }
    return nodes
  }

  /// Reads what may be repeated; nil for flags, which are nothing themselves.
  private mutating func atom() throws(RegexError) -> RegexNode? {
    guard let scalar = current else { return nil }
    position += 1
    switch scalar {
    case "(": return try group()
    case "[": return .characters(try characterClass())
    case ".":
      var set = CharacterSet()
      set.isNegated = true
      if !flags.dotIsAny { set.ranges = [10...10] }
      return .characters(set)
    case "^": return .assertion(flags.isMultiLine ? .lineStart : .textStart)
    case "$": return .assertion(flags.isMultiLine ? .lineEnd : .textEnd)
    case "\\": return try escape()
    case "*", "+", "?": throw RegexError(message: "nothing precedes “\(scalar)”")
    default: return character(scalar.value)
    }
  }

  func character(_ value: UInt32) -> RegexNode {
    guard flags.ignoresCase else { return .character(value) }
    var set = CharacterSet()
    set.ranges = [value...value]
    set.ignoresCase = true
    return .characters(set)
  }

  // MARK: Groups

  private mutating func group() throws(RegexError) -> RegexNode? {
    let outer = flags
    guard take("?" as Unicode.Scalar) else {
      let node = try captured(name: nil)
      flags = outer
      return node
    }
    if take("P<") || take("<" as Unicode.Scalar) {
      let node = try captured(name: try groupName())
      flags = outer
      return node
    }
    if try readFlags() { return nil }
    let node = try alternatives()
    guard take(")" as Unicode.Scalar) else { throw RegexError(message: "a “(” has no end") }
    flags = outer
    return node
  }

  private mutating func captured(name: String?) throws(RegexError) -> RegexNode {
    guard groupNames.count < Self.groupLimit else {
      throw RegexError(message: "it has more than \(Self.groupLimit) groups")
    }
    groupNames.append(name)
    let index = groupNames.count
    let node = try alternatives()
    guard take(")" as Unicode.Scalar) else { throw RegexError(message: "a “(” has no end") }
    return .group(node, index: index)
  }

  private mutating func groupName() throws(RegexError) -> String {
    var name = ""
    while let scalar = current, scalar != ">" {
      guard scalar.isASCII, UInt8(ascii: scalar).startsName || UInt8(ascii: scalar).isDigit else {
        throw RegexError(message: "a group's name has letters, digits and “_” only")
      }
      name.unicodeScalars.append(scalar)
      position += 1
    }
    guard take(">" as Unicode.Scalar), !name.isEmpty, !groupNames.contains(name) else {
      throw RegexError(message: "a group needs a name of its own, with “>” behind it")
    }
    return name
  }

  /// Reads `i-s:` or `i-s)`; returns whether it was the latter, which holds for what follows.
  private mutating func readFlags() throws(RegexError) -> Bool {
    var value = true
    while let scalar = current {
      position += 1
      switch scalar {
      case "i": flags.ignoresCase = value
      case "m": flags.isMultiLine = value
      case "s": flags.dotIsAny = value
      case "U": flags.isUngreedy = value
      case "-": value = false
      case ":": return false
      case ")": return true
      default: throw RegexError(message: "there is no flag “\(scalar)”")
      }
    }
    throw RegexError(message: "a “(” has no end")
  }

  // MARK: Repetitions

  private mutating func repeated(_ atom: RegexNode) throws(RegexError) -> RegexNode {
    var node = atom
    var count = 0
    while let (least, most) = try repetition() {
      count += 1
      guard count <= 1 else { throw RegexError(message: "a repetition cannot be repeated") }
      let isLazy = take("?" as Unicode.Scalar)
      node = .repetition(node, least: least, most: most, isGreedy: isLazy == flags.isUngreedy)
    }
    return node
  }

  private mutating func repetition() throws(RegexError) -> (Int, Int?)? {
    if take("*" as Unicode.Scalar) { return (0, nil) }
    if take("+" as Unicode.Scalar) { return (1, nil) }
    if take("?" as Unicode.Scalar) { return (0, 1) }
    let start = position
    guard take("{" as Unicode.Scalar), let least = number() else {
      position = start
      return nil
    }
    var most: Int? = least
    if take("," as Unicode.Scalar) { most = number() }
    guard take("}" as Unicode.Scalar) else {
      // A brace that begins no repetition stands for itself.
      position = start
      return nil
    }
    guard least <= Self.repetitionLimit, (most ?? 0) <= Self.repetitionLimit,
      (most ?? least) >= least
    else {
      throw RegexError(message: "a repetition goes from a number to a larger one, up to 1000")
    }
    return (least, most)
  }

  private mutating func number() -> Int? {
    var number: Int?
    while let scalar = current, ("0"..."9").contains(scalar) {
      number = min((number ?? 0) * 10 + Int(scalar.value - 48), 1_000_000)
      position += 1
    }
    return number
  }
}
