/// How ranges are compared without looking at each pair of them.
///
/// The address space is cut into parts, and a range is filed under those that it touches: ranges that
/// overlap have a part in common.
extension IPPrefix {
  /// How many leading bits the addresses of a part share: 256 Nodes with ranges of the usual size (/24
  /// and /64) are in one.
  private static func partLength(isVersion4: Bool) -> Int { isVersion4 ? 16 : 56 }

  /// How many more bits a range may cover than a part does; a larger one is no Node's.
  private static let mostBits = 8

  /// The parts that the range touches, 256 at most; none for a larger range.
  package var parts: [IPPrefix] {
    let partLength = Self.partLength(isVersion4: address.isVersion4)
    guard length < partLength else { return [IPPrefix(address, length: partLength)] }
    guard partLength - length <= Self.mostBits else { return [] }
    let hostBits = (address.isVersion4 ? 32 : 128) - partLength
    let first = first.bits
    return (0..<(UInt128(1) << (partLength - length))).map { number in
      IPPrefix(IPAddress(bits: first + (number << hostBits)), length: partLength)
    }
  }

  /// The first part that two overlapping ranges have in common.
  package func firstPart(sharedWith other: IPPrefix) -> IPPrefix {
    let partLength = Self.partLength(isVersion4: address.isVersion4)
    return IPPrefix(max(first, other.first), length: partLength)
  }

  package func overlaps(_ other: IPPrefix) -> Bool {
    contains(other.first) || other.contains(first)
  }

  /// The lowest address of the range, whatever address it was written with.
  package var first: IPAddress { IPPrefix(address, length: length).address }
}
