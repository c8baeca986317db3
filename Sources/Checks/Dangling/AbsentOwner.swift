import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds objects whose owner is gone, or never was where the reference says.
struct AbsentOwner: Check {
  let id: CheckID = "dangling/owner"
  let title = "Owner does not exist"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(120)
  let needs: [ObjectKind] = []
  let remedies: [RemedyID] = ["delete-object", "remove-owner-reference"]
  let explanation = """
    An owner reference names an object that does not exist, or one that was made anew with another \
    uid. The garbage collector removes such an object within seconds unless another owner is left, \
    so it is not working, or the reference is one that it refuses: an owner must be in the same \
    namespace, or in none. \
    Verify: kubectl get KIND NAME -n NAMESPACE -o jsonpath='{.metadata.ownerReferences}'
    """

  func inspect(_ subject: ObjectSubject, in cluster: ClusterView) -> [Observation] {
    let metadata = subject.metadata
    guard !metadata.ownerReferences.isEmpty, !metadata.isTerminating else { return [] }
    let lost = metadata.ownerReferences.filter { owner in
      !cluster.hasTarget(over: .owner) { $0.metadata.uid == owner.uid }
    }
    guard !lost.isEmpty else { return [] }
    let targets = cluster.targets(over: .owner)
    return lost.compactMap { owner in
      let meant = targets.filter {
        $0.id.objectKey?.kind == owner.kind && $0.id.objectKey?.name == owner.name
      }
      let isKnown = meant.allSatisfy { $0.presence.isAbsent || $0.presence.record != nil }
      guard !meant.isEmpty, isKnown else { return nil }
      return Observation(
        message(subject, owner, isThere: meant.contains { $0.presence.record != nil }),
        evidence: [
          Evidence(
            subject.id,
            "metadata.ownerReferences",
            "\(owner.kind.name) \(owner.name), uid \(owner.uid)"
          )
        ]
          + meant.compactMap { target in
            target.presence.record.map {
              Evidence(target.id, "metadata.uid", $0.metadata.uid.description)
            }
          },
        related: meant.map(\.id),
        beginning: .notBefore(metadata.creationTimestamp),
        discriminator: "\(owner.kind) \(owner.name)"
      )
    }
  }

  private func message(_ subject: ObjectSubject, _ owner: OwnerReference, isThere: Bool) -> String {
    let name = "\(subject.record.kind.name) \(subject.record.key.qualifiedName)"
    let ownerName = "\(owner.kind.name) \(owner.name)"
    if isThere { return "\(name) is owned by a former \(ownerName), not by the one that exists" }
    if subject.metadata.namespace.isEmpty, owner.kind.isBuiltIn, !owner.kind.isClusterScoped {
      return "\(name) is in no namespace and cannot be owned by \(ownerName), which is in one"
    }
    return "\(name) is owned by \(ownerName), which does not exist"
  }
}
