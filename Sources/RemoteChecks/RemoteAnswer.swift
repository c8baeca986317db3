package import Inspection
package import KubernetesObjects
import UserConfiguration

/// What a service has against one object, as a vertex: no object of the API server.
package struct RemoteAnswer: ObjectRecord {
  package let kind: ObjectKind
  package var metadata: ObjectMetadata
  package let subject: ObjectKey
  package let findings: [RemoteFinding]

  package init(_ findings: [RemoteFinding], about subject: ObjectKey, from check: String) {
    kind = Self.kind(ofCheck: check)
    self.findings = findings
    self.subject = subject
    metadata = ObjectMetadata()
    metadata.name = RemoteObject.subject(of: subject)
  }

  package var references: [Reference] { [] }

  package var home: String { subject.namespace }

  /// What a remote check says is a kind of its own, as it is known or unknown by itself.
  package static func kind(ofCheck name: String) -> ObjectKind {
    ObjectKind(name, group: "remotechecks.\(ObjectKind.ownGroup)")
  }

  package static func key(about subject: ObjectKey, from check: String) -> ObjectKey {
    ObjectKey(kind(ofCheck: check), name: RemoteObject.subject(of: subject))
  }
}

extension RemoteAnswer: InspectionSubject {
  package static let scope = SubjectScope.everyObject

  package init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    guard let record = record?.typed(as: RemoteAnswer.self) else { return nil }
    self = record
  }
}

/// Makes findings of what a service answers.
package struct RemoteFindingCheck: Check {
  package let id: CheckID
  package let title: String
  package let severity = Severity.warning
  package let settles = Duration.zero
  package let explanation: String
  private let answers: ObjectKind

  package init(_ check: RemoteCheck) {
    id = CheckID(stringLiteral: "remote/\(check.name)")
    title = "Remote check \(check.name)"
    answers = RemoteAnswer.kind(ofCheck: check.name)
    explanation = """
      The service at \(check.settings.url) is told of objects and of their changes, and has something against \
      this one: what, it says itself. While the service cannot be asked, nothing is known of what it would \
      find. Verify: kubectl get \(check.kinds.map(\.name).joined(separator: ",").lowercased()) -A
      """
  }

  package var reach: CheckReach { .namespace }
  package var needs: [ObjectKind] { [answers] }
  package var scope: SubjectScope { .kind(answers) }

  package func inspect(_ answer: RemoteAnswer, in cluster: ClusterView) -> [Observation] {
    guard cluster.isKnown(answers) else { return [] }
    let subject = VertexID.object(answer.subject)
    return answer.findings.map { finding in
      Observation(
        // A service need not say of what it speaks.
        finding.message.contains(answer.subject.name)
          ? finding.message : "\(subject): \(finding.message)",
        evidence: finding.evidence.map { Evidence(subject, $0.path, $0.value) }
          + [Evidence(subject, "reason", finding.reason)],
        subject: subject,
        severity: finding.severity,
        likeness: Likeness(finding.reason),
        discriminator: finding.reason
      )
    }
  }
}
