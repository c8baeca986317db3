/// A ClusterReport of openreports.io, about objects that are in no namespace, as far as checks read it; servers send it as JSON alone.
package struct OpenClusterReport: ReportRecord {
  package typealias Field = ReportField

  package static let kind = ObjectKind("ClusterReport", group: "openreports.io")
  package static let plural = "clusterreports"

  package var metadata: ObjectMetadata
  package var source = ""
  package var scope = ObjectMention()
  package var results: [ReportResult] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }
}
