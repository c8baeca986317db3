import CEL

/// A version as semver.org has it.
final class SemanticVersion: CELOpaqueValue, CELConvertible {
  static let name = "kubernetes.Semver"

  /// Major, minor and patch.
  let numbers: [UInt64]
  /// What precedes a release, such as `alpha.1`.
  private let prerelease: [String]
  let text: String

  private init(numbers: [UInt64], prerelease: [String], text: String) {
    self.numbers = numbers
    self.prerelease = prerelease
    self.text = text
  }

  static var celType: CELType { .opaque(name) }

  convenience init?(_ value: CELValue) {
    guard case .opaque(let opaque) = value, let version = opaque as? SemanticVersion else {
      return nil
    }
    self.init(numbers: version.numbers, prerelease: version.prerelease, text: version.text)
  }

  var celValue: CELValue { .opaque(self) }
  var typeName: String { Self.name }

  func isEqual(to other: any CELOpaqueValue) -> Bool {
    (other as? SemanticVersion).map { compared(to: $0) == 0 } ?? false
  }

  /// -1, 0 or 1; what is behind a `+` makes no difference.
  func compared(to other: SemanticVersion) -> Int64 {
    for (left, right) in zip(numbers, other.numbers) where left != right {
      return left < right ? -1 : 1
    }
    if prerelease.isEmpty || other.prerelease.isEmpty {
      return prerelease.isEmpty == other.prerelease.isEmpty ? 0 : prerelease.isEmpty ? 1 : -1
    }
    for (left, right) in zip(prerelease, other.prerelease) where left != right {
      return Self.isBefore(left, right) ? -1 : 1
    }
    return Int64((prerelease.count - other.prerelease.count).signum())
  }

  /// Numbers are before names.
  private static func isBefore(_ left: String, _ right: String) -> Bool {
    switch (UInt64(left), UInt64(right)) {
    case (let left?, let right?): left < right
    case (.some, nil): true
    case (nil, .some): false
    case (nil, nil): left.utf8.lexicographicallyPrecedes(right.utf8)
    }
  }
}

extension SemanticVersion {
  /// Reads a version; normalized, it may have a `v`, zeros before its numbers, and fewer than three of them.
  convenience init(parsing text: String, isNormalized: Bool = false) throws(CELError) {
    let text = isNormalized ? Self.normalized(text) : text
    guard text.utf8.count <= 256, let parts = Self.parts(of: text) else {
      throw CELError(.invalidArgument("this is no semantic version such as 1.2.3"))
    }
    self.init(numbers: parts.numbers, prerelease: parts.prerelease, text: text)
  }

  private static func parts(of text: String) -> (numbers: [UInt64], prerelease: [String])? {
    let withoutBuild = text.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
    if withoutBuild.count == 2 {
      guard areNames(withoutBuild[1], allowsZeros: true) else { return nil }
    }
    let halves = withoutBuild[0].split(
      separator: "-",
      maxSplits: 1,
      omittingEmptySubsequences: false
    )
    let numbers = halves[0].split(separator: ".", omittingEmptySubsequences: false)
    guard numbers.count == 3,
      numbers.allSatisfy({ isNumber($0) && ($0.count == 1 || $0.first != "0") })
    else { return nil }
    let values = numbers.compactMap { UInt64($0) }
    guard values.count == 3 else { return nil }
    guard halves.count == 2 else { return (values, []) }
    guard areNames(halves[1], allowsZeros: false) else { return nil }
    return (values, halves[1].split(separator: ".").map(String.init))
  }

  private static func isNumber(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
  }

  private static func areNames(_ text: Substring, allowsZeros: Bool) -> Bool {
    text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { name in
      let isValid = name.utf8.allSatisfy { byte in
        (48...57).contains(byte) || (97...122).contains(byte | 32) || byte == 45
      }
      let hasZero = isNumber(name) && name.count > 1 && name.first == "0"
      return !name.isEmpty && isValid && (allowsZeros || !hasZero)
    }
  }

  private static func normalized(_ text: String) -> String {
    let bare = text.hasPrefix("v") ? text.dropFirst() : text[...]
    var parts = bare.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false).map {
      part in
      guard part.count > 1 else { return String(part) }
      let stripped = part.drop { $0 == "0" }
      return stripped.first?.isNumber == true ? String(stripped) : "0" + stripped
    }
    // What is behind the numbers can only be there where all of them are.
    guard parts.count < 3, let last = parts.last, isNumber(last[...]) else {
      return parts.joined(separator: ".")
    }
    while parts.count < 3 { parts.append("0") }
    return parts.joined(separator: ".")
  }
}
