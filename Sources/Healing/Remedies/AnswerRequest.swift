import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects
import WireFormats

/// Approves or denies a certificate signing request, as `kubectl certificate` does.
struct AnswerRequest: PlanningRemedy {
  enum Answer: String {
    case approve, deny
  }

  static let approval = AnswerRequest(.approve)
  static let denial = AnswerRequest(.deny)

  private let answer: Answer

  private init(_ answer: Answer) { self.answer = answer }

  var id: RemedyID { answer == .approve ? "approve-request" : "deny-request" }

  var title: String {
    answer == .approve ? "Approve the certificate request" : "Deny the certificate request"
  }

  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    let request = try graph.subject(of: finding, as: CertificateSigningRequest.self)
    let name = request.metadata.name
    for condition in ["Approved", "Denied", "Failed"] where request.conditions[condition] != nil {
      throw Obstacle("Certificate request \(name) is \(condition.lowercased()) already.")
    }
    let isApproval = answer == .approve
    return plan(
      "\(isApproval ? "Approve" : "Deny") certificate request \(name) of \(request.username)",
      for: finding,
      because: isApproval
        ? "\(request.signerName) signs it only once somebody has approved it."
        : "Nobody else decides; a denied request is cleared away within the hour.",
      steps: [step(for: request, version: graph.resourceVersion(request.key))],
      disruption: .none,
      impacts: [
        .init(
          .object(request.key),
          isApproval
            ? "is signed: who has its key is taken for what the request says, until it expires"
            : "gets no certificate; \(request.username) must ask again"
        )
      ],
      undo: isApproval
        ? "Cannot be undone: a certificate is valid until it expires."
        : "Cannot be undone; whoever asked may ask again.",
      confirmation: isApproval ? .typing(name) : .key("y")
    )
  }

  private func step(for request: CertificateSigningRequest, version: String) -> HealStep {
    let isApproval = answer == .approve
    var patch: JSONValue = [
      "metadata": ["uid": .string(request.metadata.uid.description)],
      "status": [
        "conditions": [
          [
            "type": isApproval ? "Approved" : "Denied", "status": "True",
            "reason": isApproval ? "KPatrolApprove" : "KPatrolDeny",
            "message": "Decided by a user of KPatrol.",
          ]
        ]
      ],
    ]
    // The patch replaces all conditions: nobody may have added one meanwhile.
    if !version.isEmpty { patch[path: "metadata", "resourceVersion"] = .string(version) }
    return .patch(
      request.key,
      .merge(patch),
      subresource: "approval",
      kubectl: "certificate \(answer.rawValue) \(HealStep.quoted(request.metadata.name))"
    )
  }
}
