/// Runs a regular expression over a text in time that grows with the text (Pike's machine).
///
/// All places where the expression may stand are followed at once, the preferred first; nothing is tried twice.
struct RegexMachine {
  private let instructions: [RegexProgram.Instruction]
  private let text: [Unicode.Scalar]
  /// How many places are remembered: two for each group that is asked for.
  private let slotCount: Int
  private let weight: UInt64
  /// Instructions at which the expression stands, in the order of preference, with the places of each.
  fileprivate struct Threads {
    var order: [Int] = []
    var isListed: [Bool]
    var places: [Int]

    init(instructionCount: Int, slotCount: Int) {
      isListed = Array(repeating: false, count: instructionCount)
      places = Array(repeating: -1, count: instructionCount * slotCount)
      order.reserveCapacity(instructionCount)
    }

    mutating func removeAll() {
      for index in order { isListed[index] = false }
      order.removeAll(keepingCapacity: true)
    }
  }

  /// Room for the work, which may be used for one match after the other.
  struct Room {
    fileprivate var current: Threads
    fileprivate var next: Threads
    /// Characters that were gone through, and not counted yet.
    fileprivate var uncharged = 0
  }

  func makeRoom() -> Room {
    let threads = Threads(instructionCount: instructions.count, slotCount: slotCount)
    return Room(current: threads, next: threads)
  }

  /// A text for a program; `groupCount` groups are asked for, of which the first is the whole.
  init(_ program: RegexProgram, text: [Unicode.Scalar], groupCount: Int) {
    instructions = program.instructions
    self.text = text
    slotCount = groupCount * 2
    weight = program.weight
  }

  /// The places of the first match from `start` on; nil if there is none.
  ///
  /// Where no groups are asked for, they are empty.
  func firstMatch(from start: Int = 0, in room: inout Room, _ evaluation: Evaluation)
    throws(CELError) -> [Int]?
  {
    room.current.removeAll()
    room.next.removeAll()
    room.uncharged = 0
    let match = try search(from: start, in: &room, evaluation)
    try charge(&room, evaluation)
    return match
  }

  /// Counts the work since it was last counted: that of each instruction for each character, at worst.
  private func charge(_ room: inout Room, _ evaluation: Evaluation) throws(CELError) {
    try evaluation.charge((1 + UInt64(room.uncharged) / 10) * weight)
    room.uncharged = 0
  }

  private func search(from start: Int, in room: inout Room, _ evaluation: Evaluation)
    throws(CELError) -> [Int]?
  {
    var match: [Int]?
    var position = start
    var places = [Int](repeating: -1, count: slotCount)
    while true {
      if match == nil {
        for slot in places.indices { places[slot] = -1 }
        follow(0, at: position, places: &places, into: &room.current)
      }
      if room.current.order.isEmpty { return match }
      if let found = step(room.current, at: position, into: &room.next) {
        match = found
        if slotCount == 0 { return found }
      }
      room.current.removeAll()
      swap(&room.current, &room.next)
      guard position < text.count else { return match }
      position += 1
      room.uncharged += 1
      if room.uncharged == 250 { try charge(&room, evaluation) }
    }
  }

  /// Takes one character on; returns the places of a match that is preferred to what is left.
  private func step(_ current: Threads, at position: Int, into next: inout Threads) -> [Int]? {
    let character = position < text.count ? text[position].value : nil
    for index in current.order {
      let isTaken: Bool
      switch instructions[index] {
      case .character(let wanted): isTaken = character == wanted
      case .characters(let set): isTaken = character.map { set.contains($0) } ?? false
      case .match:
        return Array(current.places[(index * slotCount)..<((index + 1) * slotCount)])
      default: isTaken = false
      }
      guard isTaken else { continue }
      var places = Array(current.places[(index * slotCount)..<((index + 1) * slotCount)])
      follow(index + 1, at: position + 1, places: &places, into: &next)
    }
    return nil
  }

  private enum Task {
    case follow(Int)
    case restore(slot: Int, place: Int)
  }

  /// Lists the instructions that are reached from one without taking a character.
  private func follow(
    _ start: Int,
    at position: Int,
    places: inout [Int],
    into threads: inout Threads
  ) {
    var tasks: [Task] = [.follow(start)]
    while let task = tasks.popLast() {
      guard case .follow(let index) = task else {
        if case .restore(let slot, let place) = task { places[slot] = place }
        continue
      }
      guard !threads.isListed[index] else { continue }
      threads.isListed[index] = true
      threads.order.append(index)
      switch instructions[index] {
      case .jump(let target):
        tasks.append(.follow(target))
      case .split(let first, let second):
        tasks.append(.follow(second))
        tasks.append(.follow(first))
      case .save(let slot):
        guard slot < slotCount else {
          tasks.append(.follow(index + 1))
          continue
        }
        tasks.append(.restore(slot: slot, place: places[slot]))
        tasks.append(.follow(index + 1))
        places[slot] = position
      case .assertion(let assertion):
        if holds(assertion, at: position) { tasks.append(.follow(index + 1)) }
      case .character, .characters, .match:
        for slot in 0..<slotCount { threads.places[index * slotCount + slot] = places[slot] }
      }
    }
  }

  private func holds(_ assertion: RegexAssertion, at position: Int) -> Bool {
    switch assertion {
    case .textStart: position == 0
    case .textEnd: position == text.count
    case .lineStart: position == 0 || text[position - 1] == "\n"
    case .lineEnd: position == text.count || text[position] == "\n"
    case .wordBoundary: isWord(at: position - 1) != isWord(at: position)
    case .noWordBoundary: isWord(at: position - 1) == isWord(at: position)
    }
  }

  private func isWord(at position: Int) -> Bool {
    guard text.indices.contains(position) else { return false }
    let scalar = text[position]
    return scalar.isASCII && (UInt8(ascii: scalar).startsName || UInt8(ascii: scalar).isDigit)
  }
}
