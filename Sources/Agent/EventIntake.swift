package import CloudEvents
import HTTP
import HTTPTypes
import Hummingbird
package import Monitoring
import NIOCore
import Synchronization

/// Takes CloudEvents with findings, as they are posted to the agent or come in a sink's answers.
package final class EventIntake: Sendable {
  /// How long a message may be, in bytes.
  static let largestMessage = 1 << 20
  /// How many events one may hold.
  private static let mostEvents = 1_000
  private static let longestReason = 200

  struct Counts: Sendable, Equatable {
    var taken = 0
    var late = 0
    var unusable = 0

    var byOutcome: [String: Int] { ["taken": taken, "late": late, "unusable": unusable] }
  }

  private let fleet: Fleet
  private let state = Mutex(Counts())

  package init(_ fleet: Fleet) { self.fleet = fleet }

  var counts: Counts { state.withLock { $0 } }

  @discardableResult
  package func take(_ read: ReadEvents) async -> IncomingOutcome {
    let outcome = await fleet.takeIncoming(read)
    state.withLock { counts in
      counts.taken += outcome.taken
      counts.late += outcome.late
      counts.unusable += outcome.problems.count
    }
    return outcome
  }

  /// Answers a request that posts events; an answer that says yes has no body, for Brokers would take it for
  /// an event.
  func answer(_ request: Request) async -> Response {
    let names = request.headers.map(\.name.canonicalName)
    let contentType = request.headers[.contentType]
    guard
      ReadEvents.isEventual(
        contentType: contentType,
        hasAttributes: names.contains("ce-specversion")
      )
    else {
      return refusal(.unsupportedMediaType, "CloudEvents are wanted, in binary or structured mode.")
    }
    let body: ByteBuffer
    do {
      body = try await request.body.collect(upTo: Self.largestMessage)
    } catch {
      return refusal(.contentTooLarge, "A message has \(Self.largestMessage) bytes at most.")
    }
    var headers = HTTPHeaders()
    if let contentType { headers.add("Content-Type", contentType) }
    for field in request.headers where field.name.canonicalName.hasPrefix("ce-") {
      headers.add(field.name.canonicalName, field.value)
    }
    let read = ReadEvents(
      headers: headers,
      body: Array(buffer: body),
      limit: Self.mostEvents
    )
    let outcome = await take(read)
    if outcome.isTooEarly {
      var response = refusal(.serviceUnavailable, "The cluster is not known yet.")
      response.headers[.retryAfter] = "5"
      return response
    }
    guard outcome.taken + outcome.late > 0 else {
      return refusal(.badRequest, outcome.problems.first ?? "It holds no event.")
    }
    return Response(status: .accepted)
  }

  private func refusal(_ status: HTTPResponse.Status, _ reason: String) -> Response {
    let text = reason.unicodeScalars.prefix(Self.longestReason).map { scalar in
      scalar.properties.generalCategory == .control ? " " : Character(scalar)
    }
    return Response(
      status: status,
      headers: [.contentType: "text/plain; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: String(text) + "\n"))
    )
  }
}
