import Inspection
import KubernetesObjects

/// Finds workloads whose containers may take all memory of their Node.
struct ContainerWithoutLimits: TemplateCheck {
  let id: CheckID = "risk/no-limits"
  let title = "Container without a memory limit"
  let severity = Severity.info
  let fault = "has containers without a memory limit"
  let explanation = """
    A container that leaks memory takes that of its Node until the kernel ends somebody, who need \
    not be the culprit. Limits of processor time are not asked for: they slow containers down while \
    their Node idles. Defaults of a LimitRange count once a Pod has them. It heals with \
    resources.limits.memory. \
    Verify: kubectl get KIND NAME -n NAMESPACE -o yaml
    """

  func faults(in template: PodTemplate) -> [TemplateFault] {
    template.containers.filter { container in
      (!container.runsBefore || container.isSidecar) && !container.limits.contains("memory")
    }.map { TemplateFault($0, "resources.limits.memory", "not set") }
  }
}
