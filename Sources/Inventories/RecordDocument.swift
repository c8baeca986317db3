import UserConfiguration
import WireFormats
import YAMLReading

/// A document with records: a file, or one page of an endpoint's answer.
struct RecordDocument {
  /// Why it cannot be read, and where.
  struct Problem: Error, Equatable {
    let line: Int
    let reason: String
  }

  /// How many records there were.
  private(set) var count = 0
  /// What stands around the list of records: the link to the next page, perhaps.
  private(set) var rest = JSONValue.null

  /// Reads a document, and hands each record to `take` with the line of a file where it begins, or else
  /// its number.
  init(
    _ bytes: [UInt8],
    as format: InventorySource.Format,
    records path: RecordPath,
    _ take: (JSONValue, _ place: String) -> Void
  ) throws(Problem) {
    switch format {
    case .json: try readJSON(bytes, path, take)
    case .yaml: try readYAML(bytes, path, take)
    case .csv: try readCSV(bytes, take)
    }
  }

  private mutating func readCSV(
    _ bytes: [UInt8],
    _ take: (JSONValue, String) -> Void
  ) throws(Problem) {
    let text = try Self.text(bytes)
    do {
      for row in try CSVText(text).rows {
        count += 1
        take(row.record, "line \(row.line)")
      }
    } catch {
      throw Problem(line: error.line, reason: error.reason)
    }
  }

  private mutating func readYAML(
    _ bytes: [UInt8],
    _ path: RecordPath,
    _ take: (JSONValue, String) -> Void
  ) throws(Problem) {
    let text = try Self.text(bytes)
    do {
      rest = JSONValue(try YAMLValue(parsing: text, path: "").node)
    } catch .notYAML(_, let line, _, let reason) {
      throw Problem(line: line, reason: "not valid YAML: \(reason)")
    } catch {
      throw Problem(line: 1, reason: "not valid YAML")
    }
    guard let records = path.values(in: rest).first?.arrayValue else {
      throw Problem(line: 1, reason: "there is no list at \(path)")
    }
    for record in records {
      count += 1
      take(record, "record \(count)")
    }
  }

  private static func text(_ bytes: [UInt8]) throws(Problem) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Problem(line: 1, reason: "it is not UTF-8")
    }
    return text
  }
}

// MARK: - JSON

extension RecordDocument {
  /// Reads record by record: a tree of a million of them would take gigabytes.
  private mutating func readJSON(
    _ bytes: [UInt8],
    _ path: RecordPath,
    _ take: (JSONValue, String) -> Void
  ) throws(Problem) {
    var hasList = false
    do {
      var reader = JSONReader(bytes.span.bytes)
      rest = try walk(&reader, path.steps[...], &hasList, take)
      try reader.end()
    } catch {
      let line = bytes.prefix(error.offset).count { $0 == UInt8(ascii: "\n") } + 1
      throw Problem(line: line, reason: "not valid JSON: \(error.fault)")
    }
    guard hasList else { throw Problem(line: 1, reason: "there is no list at \(path)") }
  }

  /// Reads a value; what is at the end of the path is taken record by record, and left out of what is
  /// returned.
  private mutating func walk(
    _ reader: inout JSONReader,
    _ steps: ArraySlice<RecordPath.Step>,
    _ hasList: inout Bool,
    _ take: (JSONValue, String) -> Void
  ) throws(WireError) -> JSONValue {
    guard let step = steps.first else {
      guard !hasList else { return try reader.value() }
      hasList = true
      try reader.beginArray()
      while try reader.nextElement() {
        count += 1
        take(try reader.value(), "record \(count)")
      }
      return .array([])
    }
    // Lists on the way are those of no document that is known; they lead nowhere.
    guard case .name(let name) = step else { return try reader.value() }
    var members: [String: JSONValue] = [:]
    try reader.beginObject()
    while let key = try reader.nextKey() {
      members[key] =
        key == name ? try walk(&reader, steps.dropFirst(), &hasList, take) : try reader.value()
    }
    return .object(members)
  }
}
