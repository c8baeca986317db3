package import HTTP
package import KubernetesObjects
package import WireFormats

/// Talks to one API server.
package struct KubernetesClient: Sendable {
  package let connection: ClusterConnection
  private let http: HTTPClient
  private let signer: RequestSigner
  private let userAgent: String
  private let meter = RequestMeter()
  /// What objects are asked for as, where the server has it: built-in kinds only.
  private let encoding: WireEncoding
  /// How long an answer may be silent, and the head of a watch not come.
  private let patience: Duration
  private var annotations: Set<String> = []

  /// How much of a list may wait to be decoded; a few lists run at once.
  package static let listBuffer = 768 << 10
  /// The most bytes that are read to learn why the server refuses.
  private static let refusalLimit = 1 << 20

  /// Makes a client; sign-in plugins that ask the user something do so `withTerminal`.
  ///
  /// Protobuf takes half the server's time of JSON; `encoding` is a choice for servers and proxies
  /// that cannot cope with it. An API server works on a request for a minute at most, so only tests
  /// need another `patience`.
  package init(
    _ connection: ClusterConnection,
    eventLoop: EventLoop,
    userAgent: String,
    encoding: WireEncoding = .protobuf,
    patience: Duration = .seconds(70),
    withTerminal: TerminalHandover? = nil,
    isTerminalFree: Bool = true
  ) {
    self.connection = connection
    self.userAgent = userAgent
    self.encoding = encoding
    self.patience = patience
    http = HTTPClient(connection.settings, eventLoop: eventLoop)
    let tools = SignInTools(
      eventLoop: eventLoop,
      withTerminal: withTerminal,
      isTerminalFree: isTerminalFree
    )
    signer = RequestSigner(connection, tools)
  }

  /// The same client, which keeps these annotations of objects besides those that checks read.
  package func keeping(annotations: Set<String>) -> KubernetesClient {
    var client = self
    client.annotations = annotations
    return client
  }

  /// What the requests came to so far.
  package var statistics: RequestStatistics {
    var statistics = meter.statistics
    statistics.bytesReceived = http.bytesReceived
    return statistics
  }
}

extension KubernetesClient {
  /// Leaves the connections over which nothing came lately, for they may be dead.
  package func leaveSilentConnections() { http.leaveSilentConnections(to: connection.server) }
}

// MARK: - Reading

extension KubernetesClient {
  /// Lists a resource, whose objects come as they are read; a limit of 0 asks for all at once.
  ///
  /// Of each object is kept what `projection` says besides its record; those that `filter` does not want are
  /// not read.
  package func list(
    _ resource: APIResource,
    namespace: String? = nil,
    limit: Int = 0,
    continueToken: String? = nil,
    metadataOnly: Bool = false,
    keeping projection: FieldProjection? = nil,
    of filter: NamespaceFilter? = nil,
    fieldSelector: String = ""
  ) async throws(KubernetesError) -> ListStream {
    var query = Query()
    if limit > 0 { query.add("limit", String(limit)) }
    if let continueToken { query.add("continue", continueToken) }
    if !fieldSelector.isEmpty { query.add("fieldSelector", fieldSelector) }
    let path = resource.path(namespace: namespace) + query.text
    let accept = MediaType.accept(
      encoding(of: resource, keeping: projection),
      metadataOnlyAs: metadataOnly ? "PartialObjectMetadataList" : nil
    )
    var request = request(.get, path, accept: accept)
    // However long a list is: it goes on for as long as something comes.
    request.timeouts.total = nil
    request.maximumBufferedBytes = Self.listBuffer
    request.isBulky = true
    return ListStream(
      try await body(request),
      of: resource,
      decoder: ObjectDecoder(keeping: projection, annotations: annotations, of: filter),
      path: path
    )
  }

  /// Watches a resource; the stream ends by itself after `timeout`.
  ///
  /// A server that sends nothing for `silence` counts as dead.
  package func watch(
    _ resource: APIResource,
    namespace: String? = nil,
    from start: WatchStart,
    metadataOnly: Bool = false,
    keeping projection: FieldProjection? = nil,
    of filter: NamespaceFilter? = nil,
    fieldSelector: String = "",
    timeout: Duration,
    silence: Duration
  ) async throws(KubernetesError) -> WatchStream {
    var query = Query()
    query.add("watch", "true")
    query.add("allowWatchBookmarks", "true")
    switch start {
    case .version(let version): query.add("resourceVersion", version)
    case .initialEvents:
      query.add("sendInitialEvents", "true")
      query.add("resourceVersionMatch", "NotOlderThan")
    }
    if !fieldSelector.isEmpty { query.add("fieldSelector", fieldSelector) }
    query.add("timeoutSeconds", String(timeout.components.seconds))
    let path = resource.path(namespace: namespace) + query.text
    let accept = MediaType.accept(
      encoding(of: resource, keeping: projection),
      metadataOnlyAs: metadataOnly ? "PartialObjectMetadata" : nil,
      isWatch: true
    )
    var request = request(.get, path, accept: accept)
    request.timeouts.total = nil
    request.timeouts.idle = min(silence, patience)
    let body = try await body(request)
    body.limitSilence(to: silence)
    let decoder = ObjectDecoder(keeping: projection, annotations: annotations, of: filter)
    return WatchStream(body, of: resource, decoder: decoder)
  }

  /// What objects are asked for as.
  private func encoding(
    of resource: APIResource,
    keeping projection: FieldProjection?
  ) -> WireEncoding {
    resource.kind.isBuiltIn && projection == nil ? encoding : .json
  }

  /// Gets a whole object.
  package func object(
    _ key: ObjectKey,
    of resource: APIResource
  ) async throws(KubernetesError) -> JSONValue {
    try await value(request(.get, resource.path(namespace: key.namespace, name: key.name)))
  }

  /// Gets any path of the server as JSON: discovery, versions.
  func value(at path: String, accept: String = MediaType.json) async throws(KubernetesError)
    -> JSONValue
  {
    try await value(request(.get, path, accept: accept))
  }

  /// The parts of the server that it calls failing itself, in the order of their names; none where it
  /// does not tell us.
  package func failingParts() async throws(KubernetesError) -> [String] {
    var parts: Set<String> = []
    for path in ["/readyz?verbose", "/livez?verbose"] {
      let answer = AnswerBody(
        try await exchange(request(.get, path, accept: "text/plain, */*")),
        server: connection.server,
        meter: meter
      )
      let text = try await answer.rest(limit: Self.refusalLimit)
      guard answer.head.status == 200 || answer.head.status >= 500 else { continue }
      parts.formUnion(HealthReport.failingParts(in: String(decoding: text, as: UTF8.self)))
    }
    return parts.sorted()
  }

  /// The version of the server: `v1.36.2`.
  package func serverVersion() async throws(KubernetesError) -> String {
    try await value(at: "/version")["gitVersion"]?.stringValue ?? ""
  }
}

// MARK: - Changing

extension KubernetesClient {
  /// Sends a change, or has the server check it; answers with the object, or the status, that it
  /// sends.
  package func send(_ change: ChangeRequest) async throws(KubernetesError) -> JSONValue {
    try await value(
      request(
        change.method,
        change.path,
        body: change.body.encoded(),
        contentType: change.contentType
      )
    )
  }
}

// MARK: - Asking

extension KubernetesClient {
  /// Posts a review, which changes nothing, and answers with it as the server filled it in.
  func post(_ review: JSONValue, to path: String) async throws(KubernetesError) -> JSONValue {
    try await value(request(.post, path, body: review.encoded(), contentType: MediaType.json))
  }
}

// MARK: - Exchanging

extension KubernetesClient {
  func request(
    _ method: HTTPMethod,
    _ path: String,
    accept: String = MediaType.json,
    body: [UInt8]? = nil,
    contentType: String? = nil
  ) -> HTTPRequest {
    var request = HTTPRequest(method, connection.server + path, body: body)
    request.maximumBodyBytes = 1 << 30
    request.timeouts.connect = min(request.timeouts.connect, patience)
    request.timeouts.idle = patience
    request.headers.add("Accept", accept)
    request.headers.add("User-Agent", userAgent)
    if let contentType { request.headers.add("Content-Type", contentType) }
    return request
  }

  /// The answer to a request, whatever its status; who is not let in signs in again, once.
  private func exchange(_ request: HTTPRequest) async throws(KubernetesError) -> HTTPStream {
    let identity = try await identity(insteadOf: nil) ?? Identity()
    let stream = try await exchange(request, as: identity)
    guard stream.head.status == 401, let next = try await self.identity(insteadOf: identity) else {
      return stream
    }
    stream.cancel()
    return try await exchange(request, as: next)
  }

  private func identity(insteadOf refused: Identity?) async throws(KubernetesError) -> Identity? {
    do {
      guard let refused else { return try await signer.identity() }
      return try await signer.identity(insteadOf: refused)
    } catch {
      throw KubernetesError(error)
    }
  }

  private func exchange(
    _ request: HTTPRequest,
    as identity: Identity
  ) async throws(KubernetesError) -> HTTPStream {
    let start = ContinuousClock.now
    meter.noteCertificate(of: identity)
    do {
      let stream = try await http.presenting(identity.certificate)
        .stream(signer.sign(request, as: identity))
      meter.noteAnswer(after: start.duration(to: .now), status: stream.head.status)
      meter.noteServerCertificates(stream.head.serverCertificates)
      return stream
    } catch {
      if error != .cancelled { meter.noteFailure() }
      throw KubernetesError(error, server: connection.server)
    }
  }

  /// The body of a successful answer, as it comes.
  func body(_ request: HTTPRequest) async throws(KubernetesError) -> AnswerBody {
    let body = AnswerBody(
      try await exchange(request),
      server: connection.server,
      meter: meter
    )
    guard (200..<300).contains(body.head.status) else {
      throw refusal(body.head, body: try await body.rest(limit: Self.refusalLimit))
    }
    return body
  }

  private func value(_ request: HTTPRequest) async throws(KubernetesError) -> JSONValue {
    let answer = try await body(request).rest(limit: request.maximumBodyBytes)
    do {
      return try JSONValue(parsing: answer)
    } catch {
      throw .malformedAnswer(reason: error.description)
    }
  }

  private func refusal(_ head: HTTPResponseHead, body: [UInt8]) -> KubernetesError {
    let decoded = try? APIStatus(decoding: body.span.bytes, encoding: head.encoding)
    var status = decoded ?? APIStatus()
    status.code = head.status
    if status.message.isEmpty { status.message = "HTTP status \(head.status)" }
    let retryAfter = head.headers["Retry-After"].flatMap(Int.init).map { Duration.seconds($0) }
    return KubernetesError(status, retryAfter: retryAfter, server: connection.server)
  }
}
