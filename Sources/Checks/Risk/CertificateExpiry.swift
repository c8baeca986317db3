import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds certificates that end soon, or have ended.
struct CertificateExpiry: Check {
  let id: CheckID = "risk/certificate-expiry"
  let title = "Certificate ends soon"
  let severity = Severity.warning
  let settles = Duration.zero
  let thresholds = [warningDays, criticalDays]
  /// None, for each kind that has certificates is looked at by itself.
  let needs: [ObjectKind] = []
  let explanation = """
    From that time on clients refuse what shows the certificate: an Ingress, a webhook (and with it \
    every request that it is asked about), the API server, or ourselves. Certificates that live for \
    weeks or hours and are renewed all the time matter only in the last quarter of their \
    life, and those that a plugin renews for us not at all; those in Secrets that nobody names never become critical. Of several authorities the last \
    counts, for any will do. It heals by renewal, as cert-manager or kubeadm certs renew do. \
    Verify: kubectl get secret NAME -n NAMESPACE -o jsonpath='{.data.tls\\.crt}' | base64 -d | \
    openssl x509 -noout -enddate
    """

  private static let warningDays = Threshold(
    "warningDays",
    30,
    "how many days before its end a certificate is a warning"
  )
  private static let criticalDays = Threshold(
    "criticalDays",
    7,
    "how many days before its end it is critical"
  )

  func inspect(_ holder: CertificateHolder, in cluster: ClusterView) -> [Observation] {
    guard !holder.certificates.isEmpty else { return [] }
    let matters = !holder.isSecret || Self.isNamed(cluster)
    return holder.certificates.map { certificate in
      let end = certificate.end
      let warning = certificate.time(before: cluster.value(of: Self.warningDays), share: 4)
      let critical = certificate.time(before: cluster.value(of: Self.criticalDays), share: 12)
      return Observation(
        "\(certificate.name) of \(holder.name) is valid until \(end.rfc3339)",
        evidence: [Evidence(holder.id, certificate.path, "notAfter \(end.rfc3339)")],
        beginning: .from(warning),
        escalation: matters ? Observation.Escalation(at: critical, to: .critical) : nil,
        discriminator: certificate.path
      )
    }
  }

  /// Whether anybody names the Secret; what nobody names may be left over.
  private static func isNamed(_ cluster: ClusterView) -> Bool {
    [Relation.certificate, .configuration, .mention].contains { cluster.hasReferrer(over: $0) }
  }
}

/// What holds certificates: when they end, and where they stand.
struct CertificateHolder: InspectionSubject {
  struct Certificate {
    let name: String
    let path: String
    let start: Timestamp
    let end: Timestamp

    /// The time so many days before the end, or for those that live shorter a share of their life.
    func time(before days: Double, share: Int) -> Timestamp {
      let wanted = Duration.seconds(days * 86_400)
      return end - min(wanted, start.elapsed(to: end) / share)
    }
  }

  static let scope = SubjectScope.kinds([
    APIService.kind, ClusterRecord.kind, CustomResourceDefinition.kind,
    MutatingWebhookConfiguration.kind, Secret.kind, ValidatingWebhookConfiguration.kind,
  ])

  let id: VertexID
  let name: String
  let isSecret: Bool
  private(set) var certificates: [Certificate] = []

  init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    guard let record, !record.metadata.isTerminating else { return nil }
    self.id = .object(record.key)
    isSecret = record is Secret
    name =
      record is ClusterRecord
      ? "the cluster" : "\(record.kind.name) \(record.key.qualifiedName)"
    switch record {
    case let secret as Secret: add(secret.certificate, "The certificate", "data[tls.crt]")
    case let service as APIService: addAuthority(of: service.client, "spec.caBundle")
    case let definition as CustomResourceDefinition:
      let path = "spec.conversion.webhook.clientConfig.caBundle"
      if let client = definition.conversionWebhook { addAuthority(of: client, path) }
    case let webhooks as any AdmissionWebhookConfiguration:
      for webhook in webhooks.webhooks {
        addAuthority(of: webhook.client, "webhooks[\(webhook.name)].clientConfig.caBundle")
      }
    case let cluster as ClusterRecord:
      add(cluster.serverCertificate, "The API server's certificate", "server certificate")
      add(cluster.clientCertificate, "Our client certificate", "client certificate")
    default: return nil
    }
  }

  private mutating func addAuthority(of client: WebhookClient, _ path: String) {
    add(client.authority, "The authority", path)
  }

  private mutating func add(_ validity: CertificateValidity?, _ name: String, _ path: String) {
    guard let validity else { return }
    certificates.append(
      Certificate(name: name, path: path, start: validity.start, end: validity.end)
    )
  }
}
