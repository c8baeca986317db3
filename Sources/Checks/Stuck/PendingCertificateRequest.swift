import Inspection
import KubernetesObjects

/// Finds requests for certificates that nobody decides on, or that nobody signs.
struct PendingCertificateRequest: Check {
  let id: CheckID = "stuck/certificate-request"
  let title = "Certificate request waits for a decision"
  let severity = Severity.warning
  let settles = Duration.seconds(600)
  let needs = [CertificateSigningRequest.kind]
  let remedies: [RemedyID] = ["approve-request", "deny-request"]
  let explanation = """
    Somebody asked for a certificate, and nobody has approved or denied the request, or its \
    signer has not signed it after it was approved. A kubelet without its serving certificate \
    answers no logs and no exec; a new Node without its client certificate does not join. Look \
    who asks before you approve: whoever gets the certificate is taken for that user. Pending \
    requests are deleted after a day. \
    Verify: kubectl get csr NAME
    """

  func inspect(
    _ request: CertificateSigningRequest,
    in cluster: ClusterView
  ) -> [Observation] {
    guard !request.metadata.isTerminating, request.conditions["Denied"] == nil,
      request.conditions["Failed"] == nil
    else { return [] }
    let approval = request.conditions["Approved"]
    guard approval == nil || !request.isIssued else { return [] }
    let name = request.metadata.name
    return [
      Observation(
        approval == nil
          ? "Certificate request \(name) of \(request.username) is neither approved nor denied"
          : "Certificate request \(name) is approved, and \(request.signerName) does not sign it",
        evidence: [
          Evidence(request.id, "spec.username", request.username),
          Evidence(request.id, "spec.signerName", request.signerName),
          approval?.evidence(of: request.id)
            ?? Evidence(request.id, "status.conditions", "none"),
        ],
        remedies: approval == nil ? ["approve-request", "deny-request"] : [],
        beginning: approval?.since(request.metadata)
          ?? request.metadata.creationTimestamp.map { .at($0) } ?? .whenSeen,
        discriminator: approval == nil ? "" : "unsigned"
      )
    ]
  }
}
