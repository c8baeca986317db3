import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds images of which one tag means two things.
struct ImageOfTag: Check {
  let id: CheckID = "drift/image-of-tag"
  let title = "One tag, two images"
  let severity = Severity.info
  let settles = Duration.seconds(600)
  let profile = CheckProfile.hygiene
  let needs = [Pod.kind]
  let facts: [any DerivedFact.Type] = [
    RunningImages<DaemonSet>.self, RunningImages<Deployment>.self, RunningImages<StatefulSet>.self,
  ]
  let remedies: [RemedyID] = ["restart-workload"]
  let explanation = """
    Containers that name one image by its tag run images with different digests: the tag was moved \
    between their starts, so they differ in what they do, and nobody asked for it. Restart the \
    workload to let all run what the tag means now; name images by digest, or never move tags. \
    Verify: kubectl get pods -A -o custom-columns=\
    NAME:.metadata.name,IMAGE:.spec.containers[*].image,ID:.status.containerStatuses[*].imageID
    """

  func inspect(_ subject: ImageSubject, in cluster: ClusterView) -> [Observation] {
    var pods: [ImageDigest: ObjectKey] = [:]
    var holders: [VertexID] = []
    for holder in cluster.referrers(over: .image) {
      let digests = digests(of: subject.name, by: holder, in: cluster)
      guard !digests.isEmpty else { continue }
      holders.append(holder.id)
      pods.merge(digests) { min($0, $1) }
    }
    guard pods.count > 1 else { return [] }
    let examples = pods.sorted { $0.value < $1.value }
    return [
      Observation(
        "Image \(subject.name) is \(pods.count) different images among running containers",
        evidence: examples.map { digest, pod in
          Evidence(.object(pod), "status.containerStatuses.imageID", "sha256:\(digest)…")
        },
        related: holders + examples.map { .object($0.value) }
      )
    ]
  }

  private func digests(
    of image: String,
    by holder: Neighbour,
    in cluster: ClusterView
  ) -> [ImageDigest: ObjectKey] {
    func digests<Holder>(_ type: RunningImages<Holder>.Type) -> [ImageDigest: ObjectKey] {
      cluster.fact(type, of: holder)?.digests(of: image) ?? [:]
    }
    return switch holder.presence.record {
    case is Deployment: digests(RunningImages<Deployment>.self)
    case is StatefulSet: digests(RunningImages<StatefulSet>.self)
    case is DaemonSet: digests(RunningImages<DaemonSet>.self)
    default: [:]
    }
  }
}
