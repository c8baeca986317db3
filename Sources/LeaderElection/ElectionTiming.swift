/// How long who waits for what; the defaults are client-go's.
package struct ElectionTiming: Sendable, Equatable {
  /// For so long others leave a Lease alone whose holder is not heard of.
  package var lease = Duration.seconds(15)
  /// A holder who could not renew for so long acts no more.
  package var renewDeadline = Duration.seconds(10)
  /// How often a holder renews, and others look; those a little less often, by chance.
  package var retry = Duration.seconds(2)

  package init() {}

  /// Why they do not go together, as client-go demands it; `nil` where they do.
  package var mistake: String? {
    if lease <= renewDeadline { return "the lease must last longer than the renew deadline" }
    if renewDeadline <= retry * Self.jitter {
      return "the renew deadline must be more than \(Self.jitter) times the retry period"
    }
    return retry > .zero ? nil : "the retry period must be over 0"
  }

  /// client-go's `JitterFactor`.
  package static let jitter = 1.2

  /// How long one who does not hold a Lease waits until the next look; `chance` is from 0 to 1.
  package func pause(chance: Double) -> Duration { retry * (1 + chance * Self.jitter) }
}
