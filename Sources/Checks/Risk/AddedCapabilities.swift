import Inspection
import KubernetesObjects

/// Finds workloads whose containers have more rights than container runtimes give by themselves.
struct AddedCapabilities: PodSecurityCheck {
  let id: CheckID = "risk/added-capabilities"
  let title = "Container with added capabilities"
  let severity = Severity.warning
  let fault = "adds capabilities to containers"
  let explanation = """
    Linux divides the rights of root into capabilities. Those that are added here go beyond what the \
    Pod Security Standard baseline allows: some, such as SYS_ADMIN, are as good as root on the Node. \
    What needs them belongs into a namespace that says so by the label \
    pod-security.kubernetes.io/enforce: privileged. \
    Verify: kubectl get KIND NAME -n NAMESPACE -o yaml
    """

  /// What the standard lets containers add: the usual defaults of container runtimes.
  private static let allowed: Set<String> = [
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD",
    "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
  ]

  func faults(in template: PodTemplate) -> [TemplateFault] {
    template.containers.flatMap { container in
      container.security.addedCapabilities.filter { !Self.allowed.contains($0) }.map { name in
        TemplateFault(
          "\(name) to \(container.name)",
          "\(container.path).securityContext.capabilities.add",
          name
        )
      }
    }
  }
}
