import Inspection
import KubernetesObjects

/// Finds remote checks whose services fail, refuse objects, or answer with too much.
struct FailingRemoteCheck: Check {
  let id: CheckID = "unhealthy/remote-check"
  let title = "A remote check does not work"
  let severity = Severity.warning
  let settles = Duration.seconds(30)
  let needs: [ObjectKind] = []
  let explanation = """
    A service that is told of objects and answers with findings (remoteChecks in the configuration) cannot be \
    asked, does not take some objects, or has more against them than is shown. What it would find is unknown \
    meanwhile, or not all of it is shown; all else is found as ever. :checks tells how many events were sent \
    and answered. Verify: kubectl get pods -A -o wide, where \
    the service runs in a cluster; curl -i -X POST URL
    """

  func inspect(_ cluster: ClusterRecord, in view: ClusterView) -> [Observation] {
    cluster.remoteFaults.map { fault in
      Observation(
        "Remote check \(fault.name): \(fault.reason)",
        evidence: [Evidence(cluster.id, fault.name, fault.reason)],
        beginning: fault.since.map { .at($0) } ?? .whenSeen,
        discriminator: fault.name
      )
    }
  }
}
