package import KubernetesObjects

/// A cluster as the journal knows it: several contexts may lead to one server.
package struct HealedCluster: Sendable, Hashable {
  /// The context.
  package let name: String
  package let server: String

  package init(name: String, server: String) {
    (self.name, self.server) = (name, server)
  }
}

/// What was begun lately, as far as guardrails count it.
package struct PastHeal: Sendable, Equatable {
  package let id: HealIntent.ID
  package let begun: Timestamp
  /// When something was last done to each object; of a plan under way, to all that it means to change.
  package let tries: [ObjectKey: Timestamp]
  /// The policy that began it without a person.
  package let policy: String?

  package init(
    id: HealIntent.ID,
    begun: Timestamp,
    tries: [ObjectKey: Timestamp],
    policy: String? = nil
  ) {
    self.id = id
    self.begun = begun
    self.tries = tries
    self.policy = policy
  }
}

extension HealSituation {
  /// Takes in what was begun lately, but for what came after `id`: of two programs that begin at once, the
  /// first goes on.
  package mutating func take(_ past: [PastHeal], before id: HealIntent.ID? = nil) {
    let past = past.filter { heal in id.map { heal.id < $0 } ?? true }
    actions = past.map(\.begun)
    for heal in past { lastTries.merge(heal.tries, uniquingKeysWith: max) }
  }
}
