import Inspection
import KubernetesObjects

/// Finds workloads whose containers do not say what they need.
struct ContainerWithoutRequests: TemplateCheck {
  let id: CheckID = "risk/no-requests"
  let title = "Container without requests"
  let severity = Severity.warning
  let fault = "has containers without requests"
  let explanation = """
    The scheduler counts what containers request. One that requests no processor time or no memory \
    is put on Nodes that are full, gets what others leave, and is the first to be evicted. Limits \
    count as requests, as they do for Kubernetes, and so do the defaults of a LimitRange once a Pod \
    has them. It heals with resources.requests. \
    Verify: kubectl get KIND NAME -n NAMESPACE -o yaml
    """

  func faults(in template: PodTemplate) -> [TemplateFault] {
    template.containers.flatMap { container in
      // An init container takes what the others have not taken yet.
      container.runsBefore && !container.isSidecar
        ? []
        : ["cpu", "memory"].filter { resource in
          !container.requests.contains(resource) && !container.limits.contains(resource)
        }.map { TemplateFault(container, "resources.requests.\($0)", "not set") }
    }
  }
}
