import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds StorageClasses and IngressClasses of which several are the default.
struct DefaultClassConflict: Check {
  let id: CheckID = "conflict/default-class"
  let title = "Two classes are the default"
  let severity = Severity.warning
  let settles = Duration.zero
  let needs: [ObjectKind] = []
  let remedies: [RemedyID] = ["unmark-default-class"]
  let explanation = """
    Claims without a class get the default StorageClass that was made last, whichever one meant. \
    With two default IngressClasses the API server refuses Ingresses that name none. Take the mark \
    off the class that shall not be the default; from the older one, nothing changes for claims. \
    Verify: kubectl get storageclass,ingressclass
    """

  func inspect(_ subject: DefaultClassSubject, in cluster: ClusterView) -> [Observation] {
    guard cluster.referrerCount(over: .defaultClass) > 1 else { return [] }
    let classes = cluster.referrers(over: .defaultClass).compactMap(\.presence.record)
      .filter { !$0.metadata.isTerminating }.youngestFirst()
    guard classes.count > 1, let oldest = classes.last else { return [] }
    let names = classes.map(\.metadata.name).joined(separator: ", ")
    return [
      Observation(
        "\(classes.count) classes are the default \(subject.name): \(names)",
        evidence: classes.map { Evidence($0.vertex, "metadata.annotations", "is-default-class") },
        subject: oldest.vertex,
        related: classes.dropLast().map(\.vertex)
      )
    ]
  }
}
