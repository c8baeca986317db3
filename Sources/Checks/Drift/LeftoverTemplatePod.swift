import Inspection
import KubernetesObjects

/// Finds Deployments that count as rolled out while Pods of an older template live.
struct LeftoverTemplatePod: Check {
  let id: CheckID = "drift/template-hash"
  let title = "Pods of an older template live on"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(300)
  let needs = [Deployment.kind, Pod.kind, ReplicaSet.kind]
  let remedies: [RemedyID] = ["evict-pod", "delete-pod"]
  let explanation = """
    The Deployment says that its rollout is complete, and yet Pods of an older ReplicaSet run: two \
    versions serve side by side. Either the older ReplicaSet was not scaled down, or its controller \
    does not run. Evicting the Pod helps if its ReplicaSet wants none. \
    Verify: kubectl rollout status deployment/NAME -n NAMESPACE; \
    kubectl get pods -n NAMESPACE -L pod-template-hash
    """

  private static let hashLabel = "pod-template-hash"
  /// How many Pods are named; of hundreds one learns no more.
  private static let shown = 5

  func inspect(_ deployment: Deployment, in cluster: ClusterView) -> [Observation] {
    guard isRolledOut(deployment) else { return [] }
    let sets = cluster.referrers(ReplicaSet.self, over: .owner).filter {
      $0.metadata.controller?.uid == deployment.metadata.uid && !$0.revision.isEmpty
    }
    guard let newest = sets.max(by: { (Int($0.revision) ?? 0) < (Int($1.revision) ?? 0) }),
      let hash = newest.metadata.labels[Self.hashLabel], sets.count > 1
    else { return [] }
    let older = Set(sets.map(\.metadata.uid)).subtracting([newest.metadata.uid])
    var leftovers: [Pod] = []
    cluster.forEachSelected(Pod.self) { pod in
      guard let owner = pod.metadata.controller, older.contains(owner.uid), !pod.isFinished,
        !pod.metadata.isTerminating, pod.metadata.labels[Self.hashLabel] != hash
      else { return }
      leftovers.append(pod)
    }
    guard !leftovers.isEmpty else { return [] }
    leftovers.sort { $0.key < $1.key }
    let shown = leftovers.prefix(Self.shown)
    return [
      Observation(
        "Deployment \(deployment.key.qualifiedName) is rolled out, and \(leftovers.count) Pods of "
          + "older templates live: \(shown.names)",
        evidence: [Evidence(newest.id, "metadata.labels[\(Self.hashLabel)]", hash)]
          + shown.map { pod in
            let old = pod.metadata.labels[Self.hashLabel] ?? ""
            return Evidence(pod.id, "metadata.labels[\(Self.hashLabel)]", old)
          },
        related: shown.map(\.id) + [newest.id],
        beginning: .notBefore(newest.metadata.creationTimestamp)
      )
    ]
  }

  /// Whether the controller has seen the latest spec, and says that all of it is there.
  private func isRolledOut(_ deployment: Deployment) -> Bool {
    !deployment.isPaused && !deployment.metadata.isTerminating
      && deployment.observedGeneration >= deployment.metadata.generation
      && deployment.updatedReplicas >= deployment.replicas
      && deployment.conditions["Progressing"]?.reason == "NewReplicaSetAvailable"
  }
}
