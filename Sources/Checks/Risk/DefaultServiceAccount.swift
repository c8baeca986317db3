import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds workloads that speak to the API server as the account that all Pods of a namespace share.
struct DefaultServiceAccount: Check {
  let id: CheckID = "risk/default-service-account"
  let title = "Workload uses the default ServiceAccount"
  let severity = Severity.info
  let reach = CheckReach.namespace
  let settles = Duration.zero
  let profile = CheckProfile.hygiene
  let needs: [ObjectKind] = []
  let explanation = """
    The workload names no ServiceAccount, and its Pods hold a token of the namespace's default one. \
    Every right that somebody gives this account is given to all such Pods. It heals with an \
    account of its own, or with automountServiceAccountToken: false where nothing asks the API \
    server. \
    Verify: kubectl get rolebindings,clusterrolebindings -A -o wide
    """

  func inspect(_ subject: TemplateSubject, in cluster: ClusterView) -> [Observation] {
    guard subject.usesDefaultAccount, subject.mountsToken(in: cluster) else { return [] }
    return [
      Observation(
        "\(subject.name) runs as the default ServiceAccount of its namespace, with its token",
        evidence: [
          Evidence(
            subject.id,
            "\(subject.specPath).serviceAccountName",
            subject.template.serviceAccount.isEmpty ? "not set" : subject.template.serviceAccount
          ),
          Evidence(
            subject.id,
            "\(subject.specPath).automountServiceAccountToken",
            subject.template.options.contains(.mountsToken) ? "true" : "not set"
          ),
        ],
        related: cluster.targets(over: .serviceAccount).map(\.id),
        beginning: .notBefore(subject.record.metadata.creationTimestamp)
      )
    ]
  }
}
