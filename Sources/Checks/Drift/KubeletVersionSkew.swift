import Inspection
import KubernetesObjects

/// Finds Nodes whose kubelet is too new or too old for the API server.
struct KubeletVersionSkew: Check {
  let id: CheckID = "drift/version-skew"
  let title = "Kubelet does not fit the API server"
  let severity = Severity.warning
  let settles = Duration.zero
  let needs = [Node.kind]
  let explanation = """
    A kubelet must not be newer than the API server, nor more than three minor versions older (two \
    for kubelets before 1.25): outside of that, nobody tests that they understand each other. \
    Upgrade the Node, or the control plane first if the Node is ahead. \
    Verify: kubectl version; kubectl get nodes
    """

  private static let oldest = Threshold(
    "minors-behind",
    3,
    "How many minor versions a kubelet may be behind the API server"
  )
  let thresholds = [oldest]

  func inspect(_ node: Node, in cluster: ClusterView) -> [Observation] {
    guard let server = cluster.surroundings.serverVersion, !node.kubeletVersion.isEmpty,
      !node.isVirtual, let kubelet = KubernetesVersion(node.kubeletVersion),
      kubelet.major == server.major
    else { return [] }
    let allowed = Int(cluster.value(of: Self.oldest))
    let mayBeBehind = kubelet.minor < 25 ? min(allowed, 2) : allowed
    let behind = server.minor - kubelet.minor
    guard behind < 0 || behind > mayBeBehind else { return [] }
    let difference =
      behind < 0
      ? "newer than the API server" : "\(behind) minor versions behind the API server"
    return [
      Observation(
        "Node \(node.metadata.name) runs kubelet \(node.kubeletVersion), \(difference) (\(server))",
        evidence: [
          Evidence(node.id, "status.nodeInfo.kubeletVersion", node.kubeletVersion),
          Evidence(node.id, "version of the API server", server.description),
        ]
      )
    ]
  }
}
