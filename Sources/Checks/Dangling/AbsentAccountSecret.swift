import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds ServiceAccounts that give their Pods a pull Secret that does not exist.
///
/// Admission writes it into the Pods, whose templates do not name it.
struct AbsentAccountSecret: Check {
  let id: CheckID = "dangling/account-secret"
  let title = "ServiceAccount's pull Secret does not exist"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(30)
  let needs = [Secret.kind, ServiceAccount.kind]
  let explains: [Explanation] = [.referrers(over: .serviceAccount, .checks(["stuck/image-pull"]))]
  let explanation = """
    Pods of the account are to pull their images with a Secret that does not exist. The kubelet goes \
    on without it, which is enough for public images and for those that a Node already has; a private \
    image cannot be pulled on any other Node. Accounts that no Pod uses are left out. \
    Verify: kubectl get serviceaccount NAME -n NAMESPACE -o jsonpath='{.imagePullSecrets}'
    """

  func inspect(_ account: ServiceAccount, in cluster: ClusterView) -> [Observation] {
    guard cluster.misses(over: .pullSecret), !account.metadata.isTerminating,
      cluster.hasReferrer(over: .serviceAccount)
    else { return [] }
    return cluster.missingTargets(over: .pullSecret).map { secret in
      Observation(
        "ServiceAccount \(account.key.qualifiedName) pulls images with Secret \(secret.id.name), "
          + "which does not exist",
        evidence: [Evidence(account.id, "imagePullSecrets", secret.id.name)],
        related: [secret.id],
        beginning: .notBefore(account.metadata.creationTimestamp),
        discriminator: secret.id.name
      )
    }
  }
}
