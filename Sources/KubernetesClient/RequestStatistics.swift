import HTTP
package import KubernetesObjects
import Synchronization

/// What the requests to one API server came to.
package struct RequestStatistics: Sendable, Equatable {
  package var requests = 0
  /// Requests that failed, or whose answer broke off, whatever the reason; cancelled ones do not
  /// count.
  package var failures = 0
  /// Those of the failures that are the server's: errors of its own, and no answer at all.
  package var unanswered = 0
  /// Answers 429 and 503: the server asked to be spared.
  package var throttled = 0
  /// Bytes of all bodies, as they came over the wire.
  package var bytesReceived: UInt64 = 0
  /// Half of the last requests had the head of their answer within this time.
  package var medianLatency: Duration?
  /// 99 of 100 of the last requests had the head of their answer within this time.
  package var latency99: Duration?

  /// Until when the client certificate is valid; `nil` without one.
  package var certificateExpiry: Timestamp?
  /// From when until when the client certificate is valid; `nil` without one, and for one that a
  /// plugin renews whenever it ends.
  package var clientCertificate: CertificateValidity?
  /// From when until when the server's certificate is valid; `nil` where it showed none.
  package var serverCertificate: CertificateValidity?

  package init() {}
}

/// Counts the requests of a client; all copies of the client share it.
final class RequestMeter: Sendable {
  private static let kept = 512

  private struct State {
    var statistics = RequestStatistics()
    /// The latest latencies, a ring.
    var latencies: [Duration] = []
    var next = 0
    /// The certificate that was shown last.
    var certificate: ClientCertificate?
  }

  private let state = Mutex(State())

  func noteAnswer(after latency: Duration, status: Int) {
    state.withLock { state in
      state.statistics.requests += 1
      if status >= 400 { state.statistics.failures += 1 }
      if status >= 500 { state.statistics.unanswered += 1 }
      if status == 429 || status == 503 { state.statistics.throttled += 1 }
      if state.latencies.count < Self.kept {
        state.latencies.append(latency)
      } else {
        state.latencies[state.next] = latency
        state.next = (state.next + 1) % Self.kept
      }
    }
  }

  func noteCertificate(of identity: Identity) {
    state.withLock { state in
      guard state.certificate != identity.certificate else { return }
      state.certificate = identity.certificate
      let expiry = identity.certificate?.expiry
      state.statistics.certificateExpiry = expiry
      state.statistics.clientCertificate =
        identity.renewsCertificate
        ? nil : identity.certificate.flatMap { CertificateValidity(ofChain: $0.certificate) }
    }
  }

  /// Takes in what a handshake showed, if there was one.
  func noteServerCertificates(_ chain: [UInt8]) {
    guard !chain.isEmpty, let validity = CertificateValidity(ofChain: chain) else { return }
    state.withLock { $0.statistics.serverCertificate = validity }
  }

  func noteFailure() {
    state.withLock { state in
      state.statistics.requests += 1
      state.statistics.failures += 1
      state.statistics.unanswered += 1
    }
  }

  /// Notes that an answer broke off behind its head; the request itself is counted already.
  func noteBreak() { state.withLock { $0.statistics.failures += 1 } }

  var statistics: RequestStatistics {
    var (statistics, latencies) = state.withLock { ($0.statistics, $0.latencies) }
    latencies.sort()
    guard let longest = latencies.indices.last else { return statistics }
    statistics.medianLatency = latencies[longest / 2]
    statistics.latency99 = latencies[longest * 99 / 100]
    return statistics
  }
}
