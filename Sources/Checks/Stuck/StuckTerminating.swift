import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds objects whose deletion does not end.
struct StuckTerminating: Check {
  let id: CheckID = "stuck/terminating"
  let title = "Deletion does not end"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(300)
  let needs: [ObjectKind] = []
  let remedies: [RemedyID] = ["remove-finalizer", "force-delete-pod"]
  let explains: [Explanation] =
    .owners + [
      .targets(over: .claim, .checks(["stuck/terminating"])),
      .targets(over: .definition, .checks(["stuck/terminating"])),
      .targets(over: .mount, .checks(["stuck/terminating"])),
      .targets(over: .namespace, .checks(["stuck/namespace-terminating"])),
    ]
  let explanation = """
    Deletion was asked for, its grace period has passed, and the object is still there: a \
    controller that should remove its finalizer is gone or fails, something still uses the \
    object, or no kubelet ends the Pod. Nothing of this name can be made anew until it is gone. \
    It heals when what blocks it goes, or when its controller works again; to remove a finalizer \
    by hand leaves behind what the controller should have cleaned up. \
    Verify: kubectl get KIND NAME -o jsonpath='{.metadata.deletionTimestamp} \
    {.metadata.finalizers}'
    """

  func inspect(_ subject: ObjectSubject, in cluster: ClusterView) -> [Observation] {
    guard let deletion = subject.metadata.deletionTimestamp else { return [] }
    // Their deletion is told of by checks that know more of it.
    guard !(subject.record is Namespace), !(subject.record is VolumeAttachment) else { return [] }
    let hold = TerminationHold(of: subject, in: cluster)
    return [
      Observation(
        "\(subject.record.key) does not finish terminating\(hold.clause)",
        evidence: [Evidence(subject.id, "metadata.deletionTimestamp", deletion.rfc3339)]
          + hold.evidence,
        related: hold.related,
        remedies: hold.remedies,
        beginning: .at(deletion)
      )
    ]
  }
}
