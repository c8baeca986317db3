/// A whole number of any size up to a thousand digits; what is larger counts as the largest.
struct LargeInteger: Sendable, Comparable {
  /// What an expression may make of a few characters (`1e999999999`) must not take memory without end.
  private static let digitLimit = 1000
  private static let base: UInt64 = 1_000_000_000
  private static let digitsOfLimb = 9

  private let isNegative: Bool
  /// The digits in groups of nine, the lowest first, without groups of zeros at the end.
  private let limbs: [UInt32]

  private init(isNegative: Bool, limbs: [UInt32]) {
    let count = limbs.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
    self.isNegative = isNegative && count > 0
    let most = Self.digitLimit / Self.digitsOfLimb
    self.limbs =
      count > most
      ? Array(repeating: UInt32(Self.base - 1), count: most) : Array(limbs.prefix(count))
  }

  init(_ number: Int64) {
    var limbs: [UInt32] = []
    var rest = UInt64(number.magnitude)
    while rest > 0 {
      limbs.append(UInt32(rest % Self.base))
      rest /= Self.base
    }
    self.init(isNegative: number < 0, limbs: limbs)
  }

  /// The number of these decimal digits, with so many zeros behind.
  init(digits: Substring, zeros: Int) {
    let digits = digits.drop { $0 == "0" }
    let zeros = digits.isEmpty ? 0 : min(zeros, Self.digitLimit)
    let all = Array(digits.utf8) + Array(repeating: UInt8(ascii: "0"), count: zeros)
    var limbs: [UInt32] = []
    var end = all.count
    while end > 0 {
      let start = max(0, end - Self.digitsOfLimb)
      limbs.append(all[start..<end].reduce(0) { $0 * 10 + UInt32($1 - UInt8(ascii: "0")) })
      end = start
    }
    self.init(isNegative: false, limbs: limbs)
  }

  var signum: Int64 { isNegative ? -1 : limbs.isEmpty ? 0 : 1 }

  /// The digits without a sign, those behind the last nine first and those nine.
  var billions: (whole: LargeInteger, rest: UInt32) {
    (LargeInteger(isNegative: isNegative, limbs: Array(limbs.dropFirst())), limbs.first ?? 0)
  }

  static prefix func - (number: LargeInteger) -> LargeInteger {
    LargeInteger(isNegative: !number.isNegative, limbs: number.limbs)
  }

  static func + (left: LargeInteger, right: LargeInteger) -> LargeInteger {
    guard left.isNegative != right.isNegative else {
      return LargeInteger(isNegative: left.isNegative, limbs: sum(left.limbs, right.limbs))
    }
    return isLess(left.limbs, right.limbs)
      ? LargeInteger(isNegative: right.isNegative, limbs: difference(right.limbs, left.limbs))
      : LargeInteger(isNegative: left.isNegative, limbs: difference(left.limbs, right.limbs))
  }

  static func * (left: LargeInteger, factor: UInt32) -> LargeInteger {
    var carry: UInt64 = 0
    var limbs = left.limbs.map { limb in
      let product = UInt64(limb) * UInt64(factor) + carry
      carry = product / base
      return UInt32(product % base)
    }
    while carry > 0 {
      limbs.append(UInt32(carry % base))
      carry /= base
    }
    return LargeInteger(isNegative: left.isNegative, limbs: limbs)
  }

  static func < (left: LargeInteger, right: LargeInteger) -> Bool {
    guard left.isNegative == right.isNegative else { return left.isNegative }
    return left.isNegative ? isLess(right.limbs, left.limbs) : isLess(left.limbs, right.limbs)
  }

  private static func isLess(_ left: [UInt32], _ right: [UInt32]) -> Bool {
    guard left.count == right.count else { return left.count < right.count }
    return left.reversed().lexicographicallyPrecedes(right.reversed())
  }

  private static func sum(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
    var carry: UInt64 = 0
    var sum: [UInt32] = []
    for index in 0..<max(left.count, right.count) {
      let first = index < left.count ? UInt64(left[index]) : 0
      let total = first + (index < right.count ? UInt64(right[index]) : 0) + carry
      sum.append(UInt32(total % base))
      carry = total / base
    }
    return carry > 0 ? sum + [UInt32(carry)] : sum
  }

  /// What is left of a number when a smaller one, or the same, is taken away.
  private static func difference(_ larger: [UInt32], _ smaller: [UInt32]) -> [UInt32] {
    var borrowed: Int64 = 0
    return larger.indices.map { index in
      let taken = (index < smaller.count ? Int64(smaller[index]) : 0) + borrowed
      let left = Int64(larger[index]) - taken
      borrowed = left < 0 ? 1 : 0
      return UInt32(left < 0 ? left + Int64(base) : left)
    }
  }
}

extension LargeInteger: CustomStringConvertible {
  var description: String {
    guard let first = limbs.last else { return "0" }
    let rest = limbs.dropLast().reversed().map { limb in
      let digits = String(limb)
      return String(repeating: "0", count: Self.digitsOfLimb - digits.count) + digits
    }
    return (isNegative ? "-" : "") + String(first) + rest.joined()
  }
}
