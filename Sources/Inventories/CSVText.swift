import WireFormats

/// Comma-separated values with a header line (RFC 4180); semicolons and tabs separate as well, where
/// the header has no comma.
struct CSVText {
  /// A row as a record, and the line where it begins.
  struct Row {
    let line: Int
    let record: JSONValue
  }

  /// A place that cannot be read.
  struct Problem: Error, Equatable {
    let line: Int
    let reason: String
  }

  private(set) var rows: [Row] = []

  init(_ text: String) throws(Problem) {
    // A mark of the byte order is no part of the first name.
    let text = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : Substring(text)
    let firstLine = text.prefix { !$0.isNewline }
    let separator: Character =
      [",", ";", "\t"].first { firstLine.contains($0) } ?? ","
    var names: [String] = []
    for (line, fields) in try Self.lines(of: text, separator) {
      guard fields.count > 1 || !(fields.first ?? "").isEmpty else { continue }
      if names.isEmpty {
        names = fields.map(\.trimmed)
        if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
          throw Problem(line: line, reason: "the header has \"\(twice)\" twice")
        }
        continue
      }
      guard fields.count <= names.count else {
        let reason = "\(fields.count) fields, where the header has \(names.count)"
        throw Problem(line: line, reason: reason)
      }
      let members = zip(names, fields).map { ($0, JSONValue.string($1)) }
      rows.append(Row(line: line, record: .object(Dictionary(members) { first, _ in first })))
    }
  }

  /// The fields of each line; a quoted field may go on over several.
  private static func lines(
    of text: Substring,
    _ separator: Character
  ) throws(Problem) -> [(line: Int, fields: [String])] {
    var lines: [(line: Int, fields: [String])] = []
    var fields: [String] = []
    var field = ""
    var isQuoted = false
    var wasQuoted = false
    var (line, start) = (1, 1)
    var position = text.startIndex
    while position < text.endIndex {
      let character = text[position]
      let next = text.index(after: position)
      position = next
      if isQuoted {
        if character.isNewline { line += 1 }
        guard character == "\"" else {
          field.append(character)
          continue
        }
        if next < text.endIndex, text[next] == "\"" {
          field.append("\"")
          position = text.index(after: next)
        } else {
          isQuoted = false
        }
      } else if character == "\"", field.isEmpty, !wasQuoted {
        isQuoted = true
        wasQuoted = true
      } else if character == separator || character.isNewline {
        fields.append(field)
        field = ""
        wasQuoted = false
        guard character.isNewline else { continue }
        lines.append((start, fields))
        fields = []
        line += 1
        start = line
      } else {
        field.append(character)
      }
    }
    guard !isQuoted else { throw Problem(line: start, reason: "a quote is not closed") }
    if !field.isEmpty || !fields.isEmpty { lines.append((start, fields + [field])) }
    return lines
  }
}
