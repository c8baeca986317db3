import ClusterGraph
import Inspection
import KubernetesObjects

/// What keeps an object that is being deleted from being gone.
struct TerminationHold {
  /// How it goes on in a sentence: `, held by example.com/hold`.
  private(set) var clause = ""
  private(set) var evidence: [Evidence] = []
  private(set) var related: [VertexID] = []
  private(set) var remedies: [RemedyID] = []

  /// How many of those that block it are named.
  private static let limit = 5

  init(of subject: ObjectSubject, in cluster: ClusterView) {
    let finalizers = subject.metadata.finalizers
    guard !finalizers.isEmpty else {
      addNode(of: subject, in: cluster)
      return
    }
    let managers = subject.metadata.finalizerManagers
    let holds = finalizers.map { name in managers[name].map { "\(name) (set by \($0))" } ?? name }
    clause = ", held by \(holds.joined(separator: ", "))"
    evidence = holds.map { Evidence(subject.id, "metadata.finalizers", $0) }
    let blockers = finalizers.flatMap { Self.blockers(behind: $0, subject, in: cluster) }
    if !blockers.isEmpty {
      let names = blockers.prefix(Self.limit).map(\.description).joined(separator: ", ")
      let more = blockers.count - Self.limit
      clause += ", while there still are \(names)" + (more > 0 ? " and \(more) more" : "")
      related = Array(blockers.prefix(Self.limit))
    } else {
      remedies = ["remove-finalizer"]
      addDomains(of: finalizers)
    }
    addControllers(in: cluster)
    related += cluster.targets(over: .node).map(\.id)
  }

  /// What a finalizer of Kubernetes itself waits for; nothing where that cannot be seen.
  private static func blockers(
    behind finalizer: String,
    _ subject: ObjectSubject,
    in cluster: ClusterView
  ) -> [VertexID] {
    switch finalizer {
    case "kubernetes.io/pvc-protection":
      cluster.referrers(over: .mount)
        .filter { ($0.presence.record as? Pod).map { !$0.isFinished } ?? false }.map(\.id)
    case "kubernetes.io/pv-protection":
      cluster.targets(over: .claim).filter { $0.presence.record != nil }.map(\.id)
    case "foregroundDeletion": cluster.referrers(over: .owner).map(\.id)
    case "customresourcecleanup.apiextensions.k8s.io":
      cluster.referrers(over: .definition).map(\.id)
    default: []
    }
  }

  /// Whose the finalizers are, where their names tell.
  private mutating func addDomains(of finalizers: [String]) {
    let domains = Set(finalizers.map { Finalizer($0).domain }).subtracting(["", "kubernetes.io"])
    guard !domains.isEmpty else { return }
    clause += ", which a controller of \(domains.sorted().joined(separator: ", ")) should remove"
  }

  /// Whether the controllers that should remove the finalizers hold their Leases.
  private mutating func addControllers(in cluster: ClusterView) {
    for lease in cluster.targets(over: .finalizer) {
      related.append(lease.id)
      if let record = lease.presence.record as? Lease {
        let holder = record.holder.isEmpty ? "nobody" : record.holder
        evidence.append(Evidence(lease.id, "spec.holderIdentity", holder))
      } else if lease.presence.isAbsent {
        evidence.append(Evidence(lease.id, "metadata.name", "does not exist"))
      }
    }
  }

  /// What becomes of the kubelet that should end the Pod.
  private mutating func addNode(of subject: ObjectSubject, in cluster: ClusterView) {
    guard subject.record is Pod else { return }
    remedies = ["force-delete-pod"]
    guard let neighbour = cluster.targets(over: .node).first else { return }
    related = [neighbour.id]
    if neighbour.presence.isAbsent {
      clause = ", since its Node \(neighbour.id.name) does not exist"
      evidence.append(Evidence(subject.id, "spec.nodeName", neighbour.id.name))
    } else if let node = neighbour.presence.record as? Node, node.ready?.status != .isTrue {
      clause = ", since its Node \(neighbour.id.name) is not ready"
      let status = node.ready?.status.rawValue ?? "not reported"
      evidence.append(Evidence(node.id, "status.conditions[Ready].status", status))
    } else {
      clause = ", though its containers had the time to end"
    }
  }
}
