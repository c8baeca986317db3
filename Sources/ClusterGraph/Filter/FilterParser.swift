import KubernetesObjects
import NameMatching

/// A column of a list that terms of a filter may name.
package struct FilterColumn: Sendable, Equatable {
  package let name: String
  package let aliases: [String]
  /// Whether it holds paths, of which a whole one, as `risk/quota`, means just itself.
  package let isPath: Bool

  package init(_ name: String, _ aliases: String..., isPath: Bool = false) {
    self.name = name
    self.aliases = aliases
    self.isPath = isPath
  }
}

extension FilterExpression {
  /// Reads what is typed above a list that has these columns.
  ///
  /// Words must all occur; one with signs of a regular expression is one; `!word` must not occur; `column:word` looks
  /// in that column alone, `-l app=cart,tier in (web,api)` at labels, and `-f word` for letters in
  /// their order. Quotes hold blanks, and make plain what is in them.
  package init(parsing text: String, columns: [FilterColumn]) throws(FilterMistake) {
    var terms: [Term] = []
    var rest = try Self.words(of: text)[...]
    while let word = rest.popFirst() {
      switch word.text {
      case "-l" where word.quoted == nil:
        let joined = LabelSelector.joining(rest.map(\.text))
        guard let selector = joined.first else { continue }
        rest = rest.dropFirst(selector.split(separator: " ").count)
        do {
          terms.append(Term(.labels(try LabelSelector(parsing: selector))))
        } catch {
          throw .selector(error)
        }
      case "-f" where word.quoted == nil:
        guard let letters = rest.popFirst() else { continue }
        terms.append(Term(.fuzzy(FuzzyFilter(letters.text))))
      default:
        if let term = try Self.term(word, columns) { terms.append(term) }
      }
    }
    self.init(terms)
  }

  /// A word, and from which character on it was in quotes.
  private struct Word {
    var text = ""
    var quoted: Int?
  }

  /// What stands between blanks that are in no quotes or parentheses.
  private static func words(of text: String) throws(FilterMistake) -> [Word] {
    var words = [Word()]
    var (isQuoted, depth) = (false, 0)
    for character in text {
      let last = words.count - 1
      switch character {
      case "\"":
        isQuoted.toggle()
        words[last].quoted = words[last].quoted ?? words[last].text.count
        continue
      case " " where !isQuoted && depth == 0:
        words.append(Word())
        continue
      case "(" where !isQuoted: depth += 1
      case ")" where !isQuoted: depth = max(0, depth - 1)
      default: break
      }
      words[last].text.append(character)
    }
    if isQuoted { throw .unclosedQuote }
    return words.filter { !$0.text.isEmpty }
  }

  private static func term(
    _ word: Word,
    _ columns: [FilterColumn]
  ) throws(FilterMistake) -> Term? {
    var text = word.text[...]
    let isInverse = text.first == "!" && word.quoted != 0
    if isInverse { text.removeFirst() }
    var column: FilterColumn?
    let name = text.prefix { $0.isASCII && ($0.isLetter || $0 == "-") }
    let isNamed = text.dropFirst(name.count).first == ":" && !name.isEmpty
    if isNamed, word.quoted.map({ $0 > name.count }) ?? true {
      let wanted = name.lowercased()
      column = columns.first { $0.name == wanted || $0.aliases.contains(wanted) }
      if column == nil {
        let names = columns.flatMap { [$0.name] + $0.aliases }
        throw .noColumn(
          String(name),
          word: String(text),
          nearest: wanted.nearest(of: names),
          all: columns.map(\.name)
        )
      }
      text = text.dropFirst(name.count + 1)
    }
    guard !text.isEmpty else { return nil }
    let test = try test(String(text), isQuoted: word.quoted != nil, column)
    return Term(test, column: column?.name, isInverse: isInverse)
  }

  private static func test(
    _ text: String,
    isQuoted: Bool,
    _ column: FilterColumn?
  ) throws(FilterMistake) -> FilterTest {
    guard !isQuoted else { return FilterTest(text) }
    if text.count > 2, text.hasPrefix("/"), text.hasSuffix("/") {
      return .pattern(try FilterPattern(String(text.dropFirst().dropLast())))
    }
    // A point alone makes none: names, versions and addresses have them.
    if text.contains(where: { "^$*+?()[]{}|\\".contains($0) }) {
      return .pattern(try FilterPattern(text))
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if column?.isPath == true, parts.count > 1, parts.last?.isEmpty == false {
      return .whole(text.lowercased())
    }
    return FilterTest(text)
  }
}
