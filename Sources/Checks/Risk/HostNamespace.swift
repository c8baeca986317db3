import Inspection
import KubernetesObjects

/// Finds workloads whose Pods are not kept apart from their Node.
struct HostNamespace: PodSecurityCheck {
  let id: CheckID = "risk/host-namespace"
  let title = "Pod in a namespace of its Node"
  let severity = Severity.warning
  let fault = "shares with its Node"
  let explanation = """
    With hostNetwork a Pod reaches what listens on its Node alone and is seen by no network policy; \
    with hostPID it sees the Node's processes and their environment, with hostIPC their shared \
    memory. The Pod Security Standard baseline forbids all three. What needs it belongs into a \
    namespace that says so by the label pod-security.kubernetes.io/enforce: privileged. \
    Verify: kubectl get KIND NAME -n NAMESPACE -o yaml
    """

  func faults(in template: PodTemplate) -> [TemplateFault] {
    guard
      !template.options.isDisjoint(with: [
        .hostNetwork, .hostProcesses, .hostCommunication,
      ])
    else { return [] }
    return [
      (PodTemplate.Options.hostNetwork, "its network", "hostNetwork"),
      (.hostProcesses, "its processes", "hostPID"),
      (.hostCommunication, "its shared memory", "hostIPC"),
    ].filter { option, _, _ in template.options.contains(option) }
      .map { TemplateFault($1, $2, "true") }
  }
}
