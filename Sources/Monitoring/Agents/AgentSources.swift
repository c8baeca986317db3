package import AgentClient
import KubernetesClient
package import UserConfiguration

/// How a cluster of which an agent tells is reached with the user's own credentials.
package struct OwnWay: Sendable {
  /// Where its objects come from, and how it is changed; refuses everything where nobody knows.
  package let source: any ClusterSource
  /// The context that leads there; empty where there is none.
  package let context: String
  /// Why it cannot be reached, and what helps; `nil` where it can.
  package let impossible: String?

  package init(_ source: any ClusterSource, context: String, impossible: String? = nil) {
    self.source = source
    self.context = context
    self.impossible = impossible
  }
}

/// The agents that a terminal is attached to.
package struct AgentSources: Sendable {
  package let followers: [AgentFollower]
  /// How one of their clusters is reached with the user's own credentials.
  package let ownWay: @Sendable (AttachedCluster, AgentSettings) -> OwnWay

  package init(
    _ followers: [AgentFollower] = [],
    ownWay: @escaping @Sendable (AttachedCluster, AgentSettings) -> OwnWay = { cluster, _ in
      OwnWay.unknown(cluster.name, known: [])
    }
  ) {
    self.followers = followers
    self.ownWay = ownWay
  }
}

extension OwnWay {
  /// That no context leads to a cluster.
  package static func unknown(_ cluster: String, known: [String]) -> OwnWay {
    OwnWay(
      UnusableContext(name: cluster, error: .noSuchContext(cluster, known: known)),
      context: "",
      impossible:
        "No context of the kubeconfig leads to \(cluster), which an agent tells of. To read and "
        + "heal it, name one in the configuration: agents[].contexts: { \(cluster): CONTEXT }."
    )
  }
}
