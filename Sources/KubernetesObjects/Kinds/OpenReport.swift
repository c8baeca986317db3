/// A Report of openreports.io, about objects of its namespace, as far as checks read it; servers send it as JSON alone.
package struct OpenReport: ReportRecord {
  package typealias Field = ReportField

  package static let kind = ObjectKind("Report", group: "openreports.io")
  package static let plural = "reports"

  package var metadata: ObjectMetadata
  package var source = ""
  package var scope = ObjectMention()
  package var results: [ReportResult] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }
}
