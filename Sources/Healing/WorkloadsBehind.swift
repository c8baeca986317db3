import ClusterGraph
import Inspection
import KubernetesObjects

extension ClusterGraph {
  /// The Deployments, StatefulSets and DaemonSets that a finding is about, or that made what it is
  /// about.
  ///
  /// A finding whose subject is no object is about what is related to it.
  func workloads(behind finding: Finding) throws(Obstacle) -> [any Workload] {
    let isAboutObject = finding.subject.objectKey != nil
    if isAboutObject { _ = try settledRecord(finding.subject) }
    var workloads: [any Workload] = []
    for id in isAboutObject ? [finding.subject] : finding.related {
      guard let workload = workload(behind: id), !workload.metadata.isTerminating,
        !workloads.contains(where: { $0.key == workload.key })
      else { continue }
      workloads.append(workload)
    }
    guard !workloads.isEmpty else {
      throw Obstacle("No Deployment, StatefulSet or DaemonSet is behind it.")
    }
    return workloads
  }

  /// Follows controllers upwards to the first workload that can be rolled out.
  private func workload(behind id: VertexID) -> (any Workload)? {
    var next = id.objectKey.flatMap(record)
    // A Pod, its ReplicaSet, its Deployment.
    for _ in 0..<3 {
      guard let record = next else { return nil }
      switch record {
      case let deployment as Deployment: return deployment
      case let set as StatefulSet: return set
      case let set as DaemonSet: return set
      default: next = controller(of: record)
      }
    }
    return nil
  }

  /// The object that controls this one; `nil` where another has taken its name.
  private func controller(of record: any ObjectRecord) -> (any ObjectRecord)? {
    guard let owner = record.metadata.controller,
      let controller = self.record(
        ObjectKey(owner.kind, namespace: record.metadata.namespace, name: owner.name)
      ), controller.metadata.uid == owner.uid
    else { return nil }
    return controller
  }
}
