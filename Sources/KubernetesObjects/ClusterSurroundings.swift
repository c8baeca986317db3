/// What holds for a cluster as a whole and may matter to any of its objects; it seldom changes, and
/// then everything is inspected again.
package struct ClusterSurroundings: Hashable, Sendable {
  /// The version of the API server; `nil` where it is not known.
  package var serverVersion: KubernetesVersion?
  /// The ranges that Services' addresses are taken from, as far as ServiceCIDRs tell.
  package var serviceRanges: [IPPrefix] = []
  /// Whether Pods may run on more Nodes than one, those of the control plane left aside.
  package var hasSeveralNodes = false
  /// Whether Pods may run in more zones than one.
  package var hasSeveralZones = false
  /// Whether something adds Nodes where Pods find no room (the cluster autoscaler, Karpenter).
  package var addsNodes = false
  /// Whether a network plugin's own kind of policies is in use (`CiliumNetworkPolicy` and its like).
  package var usesForeignPolicies = false

  package init() {}
}
