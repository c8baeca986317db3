import Inspection
import KubernetesObjects

/// Finds that KPatrol's own picture of a cluster was wrong.
struct OwnModel: Check {
  let id: CheckID = "drift/own-model"
  let title = "KPatrol's own picture was wrong"
  let severity = Severity.critical
  let settles = Duration.zero
  let needs: [ObjectKind] = []
  let remedies: [RemedyID] = ["relist"]
  let explanation = """
    Within every ten minutes KPatrol compares what it knows of each kind with what the server lists. \
    Here the two differed twice, some seconds apart: an event was lost, or the server's watch cache \
    is behind its store. The kind was listed again by itself, so the picture is right by now; \
    findings about it from before may not have been. The finding stays until a comparison shows no \
    difference, which the remedy asks for at once. Where it comes back, one of several API servers may lag behind the others. \
    Verify: kubectl get KIND NAME -o yaml --server=https://ADDRESS, for the address of each API server
    """

  func inspect(_ cluster: ClusterRecord, in view: ClusterView) -> [Observation] {
    cluster.modelFaults.compactMap { fault in
      guard let example = fault.examples.first else { return nil }
      let more = fault.count > 1 ? ", and \(fault.count - 1) more" : ""
      let place = fault.namespace.map { " in namespace \($0)" } ?? ""
      return Observation(
        "KPatrol's own picture of \(example.key) was wrong (\(example.fault)\(more)); "
          + "\(fault.kind)\(place) was listed again",
        evidence: fault.examples.map { object in
          Evidence(
            .object(object.key),
            "metadata.resourceVersion",
            "\(object.listed ?? "absent") at the server, \(object.held ?? "absent") here"
          )
        },
        related: fault.examples.map { .object($0.key) },
        discriminator: "\(fault.kind)\(place)"
      )
    }
  }
}
