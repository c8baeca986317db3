import ClusterGraph
import Inspection
import KubernetesObjects

/// What is too little for a Pod on the Node where the least is missing: what to give back there, or to
/// ask less for, so that it fits.
///
/// It looks at all Nodes, and so is worked out only when somebody looks at the finding.
struct SchedulingShortfall {
  private struct Lack {
    let resource: String
    let asked: Double
    let free: Double
    /// The share of what is asked for that is missing.
    var share: Double { max(0, asked - free) / asked }
  }

  private let node: Node
  private let lacks: [Lack]

  /// `nil` where that is not known, or is nobody's fault: every Node takes Pods for other reasons or not
  /// at all.
  init?(of pod: Pod, lacking resources: [String], in graph: ClusterGraph) {
    guard graph.knowledge(of: Node.kind) == .known, graph.knowledge(of: Pod.kind) == .known else {
      return nil
    }
    let asked = resources.map { ($0, $0 == "pods" ? 1 : pod.template.requested($0)) }
      .filter { $0.1 > 0 }
    guard !asked.isEmpty else { return nil }
    var best: (node: Node, lacks: [Lack], share: Double)?
    for key in graph.keys(of: Node.kind) {
      guard let node = graph.record(key) as? Node, pod.mayRun(on: node),
        let handle = graph.handle(of: .object(key))
      else { continue }
      let free = Self.free(asked.map(\.0), on: node, handle, in: graph)
      let lacks = zip(asked, free).map { Lack(resource: $0.0, asked: $0.1, free: $1) }
        .filter { $0.share > 0 }
      let share = lacks.reduce(0) { $0 + $1.share }
      guard !lacks.isEmpty else { continue }
      if let best, (best.share, best.node.key) <= (share, key) { continue }
      best = (node, lacks, share)
    }
    guard let best else { return nil }
    (node, lacks) = (best.node, best.lacks)
  }

  /// What a Node has left of each resource.
  private static func free(
    _ resources: [String],
    on node: Node,
    _ handle: Handle,
    in graph: ClusterGraph
  ) -> [Double] {
    var free = resources.map { node.allocatable.amount(of: $0) }
    graph.forEachReferrer(of: handle, over: .node) { record in
      guard let pod = record as? Pod, !pod.isFinished else { return }
      for (index, resource) in resources.enumerated() {
        free[index] -= resource == "pods" ? 1 : pod.template.requested(resource)
      }
    }
    return free
  }

  var evidence: [Evidence] {
    lacks.map { lack in
      func text(_ amount: Double) -> String { ResourceText.text(amount, of: lack.resource) }
      return Evidence(
        .object(node.key),
        "least missing of \(lack.resource)",
        "\(text(lack.asked - lack.free)): \(text(lack.asked)) are asked for, "
          + "\(text(max(0, lack.free))) are left"
      )
    }
  }
}

extension Pod {
  /// Whether the Node takes Pods, and this one tolerates its taints.
  fileprivate func mayRun(on node: Node) -> Bool {
    !node.isUnschedulable && !node.metadata.isTerminating
      && node.taints.allSatisfy { taint in
        taint.effect == "PreferNoSchedule" || template.tolerations.contains { $0.bears(taint) }
      }
  }
}

extension Toleration {
  fileprivate func bears(_ taint: Node.Taint) -> Bool {
    (effect.isEmpty || effect == taint.effect) && (key.isEmpty || key == taint.key)
      && (`operator` == "Exists" || !key.isEmpty && value == taint.value)
  }
}
