/// A regular expression as it is written.
indirect enum RegexNode: Sendable {
  case empty
  case character(UInt32)
  case characters(CharacterSet)
  case sequence([RegexNode])
  case alternatives([RegexNode])
  case repetition(RegexNode, least: Int, most: Int?, isGreedy: Bool)
  /// A part whose place is remembered.
  case group(RegexNode, index: Int)
  case assertion(RegexAssertion)
}

extension RegexNode {
  /// Whether it may stand for no characters.
  var mayBeEmpty: Bool {
    switch self {
    case .empty, .assertion: true
    case .character, .characters: false
    case .sequence(let nodes): nodes.allSatisfy(\.mayBeEmpty)
    case .alternatives(let nodes): nodes.contains(where: \.mayBeEmpty)
    case .repetition(let node, let least, _, _): least == 0 || node.mayBeEmpty
    case .group(let node, _): node.mayBeEmpty
    }
  }
}

/// A condition on the place between two characters.
enum RegexAssertion: Sendable {
  case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary
}

/// Characters of which one is to stand in a place.
struct CharacterSet: Sendable {
  /// The characters of a class of Unicode, such as `L` or `Lu`, or those that are not.
  struct Category: Sendable {
    let name: String
    let isNegated: Bool
  }

  var ranges: [ClosedRange<UInt32>] = []
  var categories: [Category] = []
  var isNegated = false
  /// Whether capitals and small letters are the same.
  var ignoresCase = false

  func contains(_ character: UInt32) -> Bool {
    holds(character) != isNegated
  }

  private func holds(_ character: UInt32) -> Bool {
    if holdsAsWritten(character) { return true }
    guard ignoresCase, let scalar = Unicode.Scalar(character) else { return false }
    return scalar.otherCases.contains { holdsAsWritten($0) }
  }

  private func holdsAsWritten(_ character: UInt32) -> Bool {
    for range in ranges where range.contains(character) { return true }
    guard !categories.isEmpty, let scalar = Unicode.Scalar(character) else { return false }
    return categories.contains { scalar.isIn(category: $0.name) != $0.isNegated }
  }
}

extension Unicode.Scalar {
  /// The same letter, large and small.
  fileprivate var otherCases: [UInt32] {
    [properties.lowercaseMapping, properties.uppercaseMapping].compactMap { text in
      let scalars = text.unicodeScalars
      return scalars.count == 1 ? scalars.first?.value : nil
    }
  }

  fileprivate func isIn(category: String) -> Bool {
    let name = properties.generalCategory.shortName
    return category == "Any" || (category.count == 1 ? name.hasPrefix(category) : name == category)
  }
}

extension Unicode.GeneralCategory {
  /// Unicode's own two letters for it.
  var shortName: String {
    switch self {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .titlecaseLetter: "Lt"
    case .modifierLetter: "Lm"
    case .otherLetter: "Lo"
    case .nonspacingMark: "Mn"
    case .spacingMark: "Mc"
    case .enclosingMark: "Me"
    case .decimalNumber: "Nd"
    case .letterNumber: "Nl"
    case .otherNumber: "No"
    case .connectorPunctuation: "Pc"
    case .dashPunctuation: "Pd"
    case .openPunctuation: "Ps"
    case .closePunctuation: "Pe"
    case .initialPunctuation: "Pi"
    case .finalPunctuation: "Pf"
    case .otherPunctuation: "Po"
    case .mathSymbol: "Sm"
    case .currencySymbol: "Sc"
    case .modifierSymbol: "Sk"
    case .otherSymbol: "So"
    case .spaceSeparator: "Zs"
    case .lineSeparator: "Zl"
    case .paragraphSeparator: "Zp"
    case .control: "Cc"
    case .format: "Cf"
    case .surrogate: "Cs"
    case .privateUse: "Co"
    case .unassigned: "Cn"
    @unknown default: "Cn"
    }
  }
}
