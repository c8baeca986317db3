import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds objects whose deletion does not end.
struct StuckTerminating: Check {
  let id: CheckID = "stuck/terminating"
  let title = "Deletion does not end"
  let severity = Severity.warning
  let settles = Duration.seconds(300)
  let needs: [ObjectKind] = []
  let explains: [Explanation] = [
    .referrers(over: .namespace), .targets(over: .namespace),
  ]
  let explanation = """
    Deletion was asked for, its grace period has passed, and the object is still there: a \
    controller that should remove its finalizer is gone or fails, or no kubelet ends the Pod. \
    Verify: kubectl get KIND NAME -o jsonpath='{.metadata.deletionTimestamp} \
    {.metadata.finalizers}'
    """

  func inspect(_ subject: ObjectSubject, in cluster: ClusterView) -> [Observation] {
    guard let deletion = subject.metadata.deletionTimestamp else { return [] }
    let blockers = blockers(of: subject)
    let held =
      blockers.isEmpty
      ? "" : ", held by " + blockers.map(\.value).joined(separator: ", ")
    return [
      Observation(
        "\(subject.record.key) does not finish terminating\(held)",
        evidence: [
          Evidence(subject.id, "metadata.deletionTimestamp", deletion.rfc3339)
        ] + blockers + complaints(of: subject),
        related: cluster.targets(over: .node).map(\.id),
        remedies: remedies(for: subject, in: cluster),
        beginning: .at(deletion)
      )
    ]
  }

  /// The finalizers that must go first.
  private func blockers(of subject: ObjectSubject) -> [Evidence] {
    let finalizers = subject.metadata.finalizers.map {
      Evidence(subject.id, "metadata.finalizers", $0)
    }
    guard let namespace = subject.record as? Namespace else { return finalizers }
    return finalizers
      + namespace.specFinalizers.map { Evidence(subject.id, "spec.finalizers", $0) }
  }

  /// What the namespace controller says it cannot remove.
  private func complaints(of subject: ObjectSubject) -> [Evidence] {
    guard let namespace = subject.record as? Namespace else { return [] }
    return namespace.conditions.filter { $0.status == .isTrue }.map {
      Evidence(subject.id, "status.conditions[\($0.type)]", $0.message)
    }
  }

  private func remedies(for subject: ObjectSubject, in cluster: ClusterView) -> [RemedyID] {
    if !subject.metadata.finalizers.isEmpty { return ["remove-finalizer"] }
    return subject.record is Pod ? ["force-delete-pod"] : []
  }
}
