/// Finds a regular expression in ASCII text in a time that its length alone decides.
///
/// Swift's own goes back over the text for each choice: over 100,000 names that is half a second, and some patterns
/// never end.
struct PatternAutomaton: Sendable {
  /// More states than these are left to those who go back.
  private static let stateLimit = 400

  /// The next state for each state and byte, one row after the other.
  ///
  /// Of what was found nothing more can be learnt, and neither of a text that is not simple.
  private let next: [UInt16]
  /// Whether it is found where the text ends in a state; `nil` where others have to look.
  private let verdicts: [Bool?]

  /// `nil` where the pattern has more than an automaton takes.
  init?(_ pattern: String) {
    guard let syntax = PatternSyntax(pattern) else { return nil }
    var parts = PatternParts()
    guard parts.add(syntax) else { return nil }
    parts.nodes.append(.found)
    let classes = parts.classes
    var states: [Set<Int>: Int] = [:]
    var sets: [Set<Int>] = []
    var table: [[Int]] = []
    func number(of set: Set<Int>) -> Int {
      if let known = states[set] { return known }
      states[set] = sets.count
      sets.append(set)
      return sets.count - 1
    }
    // It may begin at each character.
    let later = parts.closure(of: [0], isStart: false)
    _ = number(of: parts.closure(of: [0], isStart: true))
    while table.count < sets.count {
      guard sets.count <= Self.stateLimit else { return nil }
      let set = sets[table.count]
      let row = classes.members.map { characters -> Int in
        let reached = parts.step(from: set, over: characters[0])
        return number(of: parts.closure(of: reached, isStart: false).union(later))
      }
      table.append(row)
    }
    let found = parts.nodes.count - 1
    let beyond = UInt16(sets.count)
    next =
      zip(sets, table).enumerated().flatMap { state, entry -> [UInt16] in
        let (set, row) = entry
        guard !set.contains(found) else { return Array(repeating: UInt16(state), count: 256) }
        return (0..<256).map { byte in
          byte < 0x80 && byte != 10 && byte != 13 ? UInt16(row[classes.numbers[byte]]) : beyond
        }
      } + Array(repeating: beyond, count: 256)
    verdicts =
      sets.map { parts.closure(of: $0, isStart: false, isEnd: true).contains(found) } + [nil]
  }

  /// Whether it is anywhere in a text; `nil` where that is not ASCII, or has several lines.
  func matches(_ text: String) -> Bool? {
    let span = text.utf8Span.span
    var state = 0
    for index in span.indices { state = Int(next[state << 8 | Int(span[index])]) }
    return verdicts[state]
  }
}

/// A pattern in steps, each of which leads to the next one, or elsewhere.
private struct PatternParts {
  enum Node {
    case character(Set<UInt8>)
    /// Goes on with each of these.
    case split([Int])
    case start, end
    case found
  }

  /// Longer ones grow beyond use.
  private static let limit = 2000

  var nodes: [Node] = []

  /// Adds what leads from the last node on; `false` where that is too much.
  mutating func add(_ syntax: PatternSyntax) -> Bool {
    guard nodes.count < Self.limit else { return false }
    switch syntax {
    case .oneOf(let characters): nodes.append(.character(characters))
    case .start: nodes.append(.start)
    case .end: nodes.append(.end)
    case .sequence(let parts): return parts.allSatisfy { add($0) }
    case .choice(let parts):
      let split = nodes.count
      nodes.append(.split([]))
      var (starts, ends): ([Int], [Int]) = ([], [])
      for part in parts {
        starts.append(nodes.count)
        guard add(part) else { return false }
        ends.append(nodes.count)
        nodes.append(.split([]))
      }
      nodes[split] = .split(starts)
      for end in ends { nodes[end] = .split([nodes.count]) }
    case .repeated(let part, let least, let most):
      for _ in 0..<least { guard add(part) else { return false } }
      guard let most else {
        let split = nodes.count
        nodes.append(.split([]))
        guard add(part) else { return false }
        nodes.append(.split([split]))
        nodes[split] = .split([split + 1, nodes.count])
        return true
      }
      var splits: [Int] = []
      for _ in least..<max(least, most) {
        splits.append(nodes.count)
        nodes.append(.split([]))
        guard add(part) else { return false }
      }
      for split in splits { nodes[split] = .split([split + 1, nodes.count]) }
    }
    return true
  }

  /// All nodes that are reached without a character.
  func closure(of start: Set<Int>, isStart: Bool, isEnd: Bool = false) -> Set<Int> {
    var reached: Set<Int> = []
    var rest = Array(start)
    while let node = rest.popLast() {
      guard reached.insert(node).inserted else { continue }
      switch nodes[node] {
      case .split(let targets): rest += targets
      case .start: if isStart { rest.append(node + 1) }
      case .end: if isEnd { rest.append(node + 1) }
      case .character, .found: break
      }
    }
    return reached
  }

  func step(from set: Set<Int>, over character: UInt8) -> Set<Int> {
    var reached: Set<Int> = []
    for node in set {
      if case .character(let characters) = nodes[node], characters.contains(character) {
        reached.insert(node + 1)
      }
    }
    return reached
  }

  /// The characters that the pattern does not tell apart, and which class each belongs to.
  var classes: (members: [[UInt8]], numbers: [Int]) {
    let sets = nodes.compactMap { node in
      if case .character(let characters) = node { characters } else { nil }
    }
    var known: [[Bool]: Int] = [:]
    var members: [[UInt8]] = []
    let numbers = (0..<0x80 as Range<UInt8>).map { character in
      let membership = sets.map { $0.contains(character) }
      let number = known[membership] ?? members.count
      if number == members.count {
        known[membership] = number
        members.append([])
      }
      members[number].append(character)
      return number
    }
    return (members, numbers)
  }
}
