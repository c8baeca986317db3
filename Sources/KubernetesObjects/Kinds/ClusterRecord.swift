/// A cluster itself, as KPatrol sees it: no object of the API server, but what its answers tell.
///
/// It is a vertex like any other, so that checks are about it.
package struct ClusterRecord: ObjectRecord {
  package static let kind = ObjectKind("Cluster", group: ObjectKind.ownGroup)
  /// The name of the one that there is in each graph.
  package static let name = "cluster"
  package static let key = ObjectKey(kind, name: name)
  package static let vertex = VertexID.object(key)

  package var kind: ObjectKind { Self.kind }
  package var metadata: ObjectMetadata
  /// What `/readyz?verbose` and `/livez?verbose` call failing, in the order of names.
  package var failingParts: [String] = []
  /// The share of our own requests of the last minutes that the server failed to answer, in percent.
  package var failedRequests = 0
  /// Whether most requests take longer than they should.
  package var isSlow = false
  /// Whether the metrics API (`metrics.k8s.io`) answers; `nil` while it was not asked.
  package var hasMetrics: Bool?
  /// The API server's certificate, as its handshake showed it.
  package var serverCertificate: CertificateValidity?
  /// Our own client certificate; `nil` where we sign in otherwise, or a plugin renews it.
  package var clientCertificate: CertificateValidity?
  /// Where the last audits found our own model of it wrong, in the order of kinds.
  package var modelFaults: [ModelFault] = []
  /// Which rules are not in force as they were meant, in the order of names.
  package var ruleFaults: [RuleFault] = []
  /// Which remote checks are not asked, or not answered, as they were meant, in the order of their configuration.
  package var remoteFaults: [RemoteFault] = []

  package init() {
    metadata = ObjectMetadata()
    metadata.name = Self.name
  }

  package var references: [Reference] { [] }

  /// Those that it measures for need not be told of what it says of itself.
  package func looksEqual(to old: ClusterRecord, over relation: Relation) -> Bool {
    relation == .measurements
  }
}
