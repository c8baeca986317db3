import HTTP

/// The body of an API server's answer as it comes; that it breaks off is counted.
struct AnswerBody: Sendable {
  let head: HTTPResponseHead
  let server: String
  private let stream: HTTPStream
  private let meter: RequestMeter

  init(_ stream: HTTPStream, server: String, meter: RequestMeter) {
    head = stream.head
    self.stream = stream
    self.server = server
    self.meter = meter
  }

  /// Waits for the next bytes; `nil` at the end of the body.
  func nextChunk() async throws(KubernetesError) -> [UInt8]? {
    do {
      return try await stream.nextChunk()
    } catch {
      throw noted(error)
    }
  }

  /// Waits for all bytes that are still to come.
  func rest(limit: Int) async throws(KubernetesError) -> [UInt8] {
    do {
      return try await stream.body(limit: limit)
    } catch {
      throw noted(error)
    }
  }

  /// Counts the answer as broken off where nobody wanted its end.
  private func noted(_ error: HTTPError) -> KubernetesError {
    if error != .cancelled { meter.noteBreak() }
    return KubernetesError(error, server: server)
  }

  /// Ends the answer, from now on, when nothing comes for so long.
  func limitSilence(to limit: Duration) { stream.limitSilence(to: limit) }

  func cancel() { stream.cancel() }
}
