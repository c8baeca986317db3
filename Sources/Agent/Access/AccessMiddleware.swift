import HTTPTypes
import Hummingbird
import KubernetesObjects
import Monitoring
import NIOCore
import Synchronization
import WireFormats

/// What the agent knows of a request besides itself: from which machine it comes.
struct AgentRequestContext: RemoteAddressRequestContext {
  var coreContext: CoreRequestContextStorage
  let remoteAddress: SocketAddress?

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    remoteAddress = source.channel.remoteAddress
  }
}

/// Lets those requests through that may be made, as often as they may be.
final class AccessMiddleware: RouterMiddleware {
  private let authority: (any RequestAuthority)?
  private let clock: WallClock
  private let rate: Mutex<RequestRate>
  private let refusals = Mutex(Refusals())

  /// How many requests were not answered, and why.
  struct Refusals: Sendable, Equatable {
    var unknown = 0
    var forbidden = 0
    var tooMany = 0
    var unavailable = 0
  }

  /// Without an authority everybody may do everything.
  init(_ authority: (any RequestAuthority)?, rate: RequestRate = RequestRate(), clock: WallClock) {
    self.authority = authority
    self.clock = clock
    self.rate = Mutex(rate)
  }

  @concurrent func handle(
    _ request: Request,
    context: AgentRequestContext,
    next: @concurrent (Request, AgentRequestContext) async throws -> Response
  ) async throws -> Response {
    // By machine and not by user: whoever guesses tokens has many.
    let client = context.remoteAddress?.ipAddress ?? ""
    guard rate.withLock({ $0.admits(client, at: clock.now()) }) else {
      refusals.withLock { $0.tooMany += 1 }
      return .refusal(429, "TooManyRequests", "So many requests are not answered: wait a second.")
    }
    switch await verdict(on: request) {
    case .allowed: return try await next(request, context)
    case .unknown:
      refusals.withLock { $0.unknown += 1 }
      return .refusal(401, "Unauthorized", "A bearer token is needed that this agent knows.")
    case .forbidden(let user, let reason):
      refusals.withLock { $0.forbidden += 1 }
      let verb = request.method.rawValue.lowercased()
      let why = reason.isEmpty ? "" : ": \(reason)"
      return .refusal(403, "Forbidden", "\(user) cannot \(verb) path \(request.uri.path)\(why)")
    case .unavailable(let reason):
      refusals.withLock { $0.unavailable += 1 }
      return .refusal(503, "ServiceUnavailable", reason)
    }
  }

  /// Whether somebody may know more than everybody.
  func isStranger(_ request: Request) async -> Bool {
    if case .allowed = await verdict(on: request) { false } else { true }
  }

  private func verdict(on request: Request) async -> RequestVerdict {
    guard let authority else { return .allowed(user: "") }
    return await authority.verdict(
      on: RequestQuestion(
        authorization: request.headers[.authorization],
        verb: request.method.rawValue.lowercased(),
        path: request.uri.path
      )
    )
  }

  var refused: Refusals { refusals.withLock { $0 } }
}

extension AccessMiddleware.Refusals {
  static func + (left: Self, right: Self) -> Self {
    Self(
      unknown: left.unknown + right.unknown,
      forbidden: left.forbidden + right.forbidden,
      tooMany: left.tooMany + right.tooMany,
      unavailable: left.unavailable + right.unavailable
    )
  }
}

extension MetricFamily {
  static func refusedRequests(_ counts: AccessMiddleware.Refusals) -> MetricFamily {
    var family = MetricFamily(
      "kpatrol_requests_refused",
      .counter,
      "Requests to the agent that were not answered, by why."
    )
    family.add(Double(counts.unknown), ("reason", "unknown"))
    family.add(Double(counts.forbidden), ("reason", "forbidden"))
    family.add(Double(counts.tooMany), ("reason", "rate"))
    family.add(Double(counts.unavailable), ("reason", "unavailable"))
    return family
  }
}

extension Response {
  /// A refusal as the Kubernetes API tells one.
  static func refusal(_ code: Int, _ reason: String, _ message: String) -> Response {
    var response = json(
      FindingDocument.status(code, reason: reason, message),
      status: HTTPResponse.Status(code: code)
    )
    switch code {
    case 401: response.headers[.wwwAuthenticate] = "Bearer"
    case 429, 503: response.headers[.retryAfter] = "1"
    default: break
    }
    return response
  }

  static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status,
      headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: value.encoded()))
    )
  }
}
