import HTTPTypes
import Hummingbird
import Inspection
import Monitoring
import NIOCore
import WireFormats

/// Answers HTTP requests for an agent: its health, its metrics, findings as lists and as watches, and takes
/// events with findings.
struct AgentServer: Sendable {
  private let agent: Agent
  private let access: AccessMiddleware
  private let eventAccess: AccessMiddleware

  init(_ agent: Agent, authority: (any RequestAuthority)?, clock: WallClock = .system) {
    self.agent = agent
    access = AccessMiddleware(authority, clock: clock)
    // A Broker brings an event in each request.
    let rate = RequestRate(perSecond: 1_000, burst: 5_000)
    eventAccess = AccessMiddleware(authority, rate: rate, clock: clock)
  }

  var router: Router<AgentRequestContext> {
    let router = Router(context: AgentRequestContext.self)
    // The kubelet brings no token, and must be answered whoever else asks.
    router.get("livez") { request, _ in await health(request, "livez", agent.liveness()) }
    router.get("readyz") { request, _ in await health(request, "readyz", agent.readiness()) }
    let guarded = router.group().add(middleware: access)
    guarded.get("metrics") { request, _ in await metrics(request) }
    guarded.get("api/v1/findings") { request, _ in await findings(request) }
    guarded.get("api/v1/coverage") { _, _ in
      guard let coverage = await agent.coverage() else {
        return Response.refusal(404, "NotFound", "This agent covers all that there is.")
      }
      return .json(coverage.json)
    }
    guarded.get("api/v1/clusters") { _, _ in
      Response.json(ClusterDocument.list(await agent.ledger.clusters.documents))
    }
    router.group().add(middleware: eventAccess)
      .post("/") { request, _ in await agent.intake.answer(request) }
    return router
  }

  private func health(
    _ request: Request,
    _ endpoint: String,
    _ readiness: Readiness
  ) async -> Response {
    let text = readiness.text(
      endpoint,
      isVerbose: request.uri.queryParameters["verbose"] != nil,
      isForStranger: await access.isStranger(request)
    )
    return Response(
      status: readiness.isReady ? .ok : .serviceUnavailable,
      headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text))
    )
  }

  private func metrics(_ request: Request) async -> Response {
    let format = MetricsText.Format(accept: request.headers[.accept])
    let refusals = MetricFamily.refusedRequests(access.refused + eventAccess.refused)
    let families = await agent.metricFamilies() + [refusals]
    let text = MetricsText(format: format).text(of: families)
    return Response(
      status: .ok,
      headers: [.contentType: format.mediaType],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text))
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
      return .refusal(400, "BadRequest", error.message)
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
      return .json(FindingDocument.expired(message), status: .gone)
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
