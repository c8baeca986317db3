package import ClusterGraph
package import KubernetesClient
import KubernetesObjects

/// What becomes of what a deleted object owns, as far as a user may choose that.
extension HealPlan {
  /// What it is; `nil` where there is no choice: of Pods, of what is deleted at once, and of undos.
  package var propagation: DeleteOptions.Propagation? {
    guard steps.count == 1, case .delete(let key, _, nil, let propagation) = steps[0],
      key.kind != Pod.kind
    else { return nil }
    if case .undo = cause { return nil }
    return propagation
  }

  /// The same plan with another choice, and what it then comes to.
  ///
  /// What it asks for stays: nobody has to confirm less for leaving more behind.
  package func deleting(
    _ propagation: DeleteOptions.Propagation,
    in graph: ClusterGraph
  ) -> Proposal {
    guard self.propagation != nil, case .delete(let key, let uid, _, _) = steps[0] else {
      return .unavailable("\(title) leaves no choice.")
    }
    do throws(Obstacle) {
      let record = try graph.settledRecord(.object(key))
      guard record.metadata.uid == uid else { throw Obstacle("\(key) is another one now.") }
      let loss = DeletionLoss(of: record, in: graph, propagation)
      // The first is the object itself.
      var radius = BlastRadius(blastRadius.impacts.prefix(1) + loss.others)
      radius.unknownKinds = propagation == .orphan ? [] : graph.unknownKinds
      return .plan(
        changed(
          steps: [.delete(key, uid: uid, propagation: propagation)],
          disruption: disruption == .dataLoss ? .dataLoss : loss.disruption,
          blastRadius: radius
        )
      )
    } catch {
      return .unavailable(error.reason)
    }
  }

  private func changed(
    steps: [HealStep],
    disruption: Disruption,
    blastRadius: BlastRadius
  ) -> HealPlan {
    HealPlan(
      cause: cause,
      subject: subject,
      cluster: cluster,
      remedy: remedy,
      title: title,
      reason: reason,
      steps: steps,
      disruption: disruption,
      blastRadius: blastRadius,
      undo: undoing,
      confirmation: confirmation,
      kubectl: kubectl,
      proofLimit: proofLimit
    )
  }
}

extension DeleteOptions.Propagation {
  /// What becomes of what the object owns, in words.
  package var words: String {
    switch self {
    case .background: "are deleted after it (background)"
    case .foreground: "are deleted before it (foreground)"
    case .orphan: "stay, and are owned by nobody (orphan)"
    }
  }

  /// The next of the three.
  package var next: DeleteOptions.Propagation {
    switch self {
    case .background: .foreground
    case .foreground: .orphan
    case .orphan: .background
    }
  }
}
