/// A name in `metadata.finalizers`, and what is known of who removes it.
///
/// Source: Kubernetes documentation, "Finalizers", and the constants of kube-controller-manager.
package struct Finalizer: Hashable, Sendable {
  package let name: String

  package init(_ name: String) { self.name = name }

  /// Those of the controllers that every cluster has, and the Lease that each holds while it works.
  private static let leases: [String: String] = [
    "batch.kubernetes.io/job-tracking": "kube-controller-manager",
    "foregroundDeletion": "kube-controller-manager",
    "kubernetes.io/pv-protection": "kube-controller-manager",
    "kubernetes.io/pvc-protection": "kube-controller-manager",
    "networking.k8s.io/service-cidr-finalizer": "kube-controller-manager",
    "orphan": "kube-controller-manager",
    "service.kubernetes.io/load-balancer-cleanup": "cloud-controller-manager",
  ]

  /// The Lease of the controller that removes it; `nil` where that is not known.
  package var lease: ObjectKey? {
    Self.leases[name].map { ObjectKey(Lease.kind, namespace: "kube-system", name: $0) }
  }

  /// The domain that tells whose it is: `example.com` of `example.com/hold`; empty where there is
  /// none.
  package var domain: String {
    name.contains("/") ? name.split(separator: "/").first.map(String.init) ?? "" : ""
  }
}
