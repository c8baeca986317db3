import Inspection
import KubernetesObjects

/// Finds workloads that use folders of their Node.
struct HostPath: PodSecurityCheck {
  let id: CheckID = "risk/host-path"
  let title = "Pod uses a folder of its Node"
  let severity = Severity.warning
  let fault = "mounts paths of its Node"
  let explanation = """
    A hostPath volume lets a Pod read, and mostly write, what belongs to its Node: the socket of the \
    container runtime or the kubelet's folder give away the whole Node. What it wrote stays behind \
    when the Pod moves. The Pod Security Standard baseline forbids it. What needs it belongs \
    into a namespace that says so by the label pod-security.kubernetes.io/enforce: privileged. \
    Verify: kubectl get KIND NAME -n NAMESPACE -o yaml
    """

  func faults(in template: PodTemplate) -> [TemplateFault] {
    template.hostPaths.map { TemplateFault($0, "volumes.hostPath.path", $0) }
  }
}
