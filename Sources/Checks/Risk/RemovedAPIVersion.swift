import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds objects that somebody writes in a version of the API that Kubernetes will soon not serve.
struct RemovedAPIVersion: Check {
  let id: CheckID = "risk/deprecated-api"
  let title = "Object is written in a version that will be removed"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.zero
  let profile = CheckProfile.hygiene
  let thresholds = [releases]
  let needs: [ObjectKind] = []
  let explanation = """
    Among those who wrote the object, one used a version of the API that one of the next releases of \
    Kubernetes no longer serves. After that upgrade its manifests, charts or controllers fail. It \
    heals when they write the newer version. What this server serves no longer cannot be \
    written any more and is left out. \
    Verify: kubectl get KIND NAME -n NAMESPACE --show-managed-fields -o yaml
    """

  private static let releases = Threshold(
    "releases",
    2,
    "how many minor releases ahead of the server's own a removal matters"
  )

  func inspect(_ subject: ObjectSubject, in cluster: ClusterView) -> [Observation] {
    guard let version = subject.metadata.deprecatedVersion,
      let removal = version.removal(of: subject.record.kind),
      let server = cluster.surroundings.serverVersion, server.major == removal.major,
      server < removal,
      Double(removal.minor - server.minor) <= cluster.value(of: Self.releases)
    else { return [] }
    return [
      Observation(
        "\(subject.record.key) is written as \(version), which Kubernetes \(removal) removes",
        evidence: [
          Evidence(subject.id, "metadata.managedFields.apiVersion", version.description),
          Evidence(subject.id, "the server's version", server.description),
        ],
        beginning: .notBefore(subject.metadata.creationTimestamp)
      )
    ]
  }
}
