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

  /// A row for the message itself, then one for each embedded message.
  private var rows: [[Int16]] = [[]]
  private var embeddedNumbers: [Int] = []

  init(_ numbers: [Int]) {
    for (index, number) in numbers.enumerated() {
      let (outer, inner) = number.quotientAndRemainder(dividingBy: Self.embedding)
      if outer > 0, !embeddedNumbers.contains(outer) {
        embeddedNumbers.append(outer)
        rows.append([])
        set(outer, in: 0, to: Self.embedded)
      }
      set(inner, in: row(of: outer), to: Int16(index))
    }
  }

  /// Which row holds the fields of the embedded message with this number; 0 is the message itself.
  func row(of embeddedNumber: Int) -> Int {
    (embeddedNumbers.firstIndex(of: embeddedNumber) ?? -1) + 1
  }

  @inline(__always)
  func meaning(of number: Int, in row: Int) -> Meaning {
    guard number < rows[row].count else { return .unknown }
    let entry = rows[row][number]
    return entry >= 0 ? .field(Int(entry)) : entry == Self.embedded ? .embedded : .unknown
  }

  private mutating func set(_ number: Int, in row: Int, to entry: Int16) {
    while rows[row].count <= number { rows[row].append(Self.absent) }
    rows[row][number] = entry
  }
}
