import KubernetesObjects

/// What the journal keeps of the values of Secrets that a plan changes.
package enum SecretKeeping: Sendable, Equatable {
  case omitted
  /// They are sealed, with the key that is there.
  case sealed(key: String)

  /// What that means, for whoever confirms the plan.
  package var sentence: String {
    switch self {
    case .omitted:
      "are not kept, so that no undo brings them back. With journal.secrets: encrypted they are."
    case .sealed(let key): "are kept in the journal, encrypted with the key in \(key)"
    }
  }
}

extension HealPlan {
  /// The same, with what is kept of the Secrets that it changes.
  package func keepingSecrets(by sealing: (any SecretSealing)?) -> HealPlan {
    let isOfSecret = steps.contains { $0.isOfCluster && $0.target.kind == SecretOmission.kind }
    guard isOfSecret else { return self }
    var plan = self
    plan.secretKeeping = sealing.map { .sealed(key: $0.place) } ?? .omitted
    guard case .delete(let key, _, _, _)? = steps.first, key.kind == SecretOmission.kind else {
      return plan
    }
    plan.undoing =
      sealing == nil
      ? "Of Secrets no values are kept: \(key) must be made again by hand." : Self.undoByJournal
    return plan
  }
}
