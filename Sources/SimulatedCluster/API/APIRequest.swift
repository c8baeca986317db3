/// One request as the API server sees it, free of the library that received it.
struct APIRequest: Sendable {
  let method: String
  /// Percent-decoded segments, without the empty ones.
  let segments: [String]
  let path: String
  let query: Query
  /// Names in lower case.
  let headers: [String: String]
  let body: [UInt8]

  init(
    _ method: String,
    _ target: String,
    headers: [String: String] = [:],
    body: [UInt8] = []
  ) {
    self.method = method
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = String(parts.first ?? "/")
    segments = path.split(separator: "/").map { PercentEncoding.decode($0) }
    query = Query(parts.count > 1 ? String(parts[1]) : "")
    self.headers = Dictionary(
      headers.map { ($0.key.lowercased(), $0.value) },
      uniquingKeysWith: { first, _ in first }
    )
    self.body = body
  }
}

/// The parameters behind the question mark.
struct Query: Sendable {
  let text: String
  private let values: [String: String]

  init(_ text: String) {
    self.text = text
    var values: [String: String] = [:]
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count > 1 ? PercentEncoding.decode(parts[1], plusIsSpace: true) : ""
      values[PercentEncoding.decode(parts[0], plusIsSpace: true)] = value
    }
    self.values = values
  }

  subscript(name: String) -> String? { values[name] }

  /// Whether a switch is on: `watch=true`, `watch=1`, or a bare `watch`.
  func isOn(_ name: String) -> Bool {
    guard let value = values[name] else { return false }
    return value != "false" && value != "0"
  }

  func integer(_ name: String) -> Int? { values[name].flatMap(Int.init) }
}
