/// A ClusterPolicyReport, about objects that are in no namespace, as far as checks read it; servers send it as JSON alone.
package struct ClusterPolicyReport: ReportRecord {
  package typealias Field = ReportField

  package static let kind = ObjectKind("ClusterPolicyReport", group: "wgpolicyk8s.io")
  package static let plural = "clusterpolicyreports"

  package var metadata: ObjectMetadata
  package var source = ""
  package var scope = ObjectMention()
  package var results: [ReportResult] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }
}
