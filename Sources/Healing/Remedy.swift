package import ClusterGraph
package import Inspection

/// A way to heal findings; a file each under `Remedies/`.
package protocol Remedy: Sendable {
  var id: RemedyID { get }
  /// What it does, as a menu entry: "Delete the younger Pod".
  var title: String { get }

  /// Works out what to do about `finding`, without doing anything.
  func plan(for finding: Finding, in graph: ClusterGraph) -> Proposal

  /// Whether the graph shows that the plan did what it is for; `nil` where the finding's end alone
  /// shows it.
  func isProved(_ plan: HealPlan, in graph: ClusterGraph) -> Bool?
}

extension Remedy {
  package func isProved(_ plan: HealPlan, in graph: ClusterGraph) -> Bool? { nil }
}

/// A remedy's answer, and what the guardrails say of it.
package enum Proposal: Sendable, Equatable {
  case plan(HealPlan)
  /// It cannot help here, for this reason.
  case unavailable(String)
  /// It could help, but ``Guardrails`` refuse the plan for this reason.
  case refused(HealPlan, String)
}
