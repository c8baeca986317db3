import ClusterGraph
import Inspection
import KubernetesObjects

/// Deletes the Pod that a finding is about, or the younger managed one of several.
struct DeletePod: Remedy {
  let id: RemedyID = "delete-pod"
  let title = "Delete the (younger) Pod; its controller starts another"

  func plan(for finding: Finding, in graph: ClusterGraph) -> Proposal {
    let pods = ([finding.subject] + finding.related)
      .compactMap { $0.objectKey.flatMap(graph.record) as? Pod }
      .filter { !$0.metadata.isTerminating }
    guard !pods.isEmpty else { return .unavailable("The Pods are gone or going already.") }
    // Without a controller nobody starts another Pod, and what ran there is lost.
    let youngest = pods.filter { $0.metadata.controller != nil }
      .max { Self.age($0) < Self.age($1) }
    guard let pod = youngest, let controller = pod.metadata.controller else {
      return .unavailable("No controller would start another Pod; delete it by hand if it may go.")
    }
    return .plan(
      HealPlan(
        finding: finding.id,
        cluster: finding.cluster,
        remedy: id,
        title: "Delete Pod \(pod.key.qualifiedName)",
        reason: "Its \(controller.kind.name) \(controller.name) starts a new Pod, "
          + "which gets an address of its own.",
        steps: [.delete(pod.key, uid: pod.metadata.uid)],
        disruption: .onePod,
        blastRadius: BlastRadius([
          BlastRadius.Impact(.object(pod.key), "is deleted, and replaced by its controller")
        ]),
        undo: "Cannot be undone: the new Pod has another name and address.",
        confirmation: .key("y")
      )
    )
  }

  /// The order of age; equal times are told apart by name.
  private static func age(_ pod: Pod) -> (Timestamp, String) {
    (pod.metadata.creationTimestamp ?? Timestamp(millisecondsSince1970: 0), pod.metadata.name)
  }
}
