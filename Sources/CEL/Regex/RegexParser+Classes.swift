extension RegexParser {
  /// Reads what follows a backslash outside of brackets.
  mutating func escape() throws(RegexError) -> RegexNode {
    guard let scalar = current else { throw RegexError(message: "nothing follows a “\\”") }
    switch scalar {
    case "A":
      position += 1
      return .assertion(.textStart)
    case "z":
      position += 1
      return .assertion(.textEnd)
    case "b":
      position += 1
      return .assertion(.wordBoundary)
    case "B":
      position += 1
      return .assertion(.noWordBoundary)
    default:
      if let set = try escapedSet() { return .characters(set) }
      return character(try escapedCharacter())
    }
  }

  /// Reads a class such as `\d`, `\pL` or `\p{Greek}`, of which the backslash was taken; nil if there is none.
  private mutating func escapedSet() throws(RegexError) -> CharacterSet? {
    guard let scalar = current else { return nil }
    var set = CharacterSet()
    set.ignoresCase = flags.ignoresCase
    if let ranges = Self.perlClasses[Character(scalar).lowercased()],
      "dswDSW".contains(Character(scalar))
    {
      position += 1
      set.ranges = ranges
      set.isNegated = scalar.properties.isUppercase
      return set
    }
    guard scalar == "p" || scalar == "P" else { return nil }
    position += 1
    let (name, isNegated) = try className(isNegated: scalar == "P")
    if Self.categories.contains(name) {
      set.categories = [CharacterSet.Category(name: name, isNegated: isNegated)]
    } else if let characters = UnicodeScripts.characters(of: name) {
      set.ranges = characters
      set.isNegated = isNegated
    } else {
      throw RegexError(message: "there is no Unicode category or script of that name")
    }
    return set
  }

  private static let perlClasses: [String: [ClosedRange<UInt32>]] = [
    "d": [48...57], "s": [9...10, 12...13, 32...32], "w": [48...57, 65...90, 95...95, 97...122],
  ]

  /// Reads the name of a category or script, and whether what is not of it is meant.
  private mutating func className(
    isNegated: Bool
  ) throws(RegexError) -> (name: String, isNegated: Bool) {
    var name = ""
    if take("{" as Unicode.Scalar) {
      while let scalar = current, scalar != "}" {
        name.unicodeScalars.append(scalar)
        position += 1
      }
      guard take("}" as Unicode.Scalar) else { throw RegexError(message: "a “{” has no end") }
    } else if let scalar = current {
      name.unicodeScalars.append(scalar)
      position += 1
    }
    var isNegated = isNegated
    if name.first == "^" {
      name.removeFirst()
      isNegated.toggle()
    }
    return (name, isNegated)
  }

  private static let categories: Set<String> = [
    "Any", "C", "Cc", "Cf", "Cn", "Co", "Cs", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me",
    "Mn",
    "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm",
    "So",
    "Z", "Zl", "Zp", "Zs",
  ]

  private mutating func escapedCharacter() throws(RegexError) -> UInt32 {
    guard let scalar = current else { throw RegexError(message: "nothing follows a “\\”") }
    position += 1
    switch scalar {
    case "a": return 7
    case "f": return 12
    case "n": return 10
    case "r": return 13
    case "t": return 9
    case "v": return 11
    case "x": return try hexadecimal()
    case "0"..."7": return try octal(scalar)
    default:
      guard scalar.isASCII, !UInt8(ascii: scalar).startsName, !UInt8(ascii: scalar).isDigit else {
        throw RegexError(message: "there is no escape “\\\(scalar)”")
      }
      return scalar.value
    }
  }

  private mutating func octal(_ first: Unicode.Scalar) throws(RegexError) -> UInt32 {
    // One digit alone would refer to a group, which RE2 does not know.
    guard first == "0" || current.map({ ("0"..."7").contains($0) }) == true else {
      throw RegexError(message: "there is no escape “\\\(first)”")
    }
    var value = first.value - 48
    var count = 1
    while count < 3, let scalar = current, ("0"..."7").contains(scalar) {
      value = value * 8 + scalar.value - 48
      position += 1
      count += 1
    }
    return value
  }

  private mutating func hexadecimal() throws(RegexError) -> UInt32 {
    let isBraced = take("{" as Unicode.Scalar)
    var value: UInt32 = 0
    var count = 0
    while let scalar = current, scalar.isASCII, let digit = UInt8(ascii: scalar).hexadecimalValue {
      guard isBraced || count < 2, count < 8 else { break }
      value = value << 4 | UInt32(digit)
      position += 1
      count += 1
    }
    guard isBraced ? take("}" as Unicode.Scalar) && count > 0 : count == 2, value <= 0x10FFFF else {
      throw RegexError(message: "a “\\x” needs two hexadecimal digits, or some in braces")
    }
    return value
  }

  // MARK: Brackets

  /// Reads a class of which the bracket was taken.
  mutating func characterClass() throws(RegexError) -> CharacterSet {
    var set = CharacterSet()
    set.ignoresCase = flags.ignoresCase
    set.isNegated = take("^" as Unicode.Scalar)
    var isFirst = true
    while isFirst || current != "]" {
      guard current != nil else { throw RegexError(message: "a “[” has no end") }
      isFirst = false
      try readElement(into: &set)
    }
    position += 1
    return set
  }

  private mutating func readElement(into set: inout CharacterSet) throws(RegexError) {
    if take("[:") { return try readNamedClass(into: &set) }
    let start = position
    if take("\\" as Unicode.Scalar) {
      if let escaped = try escapedSet() {
        set.ranges += escaped.isNegated ? Self.complement(of: escaped.ranges) : escaped.ranges
        set.categories += escaped.categories
        return
      }
      position = start
    }
    let first = try classCharacter()
    guard current == "-", position + 1 < pattern.count, pattern[position + 1] != "]" else {
      set.ranges.append(first...first)
      return
    }
    position += 1
    let last = try classCharacter()
    guard first <= last else { throw RegexError(message: "a range in brackets goes backwards") }
    set.ranges.append(first...last)
  }

  private mutating func classCharacter() throws(RegexError) -> UInt32 {
    guard let scalar = current else { throw RegexError(message: "a “[” has no end") }
    position += 1
    return scalar == "\\" ? try escapedCharacter() : scalar.value
  }

  private mutating func readNamedClass(into set: inout CharacterSet) throws(RegexError) {
    let isNegated = take("^" as Unicode.Scalar)
    var name = ""
    while let scalar = current, scalar != ":" {
      name.unicodeScalars.append(scalar)
      position += 1
    }
    guard take(":]"), let ranges = Self.namedClasses[name] else {
      throw RegexError(message: "there is no class “[:…:]” of that name")
    }
    set.ranges += isNegated ? Self.complement(of: ranges) : ranges
  }

  /// All characters that are in none of the ranges, which are in order.
  private static func complement(of ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var next: UInt32 = 0
    var complement: [ClosedRange<UInt32>] = []
    for range in ranges {
      if range.lowerBound > next { complement.append(next...(range.lowerBound - 1)) }
      next = range.upperBound + 1
    }
    return complement + [next...0x10FFFF]
  }

  private static let namedClasses: [String: [ClosedRange<UInt32>]] = [
    "alnum": [48...57, 65...90, 97...122],
    "alpha": [65...90, 97...122],
    "ascii": [0...127],
    "blank": [9...9, 32...32],
    "cntrl": [0...31, 127...127],
    "digit": [48...57],
    "graph": [33...126],
    "lower": [97...122],
    "print": [32...126],
    "punct": [33...47, 58...64, 91...96, 123...126],
    "space": [9...13, 32...32],
    "upper": [65...90],
    "word": [48...57, 65...90, 95...95, 97...122],
    "xdigit": [48...57, 65...70, 97...102],
  ]
}
