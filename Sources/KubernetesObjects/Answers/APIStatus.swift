package import WireFormats

/// Why the API server refused (`meta.v1.Status`).
package struct APIStatus: Hashable, Sendable {
  /// The HTTP status code.
  package var code = 0
  /// The machine-readable reason: `NotFound`, `Conflict`, `Expired`.
  package var reason = ""
  package var message = ""
  package var retryAfterSeconds: Int?
  /// The messages of `details.causes`.
  package var causes: [String] = []

  package init() {}
}

extension APIStatus {
  private enum Field: Int, WireField {
    case message = 3, reason, details, code
    static let fieldNames = FieldNames<Self>()
  }

  private enum DetailsField: Int, WireField {
    case causes = 4, retryAfterSeconds
    static let fieldNames = FieldNames<Self>()
  }

  private enum CauseField: Int, WireField {
    case message = 2
    static let fieldNames = FieldNames<Self>()
  }

  package init(decoding bytes: RawSpan, encoding: WireEncoding = .json) throws(WireError) {
    switch encoding {
    case .json:
      var reader = JSONReader(bytes)
      self = try reader.readFields { fields throws(WireError) in try Self(reading: &fields) }
      try reader.end()
    case .protobuf:
      let envelope = try ProtobufEnvelope(whole: bytes, in: 0..<bytes.byteCount)
      var fields = FieldReader(bytes, protobufMessage: envelope.message)
      try self.init(reading: &fields)
    }
  }

  init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .message: message = try reader.string()
      case .reason: reason = try reader.string()
      case .code: code = Int(try reader.integer())
      case .details: try readDetails(from: &reader)
      }
    }
  }

  private mutating func readDetails(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(DetailsField.self) {
      switch field {
      case .retryAfterSeconds: retryAfterSeconds = Int(try reader.integer())
      case .causes:
        try reader.beginArray()
        while try reader.nextElement() {
          try reader.beginObject()
          while try reader.nextField(CauseField.self) != nil {
            causes.append(try reader.string())
          }
        }
      }
    }
  }
}
