import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Nodes with a taint that keeps everybody away.
struct UntoleratedTaint: Check {
  let id: CheckID = "risk/taint-untolerated"
  let title = "No Pod tolerates a Node's taint"
  let severity = Severity.info
  let settles = Duration.seconds(3600)
  let profile = CheckProfile.hygiene
  let remedies: [RemedyID] = ["remove-taint"]
  let needs = [Node.kind, Pod.kind]
  let explanation = """
    The Node has a taint that keeps Pods away, and none of its Pods names the taint in a toleration: \
    those that run there tolerate everything, or were there before. So the Node is kept for \
    somebody who does not come, or the taint was forgotten. Taints of Kubernetes itself, of \
    cloud providers and of the control plane are left out. \
    Verify: kubectl describe node NAME
    """

  func inspect(_ node: Node, in cluster: ClusterView) -> [Observation] {
    let taints = node.taints.filter(Self.isUsers)
    guard !taints.isEmpty, !node.metadata.isTerminating, cluster.isKnown(Pod.kind) else {
      return []
    }
    let pods = cluster.referrers(over: .node).compactMap { $0.presence.record as? Pod }
      .filter { !$0.isFinished }
    return taints.filter { taint in
      !pods.contains { pod in pod.template.tolerations.contains { $0.names(taint) } }
    }.map { taint in
      let value = taint.value.isEmpty ? "" : "=\(taint.value)"
      return Observation(
        "No Pod on Node \(node.metadata.name) tolerates its taint "
          + "\(taint.key)\(value):\(taint.effect)",
        evidence: [
          Evidence(node.id, "spec.taints", "\(taint.key)\(value):\(taint.effect)"),
          Evidence(node.id, "Pods", "\(pods.count)"),
        ],
        beginning: .notBefore(node.metadata.creationTimestamp),
        discriminator: "\(taint.key):\(taint.effect)"
      )
    }
  }

  /// Whether a taint keeps Pods away, and somebody set it who uses the cluster.
  private static func isUsers(_ taint: Node.Taint) -> Bool {
    guard taint.effect != "PreferNoSchedule" else { return false }
    let domain = taint.key.prefix { $0 != "/" }
    return !domain.hasSuffix("kubernetes.io") && !domain.hasSuffix("k8s.io")
      && !domain.hasSuffix("cloud-provider.com") && !taint.key.hasPrefix("ToBeDeleted")
      && !taint.key.hasPrefix("DeletionCandidate")
  }
}

extension Toleration {
  /// Whether it is for this taint in particular, not for all.
  fileprivate func names(_ taint: Node.Taint) -> Bool {
    key == taint.key && (effect.isEmpty || effect == taint.effect)
      && (`operator` == "Exists" || value == taint.value)
  }
}
