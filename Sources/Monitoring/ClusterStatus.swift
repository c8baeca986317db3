package import Healing
package import Inspection
package import Inventories
package import KubernetesClient
package import KubernetesObjects
package import RemoteChecks

/// How KPatrol stands with a cluster: one row of the fleet screen.
package struct ClusterStatus: Sendable, Equatable {
  /// The state of the connection as a whole.
  package enum Connection: Sendable, Equatable {
    case connecting
    /// The kinds are being listed for the first time.
    case syncing
    case watching
    /// Nothing comes from the server, for this reason; it is tried again.
    case disconnected(String)
    /// The server does not accept the credentials, for this reason.
    case signedOut(String)
    /// The kubeconfig does not say how to reach it.
    case unusable(String)

    /// Why nothing comes; `nil` while something does or may.
    package var trouble: String? {
      switch self {
      case .disconnected(let reason), .signedOut(let reason), .unusable(let reason): reason
      case .connecting, .syncing, .watching: nil
      }
    }
  }

  /// A kind that checks cannot see, or not everywhere, and why.
  package struct NotInspected: Sendable, Equatable {
    package let kind: ObjectKind
    package let reason: String
    /// The only namespaces whose objects are seen; empty where none are.
    package let onlyNamespaces: [String]
    /// The checks that therefore say less than they would, or nothing.
    package let checks: [CheckID]

    package init(
      kind: ObjectKind,
      reason: String,
      onlyNamespaces: [String] = [],
      checks: [CheckID]
    ) {
      self.kind = kind
      self.reason = reason
      self.onlyNamespaces = onlyNamespaces
      self.checks = checks
    }
  }

  package var name: String
  package var server: String
  /// The uid of the namespace `kube-system`, by which a cluster is known whatever it is called; empty where
  /// that is not seen.
  package var uid = ""
  /// The server's version; empty until it answered.
  package var version = ""
  package var connection = Connection.connecting
  package var connectionSince: Timestamp
  /// When the status was taken; ages are counted to here.
  package var now: Timestamp
  package var kindsSynced = 0
  package var kindsTotal = 0
  package var objectCount = 0
  /// Objects received by the lists that are under way.
  package var objectsListed = 0
  package var eventsPerSecond = 0.0
  /// How many objects and events came so far.
  package var eventCount = 0
  /// How far findings are behind what the streams brought.
  package var lag = Duration.zero
  /// When the last object or event came.
  package var lastEvent: Timestamp?
  /// How long it took until all first lists were in the graph; `nil` until they are.
  package var syncDuration: Duration?
  /// How long it then took until what they brought was inspected.
  package var firstInspectionDuration: Duration?
  /// How often a broken watch went on from where it was.
  package var resumes = 0
  /// How often a kind had to be listed again.
  package var relists = 0
  /// How many objects of the model turned out to differ from the server's.
  package var differencesFound = 0
  package var requests = RequestStatistics()
  /// Those that are not muted.
  package var findings: [Severity: Int] = [:]
  package var mutedCount = 0
  package var suspectCount = 0
  /// Plans of which steps may still be sent.
  package var healsUnderWay = 0
  /// Whether nothing is healed until somebody goes on with it.
  package var isHealingPaused = false
  /// How many plans wait in the queue.
  package var queuedPlans = 0
  package var notInspected: [NotInspected] = []
  /// Those of the namespaces that are followed alone which are known not to be there.
  package var absentNamespaces: [String] = []
  /// The outside sources of truth that the cluster is held against.
  package var inventories: [InventoryStatus] = []
  /// The services that are told of its objects.
  package var remoteChecks: [RemoteCheckStatus] = []
  /// By which rule nothing of it is changed; `nil` where it may be.
  package var readOnlyRule: Guardrails.ReadOnlyRule?
  /// API groups whose own servers do not answer: which kinds they serve is not known.
  package var brokenGroups: [Discovery.BrokenGroup] = []
  /// The longest settle window, where a demonstration shortens them.
  package var settlesAtMost: Duration?

  /// The agents that tell of it; empty where it is patrolled directly.
  package var agents: [AgentStatus] = []
  /// Whether it is also read directly, where agents tell of it.
  package var reading = DirectReading.done
  /// The context by which it is read; empty for the one of its name.
  package var context = ""
  /// Whether this stands for an agent of whose clusters nothing is shown, and for no cluster.
  package var isAgentAlone = false

  init(name: String, server: String, connectionSince: Timestamp, now: Timestamp) {
    self.name = name
    self.server = server
    self.connectionSince = connectionSince
    self.now = now
  }

  /// The part of the kinds that are synced, from 0 to 1.
  package var syncedFraction: Double {
    kindsTotal == 0 ? 0 : Double(kindsSynced) / Double(kindsTotal)
  }
}
