package import KubernetesObjects

/// Whose findings a check's finding explains, so that they are folded beneath it.
package enum Explanation: Hashable, Sendable {
  /// Those about whatever names the subject over this relation: a lost Node explains its Pods.
  case referrers(over: Relation)
  /// Those of the same check about whatever the subject names over this relation: what is stuck in a
  /// namespace holds the namespace.
  case targets(over: Relation)
  /// Those of this check about the same subject.
  case sameSubject(CheckID)
}
