import HTTPTypes
import Hummingbird
import Inspection
import Monitoring
import NIOCore
import WireFormats

/// Answers HTTP requests for an agent: its health, its metrics, and findings as lists and as watches.
struct AgentServer: Sendable {
  private let agent: Agent
  private let tokens: AccessTokens?

  init(_ agent: Agent, tokens: AccessTokens?) {
    self.agent = agent
    self.tokens = tokens
  }

  var router: Router<BasicRequestContext> {
    let router = Router()
    router.get("livez") { request, _ in await health(request, "livez", agent.liveness()) }
    router.get("readyz") { request, _ in await health(request, "readyz", agent.readiness()) }
    router.get("metrics") { request, _ in
      if let refusal = refusal(of: request) { return refusal }
      return await metrics(request)
    }
    router.get("api/v1/findings") { request, _ in
      if let refusal = refusal(of: request) { return refusal }
      return await findings(request)
    }
    router.get("api/v1/clusters") { request, _ in
      if let refusal = refusal(of: request) { return refusal }
      let list = ClusterDocument.list(await agent.ledger.clusters.documents)
      return json(list, status: .ok)
    }
    return router
  }

  /// Whether nobody knows who asks, where that matters.
  private func isStranger(_ request: Request) -> Bool {
    guard let tokens else { return false }
    return tokens.user(authorization: request.headers[.authorization]) == nil
  }

  /// The answer to one who may not ask; `nil` to one who may.
  private func refusal(of request: Request) -> Response? {
    guard isStranger(request) else { return nil }
    var response = json(
      FindingDocument.status(
        401,
        reason: "Unauthorized",
        "A bearer token is needed that this agent knows."
      ),
      status: .unauthorized
    )
    response.headers[.wwwAuthenticate] = "Bearer"
    return response
  }

  private func health(_ request: Request, _ endpoint: String, _ readiness: Readiness) -> Response {
    let text = readiness.text(
      endpoint,
      isVerbose: request.uri.queryParameters["verbose"] != nil,
      isForStranger: isStranger(request)
    )
    return Response(
      status: readiness.isReady ? .ok : .serviceUnavailable,
      headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text))
    )
  }

  private func metrics(_ request: Request) async -> Response {
    let format = MetricsText.Format(accept: request.headers[.accept])
    let text = MetricsText(format: format).text(of: await agent.metricFamilies())
    return Response(
      status: .ok,
      headers: [.contentType: format.mediaType],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text))
    )
  }

  private func json(_ value: JSONValue, status: HTTPResponse.Status) -> Response {
    Response(
      status: status,
      headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: value.encoded()))
    )
  }
}

// MARK: - Findings

extension AgentServer {
  private func findings(_ request: Request) async -> Response {
    let asked: FindingsRequest
    do {
      let query = request.uri.queryParameters.map { (String($0.key), String($0.value)) }
      asked = try FindingsRequest(query)
    } catch {
      let status = FindingDocument.status(400, reason: "BadRequest", error.message)
      return json(status, status: .badRequest)
    }
    return asked.isWatch ? await watch(asked, of: request) : await list(asked)
  }

  private func list(_ asked: FindingsRequest) async -> Response {
    let (entries, version) = await agent.ledger.findings(asked.filter)
    return Response(
      status: .ok,
      headers: [.contentType: "application/json"],
      body: ResponseBody { writer in
        var piece = Array(FindingDocument.listHead(version).utf8)
        for (index, entry) in entries.enumerated() {
          if index > 0 { piece.append(UInt8(ascii: ",")) }
          FindingDocument.value(of: entry.known, entry.version).encode(into: &piece)
          guard piece.count > 64 * 1024 else { continue }
          try await writer.write(ByteBuffer(bytes: piece))
          piece = []
        }
        piece += FindingDocument.listEnd.utf8
        try await writer.write(ByteBuffer(bytes: piece))
        try await writer.finish(nil)
      }
    )
  }

  private func watch(_ asked: FindingsRequest, of request: Request) async -> Response {
    let watch: FindingsWatch
    do throws(FindingLedger.Expired) {
      watch = try await FindingsWatch(agent.ledger, asked)
    } catch {
      let message = "Changes since then are not kept: list anew."
      return json(FindingDocument.expired(message), status: .gone)
    }
    return Response(
      status: .ok,
      headers: [.contentType: "application/json", .cacheControl: "no-store"],
      body: ResponseBody { writer in
        // An empty piece sends the head at once: long may pass before the first change.
        try await writer.write(ByteBuffer())
        try await request.body.consumeWithCancellationOnInboundClose { _ in
          while let piece = await watch.next() { try await writer.write(ByteBuffer(bytes: piece)) }
        }
        try await writer.finish(nil)
      }
    )
  }
}
