package import Inspection
import KubernetesObjects

/// What a monitor itself finds, since no object of the cluster tells it.
package struct OwnFinding: Sendable {
  package let id: CheckID
  package let title: String
  package let severity: Severity
  package let explanation: String

  package static let all = [wrongModel, brokenGroup]

  static let wrongModel = OwnFinding(
    id: "drift/own-model",
    title: "KPatrol's own picture was wrong",
    severity: .critical,
    explanation: """
      Every ten minutes KPatrol compares what it knows with what the server lists. Here the two \
      differed twice, some seconds apart: an event was lost, or the server's watch cache is behind \
      its store. The kind was listed again, so the picture is right by now; findings about it from \
      before may not have been. The finding stays until a comparison shows no difference. Where it \
      comes back, compare the servers with each other: kubectl get --raw on each API server's own \
      address shows which one lags.
      """
  )

  /// Has the name of the check that finds the same from the APIService, for those who may read it.
  static let brokenGroup = OwnFinding(
    id: "unhealthy/api-service",
    title: "API group is not served",
    severity: .critical,
    explanation: """
      The server knows this group of APIs, and whoever serves it does not answer. Its kinds cannot \
      be read or changed, and namespaces cannot be deleted, since nobody can tell whether they still \
      hold objects of it. See kubectl get apiservices, then the Service and the Pods that the \
      APIService names.
      """
  )

  func finding(
    on cluster: String,
    about subject: VertexID,
    discriminator: String = "",
    message: String,
    evidence: [Evidence],
    since: Timestamp
  ) -> Finding {
    Finding(
      id: FindingID(
        cluster: cluster,
        check: id,
        subject: subject,
        discriminator: discriminator
      ),
      cluster: cluster,
      check: id,
      severity: severity,
      subject: subject,
      message: message,
      evidence: evidence,
      related: [],
      remedies: [],
      since: since
    )
  }
}
