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
  }

  private(set) var instructions: [Instruction] = []
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
    case .repetition(let node, let least, let most, let isGreedy):
      for _ in 0..<least { try append(node) }
      guard let most else { return try append(loopOf: node, isGreedy: isGreedy) }
      try append(node, atMost: most - least, isGreedy: isGreedy)
    }
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
    let (body, end) = (split + 1, instructions.count)
    instructions[split] = isGreedy ? .split(body, end) : .split(end, body)
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
    for split in splits {
      instructions[split] = isGreedy ? .split(split + 1, end) : .split(end, split + 1)
    }
  }
}
