import WireFormats

/// One answer, free of the library that sends it.
struct APIResponse: Sendable {
  enum Body: Sendable {
    case whole([UInt8])
    /// Pieces that the sender asks for when it has room for them.
    case pieces(any PieceSource)
    /// Pieces that go on until the client leaves.
    case endless(any PieceSource)
  }

  var status: Int
  var headers: [(name: String, value: String)]
  var body: Body
  /// Whether the connection takes no further requests after this one.
  var endsConnection = false
  /// Is raised when a watch says that its version is forgotten.
  var expiry: ExpiryFlag?
  /// Why the request was not carried out, if that is the answer.
  private(set) var failure: APIFailure?

  init(
    status: Int = 200,
    contentType: String = "application/json",
    headers: [(name: String, value: String)] = [],
    body: Body
  ) {
    self.status = status
    self.headers =
      [("Cache-Control", "no-cache, private"), ("Content-Type", contentType)] + headers
    self.body = body
  }

  static func json(_ value: JSONValue, status: Int = 200) -> APIResponse {
    APIResponse(status: status, body: .whole(value.encoded()))
  }

  static func text(_ text: String, status: Int = 200) -> APIResponse {
    APIResponse(
      status: status,
      contentType: "text/plain; charset=utf-8",
      headers: [("X-Content-Type-Options", "nosniff")],
      body: .whole(Array(text.utf8))
    )
  }

  /// An answer that is one object.
  static func object(
    _ object: StoredObject,
    _ representation: Representation,
    status: Int = 200
  ) -> APIResponse {
    APIResponse(
      status: status,
      contentType: representation.contentType,
      body: .whole(representation.body(of: object))
    )
  }

  static func failure(_ failure: APIFailure) -> APIResponse {
    var response = json(failure.status, status: failure.code)
    response.failure = failure
    if let seconds = failure.retryAfterSeconds {
      response.headers.append(("Retry-After", String(seconds)))
    }
    return response
  }

  /// Writes a failure as protobuf for a client that likes that best; 406 itself is always JSON.
  mutating func encodeFailure(for request: APIRequest) {
    guard let failure, status != 406,
      let best = AcceptedRange.ranges(of: request).first(where: {
        ($0.takesJSON || $0.takesProtobuf) && $0.parameters["as"] == nil
      }),
      best.takesProtobuf
    else { return }
    body = .whole(failure.protobuf)
    headers = headers.map {
      $0.name == "Content-Type" ? ($0.name, ProtobufEnvelope.mediaType) : $0
    }
  }

  /// Names the queue that let the request through, as API Priority and Fairness does with all that are not refused
  /// before, nor take as long as their client likes.
  func queued(_ attributes: RequestAttributes) -> APIResponse {
    guard !attributes.takesItsTime else { return self }
    var response = self
    response.headers += [
      ("X-Kubernetes-Pf-Flowschema-Uid", "3f6f9f0e-6f0b-4a57-9c2c-5b8b5a1d7e01"),
      ("X-Kubernetes-Pf-Prioritylevel-Uid", "a1c6cf0b-0f52-4a3a-8f0e-2d6f0f2b7c02"),
    ]
    return response
  }

  /// Warns who still uses a resource that goes out of use.
  func warned(of resource: ServedResource) -> APIResponse {
    guard resource == .endpoints else { return self }
    var response = self
    let warning = "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"
    response.headers.append(("Warning", "299 - \"\(warning)\""))
    return response
  }

  /// What the server says about a path that it does not serve.
  static let noSuchPath = text("404 page not found\n", status: 404)
}

/// A body that is made piece by piece, only as fast as it is read.
protocol PieceSource: Sendable {
  /// The next piece, `nil` at the end; an error cuts the connection.
  func next() async throws -> [UInt8]?
}

/// The connection is to break off without an end.
struct ConnectionCut: Error {}
