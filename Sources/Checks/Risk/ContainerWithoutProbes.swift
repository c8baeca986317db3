import Inspection
import KubernetesObjects

/// Finds workloads whose containers nobody asks whether they are well.
struct ContainerWithoutProbes: TemplateCheck {
  let id: CheckID = "risk/no-probes"
  let title = "Container without a probe"
  let severity = Severity.info
  let fault = "has containers without a readiness or liveness probe"
  let explanation = """
    A container without a readiness probe gets requests as soon as its process runs, before it can \
    answer them, and in every rollout; one without any probe that hangs goes on hanging. Only \
    workloads whose Pods run for ever are looked at, and of their containers those without any \
    probe, and those with ports that have no readiness probe. It heals with a readinessProbe. \
    Verify: kubectl get KIND NAME -n NAMESPACE -o yaml
    """

  func inspect(_ subject: TemplateSubject, in cluster: ClusterView) -> [Observation] {
    subject.isLongRunning ? inspectTemplate(of: subject, in: cluster) : []
  }

  func faults(in template: PodTemplate) -> [TemplateFault] {
    template.containers.filter { container in
      guard !container.runsBefore, !container.probes.contains(.readiness) else { return false }
      return container.probes.isEmpty || !container.ports.isEmpty
    }.map { container in
      container.probes.isEmpty
        ? TemplateFault(container, "readinessProbe, livenessProbe", "not set")
        : TemplateFault(container, "readinessProbe", "not set")
    }
  }
}
