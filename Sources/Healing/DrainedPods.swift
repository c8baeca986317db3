import ClusterGraph
import KubernetesObjects

/// What becomes of a Node's Pods when it is drained.
struct DrainedPods {
  private(set) var evicted: [Pod] = []
  /// Those that nobody would start anew.
  private(set) var unmanaged: [Pod] = []
  /// Those that stay, for they would come back at once: of DaemonSets, and static ones.
  private(set) var stayingCount = 0

  init(_ pods: [Pod]) {
    for pod in pods where !pod.metadata.isTerminating {
      if pod.isMirror || (pod.metadata.controller?.kind == DaemonSet.kind && !pod.isFinished) {
        stayingCount += 1
      } else if pod.metadata.controller == nil, !pod.isFinished {
        unmanaged.append(pod)
      } else {
        evicted.append(pod)
      }
    }
  }

  func impacts(on node: Node, in graph: ClusterGraph) -> [BlastRadius.Impact] {
    let staying =
      stayingCount == 0 ? "" : "; \(stayingCount) Pods of DaemonSets and static ones stay"
    let node = BlastRadius.Impact(.object(node.key), "takes no new Pods\(staying)")
    return [node] + impacts(in: graph)
  }

  /// What becomes of the Pods themselves, and of whom they serve.
  func impacts(in graph: ClusterGraph) -> [BlastRadius.Impact] {
    losses(in: graph)
      + (evicted + unmanaged).map { BlastRadius.Impact(.object($0.key), Self.effect(on: $0)) }
  }

  private static func effect(on pod: Pod) -> String {
    let loss = pod.hasScratchVolumes ? ", and loses what its emptyDir volumes hold" : ""
    if pod.isFinished { return "ends" + loss }
    guard let controller = pod.metadata.controller else {
      return "ends\(loss), and nobody starts another"
    }
    return "ends\(loss); \(controller.kind.name) \(controller.name) starts another"
  }

  /// The Services that have no other Pods, and the budgets that let none go now.
  private func losses(in graph: ClusterGraph) -> [BlastRadius.Impact] {
    let ending = Set((evicted + unmanaged).map { VertexID.object($0.key) })
    let handles = ending.compactMap(graph.handle(of:))
    let selectors = Set(handles.flatMap { graph.referrers(of: $0, over: .selection) }.map(\.id))
    return selectors.sorted().compactMap { id in
      switch id.objectKey.flatMap(graph.record) {
      case is Service:
        let pods = graph.handle(of: id).map { graph.targets(of: $0, over: .selection) } ?? []
        guard pods.allSatisfy({ ending.contains($0.id) }) else { return nil }
        return .init(id, "has none of its \(pods.count) Pods until others have started")
      case let budget as PodDisruptionBudget where budget.disruptionsAllowed == 0:
        let healthy = "\(budget.currentHealthy) healthy Pods and wants \(budget.desiredHealthy)"
        return .init(id, "lets no Pod go now: it has \(healthy)")
      default: return nil
      }
    }
  }
}

extension Pod {
  /// Whether it has volumes whose content ends with it.
  var hasScratchVolumes: Bool { template.options.contains(.scratchVolumes) && !isFinished }
}
