/// A request's method (RFC 9110 §9).
package enum HTTPMethod: String, Sendable {
  case get = "GET"
  case post = "POST"
  case put = "PUT"
  case patch = "PATCH"
  case delete = "DELETE"
}

/// The header fields of a message, in order; names are compared without regard to case.
package struct HTTPHeaders: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  package private(set) var fields: [Field] = []

  package struct Field: Sendable, Equatable {
    package let name: String
    package let value: String
  }

  package init() {}

  package init(dictionaryLiteral fields: (String, String)...) {
    for (name, value) in fields { add(name, value) }
  }

  /// Adds a field; what would end its line becomes a blank, so that no value starts another field.
  package mutating func add(_ name: String, _ value: String) {
    let isPlain = value.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x09 }
    let safe = isPlain ? value : String(value.map { $0.isNewline || $0 == "\0" ? " " : $0 })
    fields.append(Field(name: name, value: safe))
  }

  /// The first value of a field; setting one replaces all.
  package subscript(name: String) -> String? {
    get {
      let name = name.lowercased()
      return fields.first { $0.name.lowercased() == name }?.value
    }
    set {
      let lowercased = name.lowercased()
      fields.removeAll { $0.name.lowercased() == lowercased }
      if let newValue { add(name, newValue) }
    }
  }
}

/// How long the parts of an exchange may take.
package struct HTTPTimeouts: Sendable, Equatable {
  /// Until the connection stands, its TLS handshake included.
  package var connect: Duration
  /// For the whole exchange; `nil` for streams that go on.
  package var total: Duration?
  /// Without a byte, while the receiver is willing; `nil` for ever.
  package var idle: Duration?

  package init(
    connect: Duration = .seconds(10),
    total: Duration? = .seconds(60),
    idle: Duration? = nil
  ) {
    self.connect = connect
    self.total = total
    self.idle = idle
  }
}

/// A request; credentials stand in `headers` and are never described.
package struct HTTPRequest: Sendable {
  package var method: HTTPMethod
  package var url: String
  package var headers: HTTPHeaders
  package var body: [UInt8]?
  package var timeouts: HTTPTimeouts
  /// How many bytes a whole answer may have.
  package var maximumBodyBytes: Int
  /// How many bytes may wait for a slow receiver before the transfer pauses.
  ///
  /// A pause costs a round trip or two, so a long answer that shall be quick wants a megabyte.
  package var maximumBufferedBytes = 256 << 10
  /// Whether the answer is so long that it wants a connection of its own, over HTTP/1.1.
  ///
  /// There TCP holds back what the receiver has no room for, where over HTTP/2 libcurl keeps up to
  /// 32 MiB of it; and servers write long answers faster.
  package var isBulky = false

  package init(
    _ method: HTTPMethod = .get,
    _ url: String,
    headers: HTTPHeaders = [:],
    body: [UInt8]? = nil,
    timeouts: HTTPTimeouts = HTTPTimeouts(),
    maximumBodyBytes: Int = 64 << 20
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeouts = timeouts
    self.maximumBodyBytes = maximumBodyBytes
  }
}

/// What comes before the body of an answer.
package struct HTTPResponseHead: Sendable, Equatable {
  package enum Version: Sendable { case http1, http2 }

  package var status: Int
  package var version: Version
  package var headers: HTTPHeaders
  /// The chain of certificates that the server showed, in PEM; empty where the connection stood
  /// already.
  package var serverCertificates: [UInt8] = []
}

/// A whole answer.
package struct HTTPResponse: Sendable, Equatable {
  package let head: HTTPResponseHead
  package let body: [UInt8]

  package var status: Int { head.status }
}

extension HTTPHeaders: Redacted {
  /// The names alone: values may be credentials.
  package var description: String { "[\(fields.map(\.name).joined(separator: ", "))]" }
}

extension HTTPHeaders.Field: Redacted {
  package var description: String { name }
}

extension HTTPRequest: Redacted {
  package var description: String { "\(method.rawValue) \(url)" }
}
