package import Inspection
package import KubernetesObjects

/// A cluster as an agent tells of it.
package struct AttachedCluster: Sendable, Equatable {
  /// A kind that the agent cannot see, or not everywhere.
  package struct NotInspected: Sendable, Equatable {
    package var kind: ObjectKind
    package var reason: String
    package var onlyNamespaces: [String]
    package var checks: [CheckID]
  }

  package var name: String
  /// What tells it from another of the same name; empty where nobody tells.
  package var uid = ""
  /// The URL by which the agent reaches its API server.
  package var server = ""
  package var version = ""
  package var agentVersion = ""
  /// The state of the agent's connection to it, as `live`.
  package var state = ""
  /// Why nothing comes to the agent; `nil` where something does or may.
  package var trouble: String?
  package var since: Timestamp?
  /// Whether all that is there has been inspected: before, that something is not told says nothing.
  package var isInspected = false
  package var kinds = 0
  package var kindsSynced = 0
  package var objects = 0
  package var eventsPerSecond = 0.0
  package var lag = Duration.zero
  package var suspects = 0
  package var lastEvent: Timestamp?
  package var notInspected: [NotInspected] = []
  package var brokenGroups: [(groupVersion: String, reason: String)] = []

  package init(name: String) { self.name = name }

  package static func == (left: Self, right: Self) -> Bool {
    left.name == right.name && left.uid == right.uid && left.server == right.server
      && left.version == right.version && left.agentVersion == right.agentVersion
      && left.state == right.state && left.trouble == right.trouble && left.since == right.since
      && left.isInspected == right.isInspected && left.kinds == right.kinds
      && left.kindsSynced == right.kindsSynced && left.objects == right.objects
      && left.eventsPerSecond == right.eventsPerSecond && left.lag == right.lag
      && left.suspects == right.suspects && left.lastEvent == right.lastEvent
      && left.notInspected == right.notInspected
      && left.brokenGroups.elementsEqual(right.brokenGroups, by: ==)
  }
}
