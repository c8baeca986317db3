import ObjectBuilders

/// Answers of a real API server.
enum Fixture: String, CaseIterable, Sendable {
  case pods = "012"
  case events = "017"
  case watch = "058"
  case conflict = "071"

  /// The documents of the body: one, or one a line of a watch.
  func documents() throws -> [[UInt8]] {
    try body().split(separator: UInt8(ascii: "\n")).map(Array.init)
  }

  /// What the server sent behind its headers.
  func body() throws -> [UInt8] { try RecordedExchange(rawValue).body }
}
