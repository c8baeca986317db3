import ClusterGraph
import KubernetesObjects

/// A workload that seems to be the controller of a custom kind, and why.
struct BelievedController {
  let workload: any Workload
  /// The account that it runs as.
  let account: ObjectKey
  /// The role that lets it write the kind's status.
  let role: ObjectKey
}

extension ClusterGraph {
  /// The kinds that tell which workload writes the status of a kind.
  private static let kindsOfRights = [
    ClusterRole.kind, ClusterRoleBinding.kind, DaemonSet.kind, Deployment.kind, Role.kind,
    RoleBinding.kind, StatefulSet.kind,
  ]

  /// The workloads that run as an account that a role allows, by name, to write the status of a custom
  /// object, in the order of their names.
  ///
  /// Whoever may write everything, as an administrator or a deployer, is none of them. It looks at all
  /// roles, which are few, when somebody looks at one finding.
  func believedControllers(
    of object: CustomRecord
  ) throws(Obstacle) -> [BelievedController] {
    for kind in Self.kindsOfRights {
      guard knowledge(of: kind) != .known else { continue }
      throw Obstacle(
        "Which workload controls it cannot be told: \(kind) cannot be seen in all namespaces."
      )
    }
    var found: [ObjectKey: BelievedController] = [:]
    for role in rolesThatWrite(object) {
      for account in accounts(given: role, in: object.metadata.namespace) {
        for workload in workloads(runningAs: account) where found[workload.key] == nil {
          found[workload.key] = BelievedController(workload: workload, account: account, role: role)
        }
      }
    }
    return found.values.sorted { $0.workload.key < $1.workload.key }
  }

  private func rolesThatWrite(_ object: CustomRecord) -> [ObjectKey] {
    let namespace = object.metadata.namespace
    let keys = keys(of: ClusterRole.kind) + keys(of: Role.kind).filter { $0.namespace == namespace }
    return keys.sorted().filter { key in
      switch record(key) {
      // What is gathered from others is given to people.
      case let role as ClusterRole:
        !role.isAggregated && !role.metadata.isOfSystem
          && role.rules.contains { $0.allowsToWrite(statusOf: object) }
      case let role as Role:
        !role.metadata.isOfSystem && role.rules.contains { $0.allowsToWrite(statusOf: object) }
      default: false
      }
    }
  }

  /// The ServiceAccounts that bindings give a role to, where it holds for objects of a namespace.
  private func accounts(given role: ObjectKey, in namespace: String) -> Set<ObjectKey> {
    guard let handle = handle(of: .object(role)) else { return [] }
    var accounts: Set<ObjectKey> = []
    for binding in referrers(of: handle, over: .role) {
      guard let key = binding.id.objectKey,
        key.kind == ClusterRoleBinding.kind || key.namespace == namespace,
        let holder = self.handle(of: binding.id)
      else { continue }
      accounts.formUnion(targets(of: holder, over: .subject).compactMap(\.id.objectKey))
    }
    return accounts
  }

  private func workloads(runningAs account: ObjectKey) -> [any Workload] {
    guard let handle = handle(of: .object(account)) else { return [] }
    return referrers(of: handle, over: .serviceAccount)
      .compactMap { $0.presence.record as? any Workload }
      .filter { !$0.metadata.isTerminating }
  }
}

extension ObjectMetadata {
  /// Whether a role belongs to Kubernetes itself, whose controllers run in no workload.
  fileprivate var isOfSystem: Bool {
    name.hasPrefix("system:") || labels["kubernetes.io/bootstrapping"] != nil
  }
}

extension PolicyRule {
  /// Whether it names the status of an object's kind, and lets all of them be written.
  fileprivate func allowsToWrite(statusOf object: CustomRecord) -> Bool {
    resourceNames.isEmpty && apiGroups.contains(object.kind.group)
      && resources.contains("\(object.plural)/status")
      && verbs.contains { ["patch", "update"].contains($0) }
  }
}
