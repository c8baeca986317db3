/// Walks the JSON of a stored object, which is well formed and without white space.
struct CompactJSON {
  let bytes: [UInt8]
  private(set) var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The byte that comes next; 0 at the end.
  @inline(__always)
  var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

  /// Steps over the byte that comes next.
  @inline(__always)
  mutating func step() { position += 1 }

  /// Enters an object or array; then ``nextItem()`` moves to each of its items.
  mutating func enter() { position += 1 }

  /// Whether another member or element comes next; steps over the comma before it, or over the end.
  @inline(__always)
  mutating func nextItem() -> Bool {
    switch current {
    case UInt8(ascii: ","):
      position += 1
      return true
    case UInt8(ascii: "}"), UInt8(ascii: "]"), 0:
      position += 1
      return false
    default:
      return true
    }
  }

  /// The hash of the member's name that comes next; steps over it and its colon.
  @inline(__always)
  mutating func nameHash() -> UInt64 {
    position += 1
    var hash = MemberNames.emptyHash
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      hash = MemberNames.hash(hash, bytes[position])
      position += 1
    }
    position += 2
    return hash
  }

  /// A member's name; steps over it and its colon.
  mutating func name() -> (range: Range<Int>, isEscaped: Bool) {
    let name = string()
    position += 1
    return name
  }

  /// What stands between the quotes of the text that comes next, and whether there are escapes in it.
  @inline(__always)
  mutating func string() -> (range: Range<Int>, isEscaped: Bool) {
    position += 1
    let start = position
    var isEscaped = false
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      if bytes[position] == UInt8(ascii: "\\") {
        isEscaped = true
        position += 1
      }
      position += 1
    }
    defer { position += 1 }
    return (start..<min(position, bytes.count), isEscaped)
  }

  /// Steps over the value that comes next and says where it stood.
  @discardableResult
  mutating func skip() -> Range<Int> {
    let start = position
    switch current {
    case UInt8(ascii: "\""):
      _ = string()
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      skipContainer()
    default:
      skipScalar()
    }
    return start..<position
  }

  /// The number that comes next.
  mutating func number() -> (range: Range<Int>, isInteger: Bool) {
    let start = position
    var isInteger = true
    while position < bytes.count, !Self.endsScalar(bytes[position]) {
      if [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[position]) {
        isInteger = false
      }
      position += 1
    }
    return (start..<position, isInteger)
  }

  /// Where a member of a member and so on of the object that comes next stands; nil if there is none.
  mutating func find(_ path: [String]) -> Range<Int>? {
    guard let key = path.first else { return skip() }
    guard current == UInt8(ascii: "{") else { return nil }
    enter()
    while nextItem() {
      let name = name()
      if bytes[name.range].elementsEqual(key.utf8) { return find(Array(path.dropFirst())) }
      skip()
    }
    return nil
  }

  private mutating func skipScalar() {
    while position < bytes.count, !Self.endsScalar(bytes[position]) { position += 1 }
  }

  private mutating func skipContainer() {
    var depth = 0
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        _ = string()
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
      default:
        break
      }
      position += 1
      if depth == 0 { return }
    }
  }

  private static func endsScalar(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
  }
}
