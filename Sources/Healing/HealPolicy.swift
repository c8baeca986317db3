package import Inspection
package import KubernetesObjects
package import NameMatching

/// What is proposed by itself when findings arise: it is put into the queue, and a person decides.
package struct HealPolicy: Sendable, Equatable {
  /// What people call it.
  package var name: String
  /// What it is meant for; `nil` for everything.
  package var check: NamePattern?
  package var namespace: NamePattern?
  /// The contexts of the clusters that it is meant for; empty for all.
  package var contexts: [NamePattern] = []
  /// The least severity.
  package var severity = Severity.info
  package var remedy: RemedyID
  /// How long a finding must stand before.
  package var after = Duration.seconds(300)
  /// Whether what can be undone and disturbs nothing is done without a person.
  package var isAutomatic = false
  /// How many plans it makes in a cluster within an hour.
  package var perHour = 10

  package init(_ name: String, remedy: RemedyID) {
    self.name = name
    self.remedy = remedy
  }

  /// Whether a finding is one that it is meant for.
  package func isMeant(_ finding: Finding) -> Bool {
    guard finding.muting == nil, finding.severity <= severity,
      finding.remedies.contains(remedy), check?.matches(finding.check.description) ?? true,
      contexts.isEmpty || contexts.contains(where: { $0.matches(finding.cluster) })
    else { return false }
    return namespace.map { pattern in
      finding.objects.contains { pattern.matches($0.namespace) }
    } ?? true
  }
}

/// A plan that a policy proposes, and that waits for a person.
package struct QueuedPlan: Sendable, Equatable, Identifiable {
  package let finding: Finding
  package let policy: String
  package let plan: HealPlan
  /// Since when it waits.
  package let since: Timestamp

  package var id: FindingID { finding.id }

  package init(_ plan: HealPlan, for finding: Finding, by policy: String, since: Timestamp) {
    self.plan = plan
    self.finding = finding
    self.policy = policy
    self.since = since
  }
}

extension HealPlan {
  /// Whether it may be carried out without a person: it asks for no more than a key, can be taken back,
  /// disturbs nothing, and no guardrail is in its way.
  package var mayBeAutomatic: Bool {
    guard case .key = confirmation else { return false }
    return disruption == .none && steps.allSatisfy(\.canBeUndone) && !verdicts.isEmpty
      && !verdicts.contains(where: \.isBroken)
  }
}

extension HealStep {
  /// Whether its target can be made again what it was before.
  package var canBeUndone: Bool {
    switch self {
    case .patch(_, _, let subresource, _): subresource.isEmpty
    case .scale, .rollBack, .relist: true
    case .delete, .evict, .create, .run, .release: false
    }
  }
}
