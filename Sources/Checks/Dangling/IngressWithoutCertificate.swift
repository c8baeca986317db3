import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Ingresses whose certificate's Secret does not exist.
struct IngressWithoutCertificate: Check {
  let id: CheckID = "dangling/ingress-tls-secret"
  let title = "Ingress without its certificate"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(30)
  let needs = [Ingress.kind, Secret.kind]
  let issuing = Threshold(
    "minutesToIssue",
    15,
    "how many minutes a new Ingress's certificate may take where somebody issues it"
  )
  var thresholds: [Threshold] { [issuing] }
  let explanation = """
    The Secret that shall hold the certificate is not there. The controller then serves its own \
    self-signed certificate, which clients refuse, or does not serve the hosts at all. Create the \
    Secret, or look at why its Certificate was not issued. \
    Verify: kubectl get secret SECRET -n NAMESPACE
    """

  /// By these annotations the certificate is asked for once the Ingress is there.
  private static let issuers = [
    "cert-manager.io/cluster-issuer", "cert-manager.io/issuer", "kubernetes.io/tls-acme",
  ]

  func inspect(_ ingress: Ingress, in cluster: ClusterView) -> [Observation] {
    guard !ingress.tlsSecrets.isEmpty, !ingress.metadata.isTerminating else { return [] }
    return cluster.targets(over: .certificate).compactMap { secret in
      guard secret.presence.isAbsent, let name = secret.id.objectKey?.name else { return nil }
      return Observation(
        "Ingress \(ingress.key.qualifiedName) has its certificate in Secret \(name), "
          + "which does not exist",
        evidence: [Evidence(ingress.id, "spec.tls.secretName", name)],
        related: [secret.id],
        beginning: beginning(of: ingress, in: cluster),
        discriminator: name
      )
    }
  }

  private func beginning(
    of ingress: Ingress,
    in cluster: ClusterView
  ) -> Observation.Beginning {
    guard let created = ingress.metadata.creationTimestamp,
      Self.issuers.contains(where: { ingress.metadata.annotations[$0] != nil })
    else { return .notBefore(ingress.metadata.creationTimestamp) }
    return .from(created + .seconds(Int(cluster.value(of: issuing) * 60)))
  }
}
