/// Lets findings share the paths of their evidence, which are the same for most objects of a kind.
struct SharedTexts: Sendable {
  /// How many are remembered before all are forgotten, for some name a container or a key.
  private static let limit = 4096
  /// Up to how many bytes a string has no storage of its own.
  private static let inlineLength = 15

  private var texts: Set<String> = []

  /// The same evidence, its paths sharing their storage with equal ones.
  mutating func sharing(_ evidence: [Evidence]) -> [Evidence] {
    evidence.map { item in
      guard item.path.utf8.count > Self.inlineLength else { return item }
      if texts.count >= Self.limit { texts = [] }
      let path = texts.insert(item.path).memberAfterInsert
      return Evidence(item.source, path, item.value)
    }
  }
}

extension String {
  /// The same text with no more room than it needs; what was put together piece by piece has up to twice
  /// as much.
  var compact: String { String(copying: utf8Span) }
}
