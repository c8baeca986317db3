import Inspection
import KubernetesObjects

/// A report of what a policy engine or scanner found, of whichever API group.
struct ReportSubject: InspectionSubject {
  static let scope = SubjectScope.kinds([
    ClusterPolicyReport.kind, OpenClusterReport.kind, OpenReport.kind, PolicyReport.kind,
  ])

  let key: ObjectKey
  let metadata: ObjectMetadata
  let source: String
  let scope: ObjectMention
  let results: [ReportResult]

  init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    switch record {
    case let record as ClusterPolicyReport: self.init(record)
    case let record as OpenClusterReport: self.init(record)
    case let record as OpenReport: self.init(record)
    case let record as PolicyReport: self.init(record)
    default: return nil
    }
  }

  private init(_ record: some ReportRecord) {
    key = record.key
    metadata = record.metadata
    source = record.source
    scope = record.scope
    results = record.results
  }

  var id: VertexID { .object(key) }

  /// Whether it is KPatrol's own.
  var isOwn: Bool {
    source == "kpatrol" || metadata.labels["app.kubernetes.io/managed-by"] == "kpatrol"
  }

  func source(of result: ReportResult) -> String {
    result.source.isEmpty ? source : result.source
  }

  /// What a result is about: the objects that it names, or what the report is about, or the report itself.
  func vertices(of result: ReportResult) -> [VertexID] {
    let mentions = result.resources.isEmpty ? [scope] : result.resources
    let named = mentions.compactMap { $0.key(reportedIn: metadata.namespace) }
    return named.isEmpty ? [id] : named.map(VertexID.object)
  }
}
