import ClusterGraph
import Inspection
import KubernetesObjects
import WireFormats

/// Removes the finalizers that keep an object from being deleted.
struct RemoveFinalizer: Remedy {
  let id: RemedyID = "remove-finalizer"
  let title = "Remove the finalizers that hold it"

  func plan(for finding: Finding, in graph: ClusterGraph) -> Proposal {
    guard let key = finding.subject.objectKey, let record = graph.record(key) else {
      return .unavailable("The object is gone already.")
    }
    let metadata = record.metadata
    guard metadata.isTerminating else {
      return .unavailable("The object is not being deleted; its finalizers hold nothing up.")
    }
    guard let finalizer = metadata.finalizers.first else {
      return .unavailable("The object has no finalizer left.")
    }
    if let kept = metadata.finalizers.first(where: Self.belongsToKubernetes) {
      return .unavailable("Finalizer \(kept) is Kubernetes' own and protects what is in use.")
    }
    return .plan(
      HealPlan(
        cause: .finding(finding.id),
        subject: finding.subject,
        cluster: finding.cluster,
        remedy: id,
        title: "Remove \(metadata.finalizers.joined(separator: ", ")) from \(key)",
        reason: "Deletion was asked for, and whoever should answer to \(finalizer) does not.",
        steps: metadata.finalizers.map { Self.removal(of: $0, from: key, uid: metadata.uid) },
        disruption: .cleanUpSkipped,
        blastRadius: BlastRadius(
          ending: key,
          "is gone at once; what its finalizer should clean up stays",
          in: graph
        ),
        undo: "Cannot be undone.",
        confirmation: .typing(key.name)
      )
    )
  }

  /// The step that removes what is the first finalizer by then.
  private static func removal(of finalizer: String, from key: ObjectKey, uid: ObjectUID) -> HealStep
  {
    let path: JSONValue = "/metadata/finalizers/0"
    return .json(
      [
        ["op": "test", "path": path, "value": .string(finalizer)], ["op": "remove", "path": path],
      ],
      on: key,
      uid: uid
    )
  }

  /// Whether the finalizer guards something that Kubernetes itself still has to do.
  private static func belongsToKubernetes(_ finalizer: String) -> Bool {
    finalizer == "foregroundDeletion" || finalizer == "orphan"
      || finalizer.hasPrefix("kubernetes.io/") || finalizer.contains(".k8s.io/")
      || finalizer == "kubernetes"
  }
}
