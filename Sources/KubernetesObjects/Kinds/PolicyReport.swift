/// A PolicyReport, about objects of its namespace, as far as checks read it; servers send it as JSON alone.
package struct PolicyReport: ReportRecord {
  package typealias Field = ReportField

  package static let kind = ObjectKind("PolicyReport", group: "wgpolicyk8s.io")
  package static let plural = "policyreports"

  package var metadata: ObjectMetadata
  package var source = ""
  package var scope = ObjectMention()
  package var results: [ReportResult] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }
}
