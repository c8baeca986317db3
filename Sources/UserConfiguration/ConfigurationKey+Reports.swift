extension ConfigurationKey {
  /// The keys of what an agent writes into clusters.
  static let reports = [
    ConfigurationKey(
      path: "reports",
      type: "map",
      byDefault: "{}",
      meaning: """
        The reports in which an agent writes its findings into the clusters themselves: one in each namespace \
        that has some, and one for what is in none. Whoever may read reports sees them with kubectl, in \
        dashboards, and in a terminal that may read nothing else.
        """,
      example: "reports: { format: openreports, minSeverity: warning }"
    ),
    ConfigurationKey(
      path: "reports.format",
      type: "openreports or wgpolicyk8s",
      byDefault: "none: no reports are written",
      meaning: """
        The API that they are of, whose definitions must be installed: Report and ClusterReport of \
        openreports.io/v1alpha1, or PolicyReport and ClusterPolicyReport of wgpolicyk8s.io/v1alpha2.
        """,
      example: "format: wgpolicyk8s"
    ),
    ConfigurationKey(
      path: "reports.contexts",
      type: "list of names or globs",
      byDefault: #"["*"]"#,
      meaning: "The contexts of the clusters into which they are written.",
      example: #"contexts: ["prod-*"]"#
    ),
    ConfigurationKey(
      path: "reports.minSeverity",
      type: "critical, warning or info",
      byDefault: "info",
      meaning:
        "Findings that matter less are in no report; those that are muted are in none either.",
      example: "minSeverity: warning"
    ),
    ConfigurationKey(
      path: "reports.maxResults",
      type: "number from 1 to 5000",
      byDefault: "1000",
      meaning: """
        How many results one report holds, the worst first; how many were left out is told by its annotation \
        kpatrol.io/left-out. A report is never larger than 900 KiB, as etcd wants it.
        """,
      example: "maxResults: 200"
    ),
  ]
}
