import ClusterGraph
import Inspection
import KubernetesObjects

/// A check by the Pod Security Standards, which is silent where a namespace is meant for Pods with
/// privileges: it has the label `pod-security.kubernetes.io/enforce: privileged`.
protocol PodSecurityCheck: TemplateCheck {}

extension PodSecurityCheck {
  func isAccepted(_ subject: TemplateSubject, in cluster: ClusterView) -> Bool {
    let namespace = cluster.targets(over: .namespace).first?.presence.record as? Namespace
    return namespace?.enforcedSecurity == "privileged"
  }
}
