import Foundation

/// What an answer's status means for the events that were sent, by Knative's contract of the data plane.
package enum DeliveryVerdict: Sendable, Equatable {
  /// They arrived; only with 200 an answer may hold events.
  case delivered(mayReply: Bool)
  /// They are sent again, not before so long.
  case retry(after: Duration?)
  /// These are never taken, however often they are sent.
  case refused
  /// None are taken from us here: who asks, or where, is wrong, and not what is sent.
  case turnedAway

  /// No recipient is waited for any longer because it says so.
  private static let longestWait = Duration.seconds(3600)

  /// What a status means; `now`, in seconds since 1970, is for a `Retry-After` that is a date.
  package init(
    status: Int,
    retryAfter: String? = nil,
    now: Double = Date().timeIntervalSince1970
  ) {
    switch status {
    case 200: self = .delivered(mayReply: true)
    case 201..<300: self = .delivered(mayReply: false)
    // A request that took too long is one of the others in the contract, and retried by Knative itself.
    case 404, 408, 409, 429, 500..<600: self = .retry(after: Self.wait(retryAfter, now))
    // Where an answer leads is for the configuration to say: the events might go to anybody.
    case 100..<200, 300..<400, 401, 403, 405, 407: self = .turnedAway
    case 400..<500: self = .refused
    // What no table knows is tried again.
    default: self = .retry(after: nil)
    }
  }

  /// How long to wait: RFC 9110 §10.2.3 has seconds or a date, which may be past.
  private static func wait(_ text: String?, _ now: Double) -> Duration? {
    guard let text else { return nil }
    if let seconds = Int(text) {
      guard seconds >= 0 else { return nil }
      return seconds > 3600 ? longestWait : .seconds(seconds)
    }
    guard let time = HTTPDate.seconds(text) else { return nil }
    return min(longestWait, .seconds(max(0, (time - now).rounded(.up))))
  }
}

/// Dates in header fields (RFC 9110 §5.6.7), in the one form that is still written.
enum HTTPDate {
  /// Seconds since 1970; `nil` where the text is no such date.
  static func seconds(_ text: String) -> Double? {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "GMT")
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return formatter.date(from: text)?.timeIntervalSince1970
  }
}

/// How long to wait between attempts at one recipient.
package struct DeliveryBackoff: Sendable, Equatable {
  package let first: Duration
  package let longest: Duration

  package init(first: Duration = .milliseconds(500), longest: Duration = .seconds(30)) {
    self.first = first
    self.longest = longest
  }

  /// The wait after so many failures in a row: twice as long each time, up to a limit, and by `chance`, from
  /// 0 to 1, up to half of it less, so that many senders do not come back at once.
  ///
  /// It is as long as the recipient says, at least.
  package func wait(
    afterFailures count: Int,
    atLeast wanted: Duration?,
    chance: Double
  ) -> Duration {
    let doubled = first * (1 << min(max(count - 1, 0), 16))
    let shortened = min(doubled, longest) * (1 - min(max(chance, 0), 1) / 2)
    return max(shortened, wanted ?? .zero)
  }
}
