import DequeModule
import Inspection
package import KubernetesObjects
package import Monitoring
import WireFormats

/// The findings as they stand, and their last changes, numbered, for whoever follows them over HTTP.
///
/// Changes are kept for those who were away for a while; who was away for longer lists anew.
package actor FindingLedger {
  /// How many changes are kept.
  package static let keptChanges = 20_000

  /// What became of one finding.
  package struct Change: Sendable {
    package let version: FindingVersion
    /// As it was before; `nil` where it is new.
    package let old: KnownFinding?
    /// As it is; `nil` where it is over, or moved.
    package let new: KnownFinding?
    /// Whether it happened, and is not merely seen for the first time.
    package let isNews: Bool
    /// Whether others tell of it from now on, so that it is not known to be over.
    package var isMoved = false
  }

  /// A finding and the version since which it is so.
  package struct Entry: Sendable {
    package let known: KnownFinding
    package let version: FindingVersion
  }

  /// Somebody asks for changes that are not kept any more.
  package struct Expired: Error {}

  private let instance: String
  private let limit: Int
  private var number: UInt64 = 0
  private var entries: [FindingID: Entry] = [:]
  private var changes: Deque<Change> = []
  private var followers: [Int: AsyncStream<Void>.Continuation] = [:]
  private var nextFollower = 0
  /// How the clusters stand, as documents; another number whenever that is told anew.
  private(set) var clusters: (documents: [JSONValue], revision: Int) = ([], 0)
  /// What of the clusters is covered: all findings of that are among those that there are.
  private(set) var coverages: [String: Coverage] = [:]
  private var clustersTold: ContinuousClock.Instant?

  /// What changes all the time of clusters is told so often.
  private static let clustersInterval = Duration.seconds(5)

  /// Begins without findings; `instance` tells this agent from those before it.
  package init(instance: String, keeping limit: Int = keptChanges) {
    self.instance = instance
    self.limit = limit
  }

  /// The same for an agent that begins now.
  package init(at now: Timestamp) {
    self.init(instance: FindingVersion.instance(at: now))
  }

  package var version: FindingVersion { FindingVersion(instance: instance, number: number) }

  /// Takes in what became of findings; of clusters that are not among the `inspected` none of it is news.
  package func take(_ news: FindingsNews, inspected: Set<String>? = nil) {
    func isNews(_ finding: Finding) -> Bool { inspected?.contains(finding.cluster) ?? true }
    let before = number
    for finding in news.gone {
      guard let old = entries.removeValue(forKey: finding.id) else { continue }
      note(old: old.known, new: nil, isNews: isNews(finding))
    }
    for finding in news.moved {
      guard let old = entries.removeValue(forKey: finding.id) else { continue }
      note(old: old.known, new: nil, isNews: false, isMoved: true)
    }
    for known in news.changed {
      let old = entries[known.finding.id]?.known
      guard old != known else { continue }
      note(old: old, new: known, isNews: isNews(known.finding))
      entries[known.finding.id] = Entry(known: known, version: version)
    }
    guard number != before else { return }
    for follower in followers.values { follower.yield() }
  }

  /// Takes in what became of findings, and how clusters stood and what of them was covered just before.
  func take(
    _ news: FindingsNews,
    inspected: Set<String>? = nil,
    of statuses: [ClusterStatus],
    covering: [String: Coverage] = [:],
    agentVersion: String
  ) {
    take(news, inspected: inspected)
    tell(statuses, agentVersion: agentVersion)
    guard covering != coverages else { return }
    coverages = covering
    for follower in followers.values { follower.yield() }
  }

  /// Tells how clusters stand where more than numbers has changed, and now and then.
  private func tell(_ statuses: [ClusterStatus], agentVersion: String) {
    let documents = statuses.map { ClusterDocument.value(of: $0, agentVersion: agentVersion) }
    let isDue = clustersTold.map { ContinuousClock.now - $0 >= Self.clustersInterval } ?? true
    guard
      isDue || ClusterDocument.calm(documents) != ClusterDocument.calm(clusters.documents)
    else { return }
    clustersTold = .now
    clusters = (documents, clusters.revision + 1)
    for follower in followers.values { follower.yield() }
  }

  private func note(
    old: KnownFinding?,
    new: KnownFinding?,
    isNews: Bool,
    isMoved: Bool = false
  ) {
    number += 1
    if changes.count == limit { changes.removeFirst() }
    changes.append(
      Change(version: version, old: old, new: new, isNews: isNews, isMoved: isMoved)
    )
  }

  /// The findings that there are, in no order.
  var all: [Entry] { Array(entries.values) }

  /// The findings that a filter lets through, the worst first, and as of which version.
  package func findings(
    _ filter: FindingsFilter
  ) -> (entries: [Entry], version: FindingVersion) {
    let wanted =
      filter.isEmpty ? Array(entries.values) : entries.values.filter { $0.known.matches(filter) }
    let sorted = wanted.sorted { Finding.precedes($0.known.finding, $1.known.finding) }
    return (sorted, version)
  }

  /// What became of findings since a version, the oldest first.
  package func changes(since known: FindingVersion) throws(Expired) -> [Change] {
    guard known.instance == instance, known.number <= number else { throw Expired() }
    let count = number - known.number
    guard count <= UInt64(changes.count) else { throw Expired() }
    return Array(changes.suffix(Int(count)))
  }

  /// Yields when findings have changed, many changes as one, and now and then without that, until a limit or
  /// until nobody iterates over it.
  package func news(
    atLeastEvery interval: Duration,
    for limit: Duration? = nil
  ) -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Void.self,
      bufferingPolicy: .bufferingNewest(1)
    )
    let id = nextFollower
    nextFollower += 1
    followers[id] = continuation
    let end = limit.map { ContinuousClock.now + $0 }
    let ticking = Task {
      while end.map({ ContinuousClock.now < $0 }) ?? true {
        let next = ContinuousClock.now + interval
        guard (try? await ContinuousClock().sleep(until: min(next, end ?? next))) != nil else {
          return
        }
        continuation.yield()
      }
      continuation.finish()
    }
    continuation.onTermination = { _ in
      ticking.cancel()
      Task { await self.leave(id) }
    }
    return stream
  }

  private func leave(_ id: Int) { followers[id] = nil }

  /// How many follow the findings now.
  package var followerCount: Int { followers.count }

  /// Ends everybody's following.
  package func close() {
    for follower in followers.values { follower.finish() }
  }
}
