import KubernetesObjects

extension Node {
  /// Labels of Nodes that stand for no machine of their own, each with its value.
  private static let virtualLabels: [(key: String, value: String)] = [
    // Fargate makes a Node for each Pod, with the Pod's address.
    ("eks.amazonaws.com/compute-type", "fargate"),
    // A virtual kubelet is a Pod itself, whose address its Node takes; it reports a version of its
    // own.
    ("type", "virtual-kubelet"),
    // KWOK's Nodes are made up.
    ("type", "kwok"),
  ]

  /// Whether it is no machine, so that its address, version and identity may be a Pod's or nobody's.
  var isVirtual: Bool {
    Self.virtualLabels.contains { metadata.labels[$0.key] == $0.value }
  }
}
