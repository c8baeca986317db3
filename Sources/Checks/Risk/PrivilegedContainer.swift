import Inspection
import KubernetesObjects

/// Finds workloads whose containers may do anything on their Node.
struct PrivilegedContainer: PodSecurityCheck {
  let id: CheckID = "risk/privileged"
  let title = "Privileged container"
  let severity = Severity.warning
  let fault = "runs privileged containers"
  let explanation = """
    A privileged container has all capabilities and all devices of its Node: whoever breaks into it \
    has the Node, and with it the Secrets of all its Pods. The Pod Security Standard baseline \
    forbids it. What needs it belongs into a namespace that says so by the label \
    pod-security.kubernetes.io/enforce: privileged. \
    Verify: kubectl get KIND NAME -n NAMESPACE -o yaml
    """

  func faults(in template: PodTemplate) -> [TemplateFault] {
    template.containers.filter { $0.security.options.contains(.privileged) }
      .map { TemplateFault($0, "securityContext.privileged", "true") }
  }
}
