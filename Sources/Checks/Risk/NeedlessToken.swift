import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds workloads that hold a token with which they may do nothing.
struct NeedlessToken: Check {
  let id: CheckID = "risk/token-automount"
  let title = "Token of an account without a role is mounted"
  let severity = Severity.info
  let settles = Duration.zero
  let profile = CheckProfile.hygiene
  let facts: [any DerivedFact.Type] = [AccountRights.self]
  let needs = [ClusterRoleBinding.kind, RoleBinding.kind, ServiceAccount.kind]
  let explanation = """
    Each Pod of the workload holds a token of a ServiceAccount that no binding gives a role. Nothing \
    needs it, and whoever breaks into the Pod may use it wherever tokens are trusted: what \
    all accounts may do, and clouds that take Kubernetes' tokens. It heals with \
    automountServiceAccountToken: false. What only takes tokens for other audiences mounts \
    these itself. \
    Verify: kubectl get serviceaccount NAME -n NAMESPACE -o yaml
    """

  func inspect(_ subject: TemplateSubject, in cluster: ClusterView) -> [Observation] {
    guard !subject.usesDefaultAccount, !subject.template.options.contains(.mountsNoToken),
      let account = cluster.targets(over: .serviceAccount).first,
      let rights = cluster.fact(AccountRights.self, of: account), !rights.isBound,
      subject.mountsToken(in: cluster),
      needs.allSatisfy({ cluster.isKnown($0) })
    else { return [] }
    let name = account.id.name
    return [
      Observation(
        "\(subject.name) mounts a token of ServiceAccount \(name), which has no role",
        evidence: [
          Evidence(
            subject.id,
            "\(subject.specPath).automountServiceAccountToken",
            subject.template.options.contains(.mountsToken) ? "true" : "not set"
          )
        ],
        related: [account.id],
        beginning: .notBefore(subject.record.metadata.creationTimestamp)
      )
    ]
  }
}
