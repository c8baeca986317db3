package import Inspection
package import KubernetesObjects

/// One step in the life of a finding.
package enum FindingChange: Sendable {
  case raised(KnownFinding)
  /// It really ended: what merely cannot be seen is not told of.
  case resolved(FindingID)
  /// Others tell of it from now on, and of its end.
  case movedAway(FindingID)
}

/// Told of every coming and going of findings, in order, with all that is known of them.
///
/// A ``FindingsRecorder`` is told the same in the words of a journal.
package protocol FindingsFollower: Sendable {
  /// Takes in what became of findings of one cluster.
  func take(_ changes: [FindingChange], at time: Timestamp)

  /// Takes in what a first look at a cluster showed: whatever else some checks had found there is over.
  func take(_ look: FirstLook)
}

extension ClusterMonitor {
  /// Has told on what really became of findings, which are in the digest as they are now.
  func tell(_ news: FindingsDelta, at time: Timestamp) {
    options.recorder?.take(news, at: time)
    guard let follower = options.follower, !news.isEmpty else { return }
    let raised = news.raised.compactMap { finding in
      digest.listed(finding.id).map { known($0) }
    }
    follower.take(
      news.resolved.map { .resolved($0.id) } + raised.map { .raised($0) },
      at: time
    )
  }

  /// Has told on that findings from before this program are over.
  func tell(foundOver ids: [FindingID], at time: Timestamp) {
    options.recorder?.take(foundOver: ids, at: time)
    options.follower?.take(ids.map { .resolved($0) }, at: time)
  }

  /// Has told on that others tell of findings from now on.
  func tell(movedAway findings: [Finding], at time: Timestamp) {
    options.recorder?.take(movedAway: findings, at: time)
    options.follower?.take(findings.map { .movedAway($0.id) }, at: time)
  }

  func tell(_ look: FirstLook) {
    options.recorder?.take(look)
    options.follower?.take(look)
  }

  /// Whether anybody is told what becomes of findings.
  var isFollowed: Bool { options.recorder != nil || options.follower != nil }
}

/// Up to where somebody was told how findings are.
package struct FindingsBookmark: Sendable {
  fileprivate var told: [String: (revision: Int, sorted: SortedFindings)] = [:]

  package init() {}
}

extension ClusterMonitor {
  /// The findings that are new or other than they were; `nil` where nothing has changed.
  fileprivate func changedFindings(
    since told: (revision: Int, sorted: SortedFindings)?
  ) -> (changed: [KnownFinding], told: (revision: Int, sorted: SortedFindings))? {
    let revision = digest.revision
    guard revision != told?.revision else { return nil }
    let sorted = digest.sorted
    let (_, new) = sorted.difference(from: told?.sorted ?? SortedFindings())
    let changed = new.map { known($0) }
    return (changed, (revision, sorted))
  }
}

extension Fleet {
  /// The findings of all clusters that are new or other than they were at a bookmark, which moves on; waits
  /// for each monitor.
  package func changedFindings(
    since bookmark: FindingsBookmark
  ) async -> (changed: [KnownFinding], bookmark: FindingsBookmark) {
    var bookmark = bookmark
    var all: [KnownFinding] = []
    for monitor in monitors {
      guard let (changed, told) = await monitor.changedFindings(since: bookmark.told[monitor.name])
      else { continue }
      bookmark.told[monitor.name] = told
      all += changed
    }
    return (all, bookmark)
  }
}
