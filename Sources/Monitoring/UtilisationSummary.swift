import ClusterGraph
import Foundation
import KubernetesObjects

/// Adds up what the Pods of each workload use, and sets beside it what they request.
struct UtilisationSummary {
  private struct Sum {
    var used = 0.0
    var requested = 0.0
    var limit = 0.0
    var isUnlimited = false
  }

  private var sums: [ObjectKey: [UtilisationRecord.Resource: Sum]] = [:]

  /// The records of the workloads and Nodes that were measured.
  static func records(
    of measurements: Measurements,
    in graph: ClusterGraph
  ) -> [UtilisationRecord] {
    var summary = UtilisationSummary()
    for use in measurements.pods {
      let key = ObjectKey(Pod.kind, namespace: use.namespace, name: use.name)
      guard let pod = graph.record(key) as? Pod, !pod.isFinished,
        let workload = workload(of: pod, in: graph)
      else { continue }
      summary.add(use, of: pod, to: workload)
    }
    for use in measurements.nodes {
      guard let node = graph.record(ObjectKey(Node.kind, name: use.name)) as? Node else { continue }
      summary.add(use, of: node)
    }
    return summary.sums.map { subject, sums in
      UtilisationRecord(
        of: subject,
        UtilisationRecord.Resource.allCases.compactMap { resource in
          sums[resource].map { sum in
            UtilisationRecord.Use(
              resource,
              used: rounded(sum.used),
              requested: sum.requested,
              limit: sum.isUnlimited ? 0 : sum.limit
            )
          }
        }
      )
    }
  }

  /// Whatever makes Pods for ever: what Jobs use tells nothing of the next run.
  private static func workload(of pod: Pod, in graph: ClusterGraph) -> ObjectKey? {
    guard let owner = pod.metadata.controller else { return nil }
    let namespace = pod.metadata.namespace
    let key = ObjectKey(owner.kind, namespace: namespace, name: owner.name)
    switch owner.kind {
    case DaemonSet.kind, StatefulSet.kind: return key
    case ReplicaSet.kind:
      guard let parent = graph.record(key)?.metadata.controller, parent.kind == Deployment.kind
      else { return nil }
      return ObjectKey(parent.kind, namespace: namespace, name: parent.name)
    default: return nil
    }
  }

  private mutating func add(_ use: ResourceUse, of pod: Pod, to workload: ObjectKey) {
    for (resource, used) in [(UtilisationRecord.Resource.cpu, use.cores), (.memory, use.bytes)] {
      let limits = pod.template.containers.filter { !$0.runsBefore || $0.isSidecar }
        .map { $0.limits.amount(of: resource.rawValue) }
      var sum = sums[workload]?[resource] ?? Sum()
      sum.used += used
      sum.requested += pod.template.requested(resource.rawValue)
      sum.limit += limits.reduce(0, +)
      if limits.contains(0) { sum.isUnlimited = true }
      sums[workload, default: [:]][resource] = sum
    }
  }

  private mutating func add(_ use: ResourceUse, of node: Node) {
    for (resource, used) in [(UtilisationRecord.Resource.cpu, use.cores), (.memory, use.bytes)] {
      let available = node.allocatable.amount(of: resource.rawValue)
      sums[node.key, default: [:]][resource] = Sum(
        used: used,
        requested: available,
        isUnlimited: true
      )
    }
  }

  /// Two digits: what always changes a little would be news each time.
  private static func rounded(_ amount: Double) -> Double {
    guard amount > 0 else { return 0 }
    let unit = pow(10, (log10(amount)).rounded(.down) - 1)
    return (amount / unit).rounded() * unit
  }
}
