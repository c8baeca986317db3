/// One media range of an `Accept` header, such as `application/json;as=Table;q=0.5`.
struct AcceptedRange: Equatable {
  let type: String
  let parameters: [String: String]
  private let quality: Double

  private init?(_ text: Substring) {
    var parts = text.split(separator: ";").map { $0.trimmingSpaces() }
    guard !parts.isEmpty else { return nil }
    type = parts.removeFirst().lowercased()
    var parameters: [String: String] = [:]
    for part in parts {
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      parameters[String(halves[0])] = halves.count > 1 ? String(halves[1]) : ""
    }
    quality = parameters.removeValue(forKey: "q").flatMap(Double.init) ?? 1
    self.parameters = parameters
  }

  /// The ranges that a client takes, what it likes best first, and of equals what it says more precisely.
  static func ranges(of request: APIRequest) -> [AcceptedRange] {
    let header = request.headers["accept"] ?? ""
    let ranges = header.split(separator: ",").compactMap { AcceptedRange($0) }
      .filter { $0.quality > 0 }
    guard !ranges.isEmpty || !header.isEmpty else {
      return AcceptedRange("*/*").map { [$0] } ?? []
    }
    return ranges.enumerated()
      .sorted { left, right in
        (left.element.quality, right.element.vagueness, right.offset)
          > (right.element.quality, left.element.vagueness, left.offset)
      }
      .map(\.element)
  }

  private var vagueness: Int { type == "*/*" ? 2 : type.hasSuffix("/*") ? 1 : 0 }

  var takesJSON: Bool { ["application/json", "application/*", "*/*"].contains(type) }

  /// JSON is the first that a server offers, so a wildcard never means protobuf.
  var takesProtobuf: Bool { type == ProtobufEnvelope.mediaType }
}

extension Substring {
  fileprivate func trimmingSpaces() -> Substring {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }
}
