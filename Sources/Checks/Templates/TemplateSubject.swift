import ClusterGraph
import Inspection
import KubernetesObjects

/// What makes Pods after a template: a workload, or a Pod that nobody controls.
///
/// What runs on behalf of another (a CronJob's Job, a workload's Pod), what has ended, is on its way
/// out or belongs to the cluster itself is none.
struct TemplateSubject: InspectionSubject {
  static let scope = SubjectScope.kinds([
    CronJob.kind, DaemonSet.kind, Deployment.kind, Job.kind, Pod.kind, StatefulSet.kind,
  ])

  let record: any PodTemplateHolder
  let template: PodTemplate

  init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    guard let record else { return nil }
    let metadata = record.metadata
    if let controller = metadata.controller {
      // Most objects that are asked for are Pods of workloads.
      guard record.kind != Pod.kind, controller.kind != CronJob.kind else { return nil }
    }
    guard !metadata.isTerminating, !SystemNamespaces.contains(metadata.namespace) else {
      return nil
    }
    guard let holder = record as? any PodTemplateHolder else { return nil }
    if let pod = record as? Pod, pod.isFinished { return nil }
    if let job = record as? Job, job.isComplete || job.hasFailed { return nil }
    self.record = holder
    template = holder.template
  }

  var id: VertexID { .object(record.key) }

  /// As in `Deployment shop/cart`.
  var name: String { "\(record.kind.name) \(record.key.qualifiedName)" }

  /// Whether its Pods run until somebody ends them.
  var isLongRunning: Bool { record is Deployment || record is StatefulSet || record is DaemonSet }

  /// How many Pods it shall have; `nil` where it is not for it to say.
  var replicas: Int? {
    switch record {
    case let deployment as Deployment: deployment.replicas
    case let set as StatefulSet: set.replicas
    default: nil
    }
  }

  /// Where the Pod's spec stands in the object.
  var specPath: String {
    switch record {
    case is Pod: "spec"
    case is CronJob: "spec.jobTemplate.spec.template.spec"
    default: "spec.template.spec"
    }
  }

  /// What one of its Pods really asks for, with all that admission added: defaults of a LimitRange,
  /// what policies change; `nil` where it has no Pod.
  func admittedTemplate(in cluster: ClusterView) -> PodTemplate? {
    if record is Pod { return template }
    return (cluster.firstSelected(Pod.kind) as? Pod)?.template
  }
}
