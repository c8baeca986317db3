package import Inspection
package import KubernetesObjects

/// A finding as an agent tells it, with what only the agent's model knows of it.
///
/// Thousands of them are kept in several lists, which share them.
package final class AttachedFinding: Sendable {
  package let finding: Finding
  /// The title of its check, which this program may not know; empty where nobody tells it.
  package let title: String
  /// Who answers for it; empty where nobody is known.
  package let team: String
  package let layer: OwnershipLayer
  /// The Node that it is about, or on which its object runs; empty where there is none.
  package let node: String
  /// What controls its object in the end; empty where nothing does.
  package let owner: String
  package let labels: Labels
  /// What its object takes, where it dangles.
  package let bytes: Int64
  /// What it names that is not there.
  package let absent: [VertexID]
  /// The finding at the root of all that explain it; `nil` where none does.
  package let cause: FindingID?
  /// Where it meets findings of which other agents tell; `nil` where its agent tells nothing of that.
  package let ends: CausalEnds?

  package init(
    _ finding: Finding,
    title: String = "",
    team: String = "",
    layer: OwnershipLayer = .workload,
    node: String = "",
    owner: String = "",
    labels: Labels = Labels(),
    bytes: Int64 = 0,
    absent: [VertexID] = [],
    cause: FindingID? = nil,
    ends: CausalEnds? = nil
  ) {
    self.finding = finding
    self.title = title
    self.team = team
    self.layer = layer
    self.node = node
    self.owner = owner
    self.labels = labels
    self.bytes = bytes
    self.absent = absent
    self.cause = cause
    self.ends = ends
  }
}
