import KubernetesObjects

/// How often each of those who ask may do so: a bucket of requests each, which fills at a steady rate.
struct RequestRate: Sendable {
  private struct Bucket {
    var tokens: Double
    var time: Timestamp
  }

  let perSecond: Double
  let burst: Double
  /// So many who ask are told apart.
  private let limit: Int
  private var buckets: [String: Bucket] = [:]

  init(perSecond: Double = 20, burst: Double = 60, tellingApart limit: Int = 4_096) {
    self.perSecond = perSecond
    self.burst = burst
    self.limit = limit
  }

  /// Whether one more request of this one is answered now.
  mutating func admits(_ client: String, at now: Timestamp) -> Bool {
    if buckets[client] == nil, buckets.count >= limit { forgetIdle(at: now) }
    var bucket = buckets[client] ?? Bucket(tokens: burst, time: now)
    let seconds = Double(max(0, bucket.time.elapsed(to: now).milliseconds)) / 1000
    bucket.tokens = min(burst, bucket.tokens + seconds * perSecond)
    bucket.time = now
    let isAdmitted = bucket.tokens >= 1
    if isAdmitted { bucket.tokens -= 1 }
    buckets[client] = bucket
    return isAdmitted
  }

  /// Forgets whose bucket is full again; all, where that makes no room.
  private mutating func forgetIdle(at now: Timestamp) {
    let longest = burst / perSecond
    buckets = buckets.filter {
      Double($0.value.time.elapsed(to: now).milliseconds) / 1000 < longest
    }
    if buckets.count >= limit { buckets = [:] }
  }
}
