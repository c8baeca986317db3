extension ConfigurationKey {
  /// The keys that tell who answers for what.
  static let owners = [
    ConfigurationKey(
      path: "owners",
      type: "list of maps",
      byDefault: "[]",
      meaning: """
        Who answers for which findings. The first entry counts of which all that is written fits every \
        object that the finding is about; where none does, teamLabel tells, and where that does not either, \
        the team is called unowned. Findings are put into groups \
        by team and layer, team:NAME and layer:NAME filter them, and a finding says how its team is reached.
        """,
      example: """
        owners:
          - team: storage
            layer: infrastructure
            kind: "PersistentVolume*"
            contact: "#storage"
            runbook: https://wiki.example.com/storage
          - team: shop
            namespace: "shop-*"
            severities: { "risk/*": info }
        """
    ),
    ConfigurationKey(
      path: "owners[].team",
      type: "name",
      byDefault: "none, it must be written",
      meaning: "The name of the team.",
      example: "team: storage"
    ),
    ConfigurationKey(
      path: "owners[].layer",
      type: "infrastructure, platform or workload",
      byDefault: "by the objects: Nodes and volumes, what all share, all else",
      meaning: "Which layer of the organisation's work the findings belong to.",
      example: "layer: platform"
    ),
    ConfigurationKey(
      path: "owners[].contact",
      type: "text",
      byDefault: "none",
      meaning: "How the team is reached; it is shown with each of its findings.",
      example: ##"contact: "#storage""##
    ),
    ConfigurationKey(
      path: "owners[].runbook",
      type: "text",
      byDefault: "none",
      meaning: "Where it is written what is to be done; it is shown with each of its findings.",
      example: "runbook: https://wiki.example.com/storage"
    ),
    ConfigurationKey(
      path: "owners[].namespace",
      type: "name or glob",
      byDefault: "every namespace, and what is in none",
      meaning: "The namespace of the objects that the findings are about.",
      example: #"namespace: "shop-*""#
    ),
    ConfigurationKey(
      path: "owners[].kind",
      type: "name or glob",
      byDefault: "every kind",
      meaning: "The kind of these objects, with or without its group: Certificate.cert-manager.io.",
      example: #"kind: "*.cert-manager.io""#
    ),
    ConfigurationKey(
      path: "owners[].check",
      type: "check id or glob",
      byDefault: "every check",
      meaning: "Whose findings the team answers for.",
      example: "check: drift/ipam-*"
    ),
    ConfigurationKey(
      path: "owners[].labels",
      type: "map of labels",
      byDefault: "any labels",
      meaning: "Labels that the objects have; where one has not the label, its namespace's counts.",
      example: "labels: { app.kubernetes.io/part-of: shop }"
    ),
    ConfigurationKey(
      path: "owners[].annotations",
      type: "map of annotations",
      byDefault: "any annotations",
      meaning: """
        Annotations that the objects have; where one has not the annotation, its namespace's counts. Those \
        that are named here are kept of all objects.
        """,
      example: "annotations: { example.com/owner: shop }"
    ),
    ConfigurationKey(
      path: "owners[].where",
      type: "expression in CEL",
      byDefault: "true",
      meaning: """
        What has to hold of the objects besides. It may name check, kind, namespace, name, labels, annotations, \
        namespaceLabels and namespaceAnnotations; what fails, as for a label that is not there, counts as no.
        """,
      example: #"where: "labels['app'].startsWith('cart') || namespaceLabels['team'] == 'shop'""#
    ),
    ConfigurationKey(
      path: "owners[].severities",
      type: "map of check ids or globs to severities",
      byDefault: "as the checks say",
      meaning: "How much findings matter to the team; the first that fits the check counts.",
      example: #"severities: { "risk/*": info, unhealthy/pod-failed: critical }"#
    ),
  ]
}
