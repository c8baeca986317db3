/// Finds the field that a member of a JSON object stands for by a hash of the member's name.
///
/// Names are told apart by 64 bits: two names of one message never share them, and one that a message
/// does not have is as good as never taken for one that it has.
struct MemberNames: Sendable {
  static let emptyHash: UInt64 = 0xCBF2_9CE4_8422_2325

  private var hashes: [UInt64] = []
  private var slots: [Int] = []
  private var count = 0

  /// One step of FNV-1a.
  @inline(__always)
  static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }

  mutating func add(_ name: String, _ slot: Int) {
    count += 1
    if count * 2 > hashes.count { grow() }
    insert(name.utf8.reduce(Self.emptyHash, Self.hash), slot)
  }

  /// The slot of the name with this hash; nil if there is none.
  func slot(_ hash: UInt64) -> Int? {
    guard !hashes.isEmpty else { return nil }
    var index = Self.place(hash, hashes.count)
    while slots[index] >= 0 {
      if hashes[index] == hash { return slots[index] }
      index = (index + 1) & (hashes.count - 1)
    }
    return nil
  }

  private static func place(_ hash: UInt64, _ count: Int) -> Int {
    Int(truncatingIfNeeded: hash ^ (hash >> 32)) & (count - 1)
  }

  private mutating func insert(_ hash: UInt64, _ slot: Int) {
    var index = Self.place(hash, hashes.count)
    while slots[index] >= 0 { index = (index + 1) & (hashes.count - 1) }
    hashes[index] = hash
    slots[index] = slot
  }

  private mutating func grow() {
    let old = zip(hashes, slots).filter { $0.1 >= 0 }
    let size = max(8, hashes.count * 2)
    hashes = Array(repeating: 0, count: size)
    slots = Array(repeating: -1, count: size)
    for (hash, slot) in old { insert(hash, slot) }
  }
}
