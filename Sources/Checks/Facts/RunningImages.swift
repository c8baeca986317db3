import Inspection
import KubernetesObjects

/// What the images of a workload consist of, as its Pods run them.
struct RunningImages<Holder: Workload & InspectionSubject>: DerivedFact {
  static var readingTargets: [Relation] { [.image] }

  /// The digests of each image that is named by its tag, and a Pod that runs it.
  private(set) var digests: [String: [ImageDigest: ObjectKey]] = [:]

  init(of workload: Holder, in cluster: ClusterView) {
    let wanted = Set(workload.template.taggedImages)
    cluster.forEachSelected(Pod.self) { pod in
      guard !pod.isFinished, !pod.metadata.isTerminating else { return }
      for status in pod.containers {
        guard let digest = status.imageDigest,
          let image = pod.template.containers.first(where: { $0.name == status.name })?.image,
          wanted.contains(image)
        else { continue }
        let known = digests[image]?[digest]
        // Always the same Pod, whatever the order.
        if known.map({ pod.key < $0 }) ?? true { digests[image, default: [:]][digest] = pod.key }
      }
    }
  }
}
