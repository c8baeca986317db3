import KubernetesClient
package import KubernetesObjects
import WireFormats

/// Another number of replicas for a workload, as `kubectl scale` gives it.
package struct ReplicaChange: Sendable, Equatable {
  package let workload: ObjectKey
  package let uid: ObjectUID
  /// How many it must still be meant to have.
  package let old: Int
  package let new: Int

  package init(_ workload: ObjectKey, uid: ObjectUID, from old: Int, to new: Int) {
    self.workload = workload
    self.uid = uid
    self.old = old
    self.new = new
  }

  static let subresource = "scale"

  /// What is sent of the workload's `scale`, with how the workload is just before as its precondition.
  ///
  /// The version is that of this look, and not of the plan's: a workload's status changes while its plan is
  /// read.
  func patch(of workload: JSONValue) throws(KubernetesError) -> Patch {
    guard workload[path: "spec", "replicas"]?.integerValue == Int64(old) else {
      let now = workload[path: "spec", "replicas"]?.integerValue.map(String.init) ?? "no number of"
      throw .changedMeanwhile(message: "\(self.workload) is to have \(now) replicas, not \(old)")
    }
    var patch: JSONValue = [
      "metadata": ["uid": .string(uid.description)], "spec": ["replicas": .integer(Int64(new))],
    ]
    patch[path: "metadata", "resourceVersion"] = workload[path: "metadata", "resourceVersion"]
    return .merge(patch)
  }

  /// The workload as it is once its `scale` is this.
  static func applied(_ scale: JSONValue, to workload: JSONValue) -> JSONValue {
    var workload = workload
    workload[path: "spec", "replicas"] = scale[path: "spec", "replicas"]
    return workload
  }
}
