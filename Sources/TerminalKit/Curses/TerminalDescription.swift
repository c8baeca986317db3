/// One of the two parts of a compiled terminal description, as term(5) has them.
struct TerminalDescription: Equatable {
  /// The names of the terminal; of the extended part there are none.
  var title: [UInt8] = []
  var flags: [UInt8] = []
  var numbers: [Int] = []
  /// `nil` where the terminal has none.
  var strings: [[UInt8]?] = []
  /// What the extended part's flags, numbers and strings are called, in this order.
  var names: [[UInt8]] = []

  mutating func set(number index: Int, to value: Int) {
    while numbers.count <= index { numbers.append(-1) }
    numbers[index] = value
  }

  func has(string index: Int) -> Bool { index < strings.count && strings[index] != nil }

  mutating func set(string index: Int, to value: String) {
    while strings.count <= index { strings.append(nil) }
    strings[index] = Array(value.utf8)
  }

  /// The part as bytes, with numbers of 32 bits.
  func written(isExtended: Bool) -> [UInt8] {
    var table: [UInt8] = []
    var offsets: [Int] = []
    for string in strings {
      offsets.append(string == nil ? -1 : table.count)
      if let string { table += string + [0] }
    }
    let valuesEnd = table.count
    for name in names {
      offsets.append(table.count - valuesEnd)
      table += name + [0]
    }
    let head =
      isExtended
      ? [flags.count, numbers.count, strings.count, offsets.count, table.count]
      : [0o1036, title.count, flags.count, numbers.count, strings.count, table.count]
    var bytes = head.flatMap(Self.short) + title + flags
    if (title.count + flags.count).isMultiple(of: 2) == false { bytes.append(0) }
    bytes += numbers.flatMap { Self.short($0) + Self.short($0 >> 16) }
    bytes += offsets.flatMap(Self.short) + table
    // The extended part begins at an even place.
    if !isExtended, !table.count.isMultiple(of: 2) { bytes.append(0) }
    return bytes
  }

  private static func short(_ value: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
  }
}

/// Reads the parts of a compiled description, one after the other.
struct DescriptionReader {
  private let bytes: [UInt8]
  private var offset = 0
  private var numberSize = 2

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func basicPart() -> TerminalDescription? {
    guard let head = shorts(6), [0o432, 0o1036].contains(head[0]) else { return nil }
    numberSize = head[0] == 0o1036 ? 4 : 2
    guard let title = take(head[1]), let flags = take(head[2]) else { return nil }
    if !(head[1] + head[2]).isMultiple(of: 2) { offset += 1 }
    guard let numbers = numbers(head[3]), let places = shorts(head[4]), let table = take(head[5])
    else { return nil }
    if !head[5].isMultiple(of: 2) { offset += 1 }
    let strings = places.map { Self.string(at: $0, of: table) }
    return TerminalDescription(title: title, flags: flags, numbers: numbers, strings: strings)
  }

  mutating func extendedPart() -> TerminalDescription? {
    guard let head = shorts(5), let flags = take(head[0]) else { return nil }
    if !head[0].isMultiple(of: 2) { offset += 1 }
    let nameCount = head[0] + head[1] + head[2]
    guard let numbers = numbers(head[1]), let places = shorts(head[2] + nameCount),
      let table = take(head[4])
    else { return nil }
    let strings = places[..<head[2]].map { Self.string(at: $0, of: table) }
    // Names are counted from the end of the values.
    let valuesEnd = strings.reduce(0) { $0 + ($1.map { $0.count + 1 } ?? 0) }
    let names = places[head[2]...].map { Self.string(at: $0 + valuesEnd, of: table) ?? [] }
    guard names.allSatisfy({ !$0.isEmpty }) else { return nil }
    return TerminalDescription(flags: flags, numbers: numbers, strings: strings, names: names)
  }

  private mutating func take(_ count: Int) -> [UInt8]? {
    guard count >= 0, offset + count <= bytes.count else { return nil }
    defer { offset += count }
    return Array(bytes[offset..<offset + count])
  }

  private mutating func shorts(_ count: Int) -> [Int]? {
    take(count * 2)?.pairs.map { Int(Int16(bitPattern: UInt16($0) | UInt16($1) << 8)) }
  }

  private mutating func numbers(_ count: Int) -> [Int]? {
    guard numberSize == 4 else { return shorts(count) }
    return take(count * 4)?.pairs.map { Int($0) | Int($1) << 8 }.pairs
      .map { Int(Int32(bitPattern: UInt32($0) | UInt32($1) << 16)) }
  }

  private static func string(at place: Int, of table: [UInt8]) -> [UInt8]? {
    guard table.indices.contains(place) else { return nil }
    return Array(table[place...].prefix { $0 != 0 })
  }
}

extension Array {
  /// Each two elements together.
  fileprivate var pairs: [(Element, Element)] {
    stride(from: 0, to: count - 1, by: 2).map { (self[$0], self[$0 + 1]) }
  }
}
