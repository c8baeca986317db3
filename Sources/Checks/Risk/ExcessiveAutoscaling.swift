import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds autoscalers that may ask for more than there is.
struct ExcessiveAutoscaling: Check {
  let id: CheckID = "risk/hpa-burst"
  let title = "Autoscaler's maximum exceeds the cluster"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.zero
  let profile = CheckProfile.hygiene
  let needs = [HorizontalPodAutoscaler.kind, Node.kind]
  let explanation = """
    With as many Pods as the autoscaler may ask for, what these request is more than all Nodes have \
    together, whatever else runs there. Under load the last of them would wait, and those of \
    others with them. It heals with a smaller maxReplicas, smaller requests or more Nodes. Clusters \
    to which an autoscaler adds Nodes are left out. \
    Verify: kubectl get horizontalpodautoscaler NAME -n NAMESPACE
    """

  func inspect(
    _ autoscaler: HorizontalPodAutoscaler,
    in cluster: ClusterView
  ) -> [Observation] {
    guard !autoscaler.metadata.isTerminating, !cluster.surroundings.addsNodes,
      let target = cluster.targets(over: .scaleTarget).first,
      let holder = target.presence.record as? any PodTemplateHolder
    else { return [] }
    let count = autoscaler.maxReplicas
    let capacity = cluster.capacity
    let template = holder.template
    let cores = template.requests("cpu") * Double(count)
    let bytes = template.requests("memory") * Double(count)
    let excess = [
      ("cpu", cores, Double(capacity.millicores) / 1000),
      ("memory", bytes, Double(capacity.bytes)),
    ].filter { $0.1 > $0.2 }
    guard !excess.isEmpty, cluster.isKnown(Node.kind) else { return [] }
    return excess.map { resource, wanted, there in
      Observation(
        "\(count) Pods of \(target.id), as many as HorizontalPodAutoscaler "
          + "\(autoscaler.key.qualifiedName) may ask for, request more \(resource) than all Nodes have",
        evidence: [
          Evidence(autoscaler.id, "spec.maxReplicas", "\(count)"),
          Evidence(target.id, "requests of all Pods, \(resource)", NumberText.text(wanted)),
          Evidence(autoscaler.id, "allocatable of all Nodes, \(resource)", NumberText.text(there)),
        ],
        related: [target.id],
        beginning: .notBefore(autoscaler.metadata.creationTimestamp),
        discriminator: resource
      )
    }
  }
}

extension PodTemplate {
  /// What the containers that run together request of a resource; limits stand for requests.
  fileprivate func requests(_ resource: String) -> Double {
    containers.filter { !$0.runsBefore || $0.isSidecar }.reduce(0) { sum, container in
      sum + ((container.requests[resource] ?? container.limits[resource])?.value ?? 0)
    }
  }
}
