package import Healing
package import Inspection
package import KubernetesObjects

/// Everything about one finding that its screen shows.
package struct FindingDetail: Sendable {
  /// A remedy, and whether it can help now.
  package struct Offer: Sendable, Equatable {
    package let remedy: RemedyID
    package let title: String
    package let proposal: Proposal
  }

  /// Who answers for it, and where to turn.
  package struct Team: Sendable, Equatable {
    package let name: String
    package let contact: String
    package let runbook: String

    package init(name: String, contact: String = "", runbook: String = "") {
      self.name = name
      self.contact = contact
      self.runbook = runbook
    }
  }

  package let finding: Finding
  /// `nil` where nobody is known.
  package var team: Team?
  /// When the condition ended; `nil` while it holds.
  package let resolvedAt: Timestamp?
  package let title: String
  package let explanation: String
  /// What is around its subject.
  package let vicinity: Vicinity
  /// The finding that explains this one, at the root of all that do.
  package let cause: Finding?
  /// The worst of those that it explains; the first ``listedConsequences``.
  package let consequences: [Finding]
  /// How many findings this one explains.
  package let consequenceCount: Int
  /// What changed lately in the subject and its neighbours, newest first.
  package let changes: [RecentChange]
  /// Warnings about what it is about, newest first; `nil` where Events are not followed.
  package var warnings: [RecentWarning]?
  package let offers: [Offer]
  package let heal: HealState?
  /// Whether its cluster is also read directly, where an agent tells of it: what is around it, and plans, come from
  /// that.
  package var reading = DirectReading.done
  /// The context by which kubectl reaches its cluster; `nil` for the one of the cluster's name.
  package var context: String?
  /// The URL of an agent that tells of its cluster; `nil` where that is patrolled directly.
  package var agentURL: String?
  /// When it was looked at; ages are counted to here.
  package var now: Timestamp

  package var isResolved: Bool { resolvedAt != nil }

  package static let listedConsequences = 50
  package static let listedWarnings = 6
  package static let listedChanges = 12
}
