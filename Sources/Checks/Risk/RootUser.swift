import Inspection
import KubernetesObjects

/// Finds workloads whose processes are, or may be, those of root.
struct RootUser: PodSecurityCheck {
  let id: CheckID = "risk/root-user"
  let title = "Container may run as root"
  let severity = Severity.warning
  let fault = "may run containers as root"
  let explanation = """
    Root in a container is root on its Node for the kernel: a flaw in the kernel or the runtime, or a \
    mounted folder, is enough to leave it. The Pod Security Standard restricted asks for \
    runAsNonRoot: true, which refuses images that would run as root; a runAsUser above 0 counts as \
    well here. Windows' containers are told by their Node and not known here. \
    Verify: kubectl get KIND NAME -n NAMESPACE -o yaml
    """

  func faults(in template: PodTemplate) -> [TemplateFault] {
    let pod = template.security
    return template.containers.compactMap { container in
      let user = container.security.user ?? pod.user
      if user == 0 { return TemplateFault(container, "securityContext.runAsUser", "0") }
      guard user == nil, !isNonRoot(container.security, pod) else { return nil }
      return TemplateFault(container, "securityContext.runAsNonRoot", "not true")
    }
  }

  /// Whether root is refused; a container's own word counts before its Pod's.
  private func isNonRoot(_ container: SecuritySettings, _ pod: SecuritySettings) -> Bool {
    if container.options.contains(.nonRoot) { return true }
    return pod.options.contains(.nonRoot) && !container.options.contains(.mayBeRoot)
  }
}
