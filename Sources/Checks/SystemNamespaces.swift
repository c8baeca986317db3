import KubernetesObjects

/// The namespaces that belong to the cluster itself: what runs there comes with it, needs rights that
/// nobody else should have, and is not its users' to tidy up.
enum SystemNamespaces {
  static let all: Set<String> = ["kube-node-lease", "kube-public", "kube-system"]

  static func contains(_ namespace: String) -> Bool {
    // Most names do not even begin so, and are not hashed.
    namespace.utf8.starts(with: "kube-".utf8) && all.contains(namespace)
  }
}
