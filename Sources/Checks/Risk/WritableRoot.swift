import Inspection
import KubernetesObjects

/// Finds workloads whose containers may change their own programs.
struct WritableRoot: PodSecurityCheck {
  let id: CheckID = "risk/writable-root"
  let title = "Container may write to its image"
  let severity = Severity.warning
  let fault = "has containers that may write to their image"
  let explanation = """
    Whoever breaks in can put programs into a container whose root file system is writable, and what \
    a program writes there by mistake fills its Node's disk and is lost. It heals with \
    readOnlyRootFilesystem: true, and an emptyDir where something has to be written. \
    Verify: kubectl get KIND NAME -n NAMESPACE -o yaml
    """

  func faults(in template: PodTemplate) -> [TemplateFault] {
    template.containers.filter { !$0.security.options.contains(.readOnlyRoot) }
      .map { TemplateFault($0, "securityContext.readOnlyRootFilesystem", "not true") }
  }
}
