package import Inspection
package import KubernetesObjects

/// One step in the life of a finding.
package enum FindingChange: Sendable {
  case raised(KnownFinding)
  /// It really ended: what merely cannot be seen is not told of.
  case resolved(FindingID)
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

  func tell(_ look: FirstLook) {
    options.recorder?.take(look)
    options.follower?.take(look)
  }

  /// Whether anybody is told what becomes of findings.
  var isFollowed: Bool { options.recorder != nil || options.follower != nil }
}

/// Up to where somebody was told the findings of each cluster.
package struct FindingsBookmark: Sendable {
  fileprivate var told: [String: FindingsTold] = [:]

  package init() {}
}

extension Fleet {
  /// What became of the findings of all clusters since a bookmark, which moves on; waits for each monitor.
  package func newsOfFindings(
    since bookmark: FindingsBookmark
  ) async -> (news: FindingsNews, bookmark: FindingsBookmark) {
    var bookmark = bookmark
    var all = FindingsNews()
    for monitor in monitors {
      guard let (news, told) = await monitor.newsOfFindings(since: bookmark.told[monitor.name])
      else { continue }
      bookmark.told[monitor.name] = told
      all.changed += news.changed
      all.gone += news.gone
      all.moved += news.moved
    }
    return (all, bookmark)
  }
}
