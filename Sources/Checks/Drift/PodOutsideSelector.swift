import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Pods that their controller no longer selects.
struct PodOutsideSelector: Check {
  let id: CheckID = "drift/label-of-owner"
  let title = "Pod's labels do not match its controller's selector"
  let severity = Severity.info
  let reach = CheckReach.namespace
  let settles = Duration.seconds(60)
  let needs = [Pod.kind]
  let remedies: [RemedyID] = ["delete-pod"]
  let explanation = """
    The Pod's labels were changed, and its controller should have let go of it and started another. \
    That the Pod still names it as its owner means that the controller does not run or cannot write. \
    Services and budgets that select the same labels have lost the Pod, too. \
    Verify: kubectl get pod NAME -n NAMESPACE --show-labels
    """

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    guard let owner = pod.metadata.controller, !pod.isFinished, !pod.metadata.isTerminating,
      // Nearly all Pods are selected by a controller of the kind of theirs.
      cluster.referrerCount(over: .selection, kind: owner.kind) == 0,
      let controller = cluster.targets(over: .owner).lazy
        .compactMap({ PodController(nil, record: $0.presence.record) })
        .first(where: { $0.record.metadata.uid == owner.uid }),
      !controller.selector.isEmpty, !controller.selector.matches(pod.metadata.labels)
    else { return [] }
    let labels = pod.metadata.labels.all.map { "\($0.key)=\($0.value)" }
    return [
      Observation(
        "Pod \(pod.key.qualifiedName) is owned by \(owner.kind.name) \(owner.name), whose selector "
          + "does not match its labels",
        evidence: [
          Evidence(pod.id, "metadata.labels", labels.joined(separator: ",")),
          Evidence(controller.id, "spec.selector", controller.selector.description),
        ],
        related: [controller.id]
      )
    ]
  }
}
