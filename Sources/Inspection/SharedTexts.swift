/// Lets findings share texts: the paths of their evidence, which are the same for most objects of a kind,
/// and whose they are.
package struct SharedTexts: Sendable {
  /// How many are remembered before all are forgotten, for some name a container or a key.
  private static let limit = 4096
  /// Up to how many bytes a string has no storage of its own.
  private static let inlineLength = 15

  private var texts: Set<String> = []

  package init() {}

  /// The same text, sharing its storage with an equal one that came lately.
  package mutating func sharing(_ text: String) -> String {
    guard text.utf8.count > Self.inlineLength else { return text }
    if texts.count >= Self.limit { texts = [] }
    return texts.insert(text).memberAfterInsert
  }

  /// The same evidence, its paths sharing their storage with equal ones.
  mutating func sharing(_ evidence: [Evidence]) -> [Evidence] {
    evidence.map { Evidence($0.source, sharing($0.path), $0.value) }
  }
}

extension String {
  /// The same text with no more room than it needs; what was put together piece by piece has up to twice
  /// as much.
  var compact: String { String(copying: utf8Span) }
}
