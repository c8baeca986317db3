/// Which columns a user wants to see, where that is not what is shown by itself.
struct ColumnChoice: Sendable, Equatable {
  private var hidden: Set<String> = []
  private var added: Set<String> = []

  init() {}

  /// Reads ``text``; what it does not understand, it passes over.
  init(_ text: String) {
    for line in text.split(separator: "\n") {
      if line.hasPrefix("-") { hidden.insert(String(line.dropFirst())) }
      if line.hasPrefix("+") { added.insert(String(line.dropFirst())) }
    }
  }

  /// A line for each column: `-NODE`, `+IP`.
  var text: String {
    (hidden.map { "-\($0)" } + added.map { "+\($0)" }).sorted().joined(separator: "\n")
  }

  var isEmpty: Bool { hidden.isEmpty && added.isEmpty }

  func shows(_ column: String, byDefault: Bool) -> Bool {
    byDefault ? !hidden.contains(column) : added.contains(column)
  }

  mutating func toggle(_ column: String, byDefault: Bool) {
    if byDefault {
      if hidden.remove(column) == nil { hidden.insert(column) }
    } else if added.remove(column) == nil {
      added.insert(column)
    }
  }
}
