package import AgentClient
import Inspection
package import KubernetesObjects

/// How a terminal stands with an agent that tells of a cluster.
package struct AgentStatus: Sendable, Equatable {
  /// Host and port.
  package var place: String
  package var url = ""
  /// Of how many clusters it tells.
  package var clusterCount = 0
  /// Its version; empty until it told.
  package var version = ""
  package var connection = AgentConnection.connecting
  /// Since when the connection is so.
  package var since: Timestamp
  /// When it told anything the last time; `nil` where it never did.
  package var lastHeard: Timestamp?
  /// What it told could not be understood, so often.
  package var unreadableLines = 0
  /// What keeps some of its clusters from being shown; `nil` where nothing does.
  package var remark: String?

  package init(place: String, url: String = "", since: Timestamp) {
    self.place = place
    self.url = url
    self.since = since
  }
}

/// Whether a cluster that agents tell of is also read directly, with the user's own credentials, as what shows
/// objects or heals needs it.
package enum DirectReading: Sendable, Equatable {
  /// Nobody has needed it.
  case unread
  /// Its kinds are being listed.
  case underWay(synced: Int, total: Int)
  case done
  /// Nobody knows how to reach it, or it cannot be reached, for this reason.
  case impossible(String)

  /// What to say to one who wants what needs it; `nil` where it is there.
  package var obstacle: String? {
    switch self {
    case .done: nil
    case .unread: "The cluster is about to be read directly; try again in a moment."
    case .underWay(let synced, let total):
      "The cluster is being read directly: \(synced) of \(total) kinds. Try again in a moment."
    case .impossible(let reason): reason
    }
  }
}

/// What a monitor knows of its cluster from agents.
struct Attachment {
  /// What one agent tells of the cluster.
  struct Share {
    var status: AgentStatus
    var cluster: AttachedCluster
    /// Whether what it does not tell is not there.
    var isComplete = false
  }

  var findings = AttachedFindings()
  /// By the numbers of the agents.
  var shares: [Int: Share] = [:]
  /// The context by which the cluster is read; empty where there is none.
  let context: String
  /// Why it cannot be read directly; `nil` where it can, as far as is known.
  var impossible: String?
  var isToBeRead = false
  /// Tells who waits that the cluster is to be read.
  var waker: AsyncStream<Void>.Continuation?
  /// The findings of which more was told, and is not shown yet.
  var changed: Set<FindingID> = []
  var showing: Task<Void, Never>?

  init(context: String, impossible: String?) {
    self.context = context
    self.impossible = impossible
  }

  /// Whether all is known that agents know.
  var isComplete: Bool { !shares.isEmpty && shares.values.allSatisfy(\.isComplete) }

  /// What is told of the cluster, by an agent that is there before those that are not.
  var cluster: AttachedCluster? { main?.cluster }

  var main: Share? {
    let ordered = shares.sorted { $0.key < $1.key }.map(\.value)
    return ordered.first { $0.status.connection == .following } ?? ordered.first
  }

  /// The uid that agents tell of the cluster; empty where none does.
  var uid: String { shares.values.lazy.map(\.cluster.uid).first { !$0.isEmpty } ?? "" }

  /// The state of the connection to the cluster, as far as agents tell.
  var connection: (state: ClusterStatus.Connection, since: Timestamp?) {
    let lost = shares.sorted { $0.key < $1.key }.map(\.value)
      .filter { $0.status.connection.trouble != nil }
    if let share = lost.first, let reason = share.status.connection.trouble {
      return (.disconnected(Self.sentence(share.status, reason)), share.status.since)
    }
    guard let share = main else { return (.disconnected("No agent tells of it any more."), nil) }
    if share.status.connection == .connecting { return (.connecting, share.status.since) }
    let cluster = share.cluster
    let since = cluster.since
    if let trouble = cluster.trouble {
      return (.disconnected("Agent \(share.status.place): \(trouble)"), since)
    }
    return (isComplete ? .watching : .syncing, since)
  }

  /// That nothing comes from an agent; the same for as long as that is so.
  private static func sentence(_ status: AgentStatus, _ reason: String) -> String {
    let known = status.lastHeard.map { "Findings are as of \($0.rfc3339). " } ?? ""
    return "Agent \(status.place) is not there. \(known)\(reason)"
  }
}
