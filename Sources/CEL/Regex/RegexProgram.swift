/// A regular expression as instructions for ``RegexMachine``.
struct RegexProgram: Sendable {
  /// How many instructions there may be: the work is that many for each character.
  static let sizeLimit = 10_000
  /// How long a pattern may be, in bytes.
  static let lengthLimit = 10_000

  enum Instruction: Sendable {
    case character(UInt32)
    case characters(CharacterSet)
    case assertion(RegexAssertion)
    /// Goes on at both, the first of which is preferred.
    case split(Int, Int)
    case jump(Int)
    /// Remembers the place.
    case save(Int)
    case match

    fileprivate var weight: Int {
      guard case .characters(let set) = self else { return 1 }
      // Other cases of letters, and their categories, take some looking up.
      return set.ranges.count + set.categories.count * 4 + (set.ignoresCase ? 20 : 1)
    }
  }

  private(set) var instructions: [Instruction] = []
  /// What it costs to go through ten characters, at worst.
  private(set) var weight: UInt64 = 1
  /// The names of groups, without the whole.
  let groupNames: [String?]

  init(_ pattern: String) throws(CELError) {
    guard pattern.utf8.count <= Self.lengthLimit else { throw CELError(.tooLarge("the pattern")) }
    do throws(RegexError) {
      var parser = RegexParser(pattern)
      let node = try parser.parse()
      groupNames = parser.groupNames
      try append(.group(node, index: 0))
      instructions.append(.match)
      weight += UInt64(instructions.reduce(0) { $0 + $1.weight }) / 4
    } catch {
      throw CELError(
        .invalidArgument(
          "\(CELValue.string(pattern).shortDescription) is no pattern: \(error.message)"
        )
      )
    }
  }

  private mutating func add(_ instruction: Instruction) throws(RegexError) {
    guard instructions.count < Self.sizeLimit else { throw RegexError(message: "it is too large") }
    instructions.append(instruction)
  }

  private mutating func append(_ node: RegexNode) throws(RegexError) {
    switch node {
    case .empty: break
    case .character(let value): try add(.character(value))
    case .characters(let set): try add(.characters(set))
    case .assertion(let assertion): try add(.assertion(assertion))
    case .sequence(let nodes): for node in nodes { try append(node) }
    case .group(let node, let index):
      try add(.save(index * 2))
      try append(node)
      try add(.save(index * 2 + 1))
    case .alternatives(let nodes): try append(alternatives: nodes)
    case .repetition(let node, let least, nil, let isGreedy):
      for _ in 0..<max(0, least - 1) { try append(node) }
      guard least == 0 else { return try append(onceOrMore: node, isGreedy: isGreedy) }
      guard node.mayBeEmpty else { return try append(loopOf: node, isGreedy: isGreedy) }
      // A loop in front would take a longer match than an empty one that is preferred, unlike RE2.
      let split = instructions.count
      try add(.jump(0))
      try append(onceOrMore: node, isGreedy: isGreedy)
      set(split, to: split + 1, or: instructions.count, isGreedy: isGreedy)
    case .repetition(let node, let least, let most?, let isGreedy):
      for _ in 0..<least { try append(node) }
      try append(node, atMost: most - least, isGreedy: isGreedy)
    }
  }

  private mutating func set(_ split: Int, to body: Int, or end: Int, isGreedy: Bool) {
    instructions[split] = isGreedy ? .split(body, end) : .split(end, body)
  }

  private mutating func append(onceOrMore node: RegexNode, isGreedy: Bool) throws(RegexError) {
    let body = instructions.count
    try append(node)
    let split = instructions.count
    try add(.jump(0))
    set(split, to: body, or: split + 1, isGreedy: isGreedy)
  }

  private mutating func append(alternatives nodes: [RegexNode]) throws(RegexError) {
    var ends: [Int] = []
    for (index, node) in nodes.enumerated() {
      guard index < nodes.count - 1 else {
        try append(node)
        break
      }
      let split = instructions.count
      try add(.jump(0))
      try append(node)
      ends.append(instructions.count)
      try add(.jump(0))
      instructions[split] = .split(split + 1, instructions.count)
    }
    for end in ends { instructions[end] = .jump(instructions.count) }
  }

  private mutating func append(loopOf node: RegexNode, isGreedy: Bool) throws(RegexError) {
    let split = instructions.count
    try add(.jump(0))
    try append(node)
    try add(.jump(split))
    set(split, to: split + 1, or: instructions.count, isGreedy: isGreedy)
  }

  private mutating func append(_ node: RegexNode, atMost count: Int, isGreedy: Bool)
    throws(RegexError)
  {
    var splits: [Int] = []
    for _ in 0..<count {
      splits.append(instructions.count)
      try add(.jump(0))
      try append(node)
    }
    let end = instructions.count
    for split in splits { set(split, to: split + 1, or: end, isGreedy: isGreedy) }
  }
}
