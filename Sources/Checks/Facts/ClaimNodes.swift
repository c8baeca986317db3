import ClusterGraph
import Inspection
import KubernetesObjects

/// The Nodes on which live Pods mount a claim; its volume reads it.
struct ClaimNodes: DerivedFact {
  static let readers: [Relation] = [.claim]
  let names: Set<String>

  init(of claim: PersistentVolumeClaim, in cluster: ClusterView) {
    var names: Set<String> = []
    cluster.forEachReferrer(Pod.self, over: .mount) { pod in
      if !pod.isFinished { names.insert(pod.nodeName) }
    }
    self.names = names
  }
}
