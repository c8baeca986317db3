/// Finds the position of a field by its protobuf number.
@usableFromInline
package struct NumberTable: Sendable {
  /// How a field in an embedded message is numbered: the message's number times this, plus its own.
  static let embedding = 1000

  /// What a number stands for.
  enum Meaning {
    case unknown
    case field(Int)
    /// A message whose fields JSON writes one level up.
    case embedded
  }

  private static let absent = Int16(-1)
  private static let embedded = Int16(-2)

  /// A row of ``width`` entries for the message itself, then one for each embedded message.
  private var entries: [Int16]
  private let width: Int
  private var embeddedNumbers: [Int] = []

  init(_ numbers: [Int]) {
    let pairs = numbers.map { $0.quotientAndRemainder(dividingBy: Self.embedding) }
    for (outer, _) in pairs where outer > 0 && !embeddedNumbers.contains(outer) {
      embeddedNumbers.append(outer)
    }
    width = ((pairs.map(\.remainder) + embeddedNumbers).max() ?? 0) + 1
    entries = Array(repeating: Self.absent, count: width * (embeddedNumbers.count + 1))
    for number in embeddedNumbers { entries[number] = Self.embedded }
    for (index, (outer, inner)) in pairs.enumerated() {
      entries[row(of: outer) * width + inner] = Int16(index)
    }
  }

  /// Which row holds the fields of the embedded message with this number; 0 is the message itself.
  func row(of embeddedNumber: Int) -> Int {
    (embeddedNumbers.firstIndex(of: embeddedNumber) ?? -1) + 1
  }

  @inline(__always)
  func meaning(of number: Int, in row: Int) -> Meaning {
    guard number < width else { return .unknown }
    let entry = entries[row * width + number]
    return entry >= 0 ? .field(Int(entry)) : entry == Self.embedded ? .embedded : .unknown
  }
}
