import ClusterGraph
import Inspection
import KubernetesObjects

/// What makes Pods after a template: a workload, or a Pod that nobody controls, for checks of what a
/// template asks for.
///
/// Of whatever is a ``PodTemplateSubject``, what runs on behalf of another (a CronJob's Job, a workload's Pod), what has ended, is on its way
/// out or belongs to the cluster itself is none.
struct TemplateSubject: InspectionSubject {
  static let scope = PodTemplateSubject.scope
  static let isWithoutOwnFields = true

  private let holder: PodTemplateSubject

  var record: any PodTemplateHolder { holder.record }
  var template: PodTemplate { holder.template }
  var id: VertexID { holder.id }
  /// As in `Deployment shop/cart`.
  var name: String { holder.name }

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
    guard let holder = PodTemplateSubject(id, record: record), !holder.isOver else { return nil }
    self.holder = holder
  }

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
