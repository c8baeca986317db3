import SimulatedCluster
import WireFormats

/// What a cluster needs for reports, and rules that have much to report at once.
enum ReportWorld {
  /// Finds each Namespace and each Pod, so that reports of both kinds are written.
  static let pack = """
    apiVersion: kpatrol.io/v1
    kind: RulePack
    metadata: {name: all}
    rules:
      - id: namespace
        title: A Namespace is there
        match: {kinds: [Namespace]}
        when: object.metadata.name != ''
        message: Namespace {{ object.metadata.name }} is there
        settles: 0s
        explain: For a test.
      - id: pod
        title: A Pod is there
        match: {kinds: [Pod]}
        when: object.metadata.name != ''
        message: Pod {{ object.metadata.name }} is there
        settles: 0s
        explain: For a test.
    """

  /// Has a cluster serve reports.
  static func define(in cluster: SimulatedCluster) throws {
    try cluster.create(definition("Report", isNamespaced: true))
    try cluster.create(definition("ClusterReport", isNamespaced: false))
  }

  private static func definition(_ kind: String, isNamespaced: Bool) -> JSONValue {
    let plural = kind.lowercased() + "s"
    return [
      "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
      "metadata": ["name": .string("\(plural).openreports.io")],
      "spec": [
        "group": "openreports.io", "scope": isNamespaced ? "Namespaced" : "Cluster",
        "names": ["plural": .string(plural), "kind": .string(kind)],
        "versions": [
          [
            "name": "v1alpha1", "served": true, "storage": true,
            "schema": [
              "openAPIV3Schema": [
                "type": "object", "x-kubernetes-preserve-unknown-fields": true,
              ]
            ],
          ]
        ],
      ],
    ]
  }

  /// A report of another agent, or of one before.
  static func report(
    _ name: String,
    _ kind: String = "Report",
    in namespace: String = "",
    shard: Int
  ) -> JSONValue {
    var report: JSONValue = [
      "apiVersion": "openreports.io/v1alpha1", "kind": .string(kind),
      "metadata": [
        "name": .string(name),
        "labels": [
          "app.kubernetes.io/managed-by": "kpatrol", "kpatrol.io/shard": .string("\(shard)"),
        ],
      ],
    ]
    if !namespace.isEmpty { report[path: "metadata", "namespace"] = .string(namespace) }
    return report
  }
}
