import Inspection
import KubernetesObjects

/// What the images of a workload consist of, as its Pods run them.
struct RunningImages<Holder: Workload & InspectionSubject>: DerivedFact {
  static var readingTargets: [Relation] { [.image] }

  /// One digest of an image that is named by its tag, and a Pod that runs it.
  private struct Use: Hashable, Sendable {
    let image: String
    let digest: ImageDigest
    var pod: ObjectKey
  }

  /// Few, and of every workload: a list takes less room than a table.
  private var uses: [Use] = []

  init(of workload: Holder, in cluster: ClusterView) {
    let wanted = Set(workload.template.taggedImages)
    cluster.forEachSelected(Pod.self) { pod in
      guard !pod.isFinished, !pod.metadata.isTerminating else { return }
      for status in pod.containers {
        guard let digest = status.imageDigest,
          let image = pod.template.containers.first(where: { $0.name == status.name })?.image,
          wanted.contains(image)
        else { continue }
        note(Use(image: image, digest: digest, pod: pod.key))
      }
    }
    // Always the same, whatever the order in which the Pods came.
    uses.sort {
      ($0.image, $0.pod, $0.digest.description) < ($1.image, $1.pod, $1.digest.description)
    }
  }

  private mutating func note(_ use: Use) {
    let known = uses.firstIndex { $0.digest == use.digest && $0.image == use.image }
    if let known {
      uses[known].pod = min(uses[known].pod, use.pod)
    } else {
      uses.append(use)
    }
  }

  /// The digests of an image, each with a Pod that runs it.
  func digests(of image: String) -> [ImageDigest: ObjectKey] {
    let wanted = uses.filter { $0.image == image }
    return Dictionary(uniqueKeysWithValues: wanted.map { ($0.digest, $0.pod) })
  }
}
