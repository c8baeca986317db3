import KubernetesClient
package import KubernetesObjects
import WireFormats

/// A Deployment to be given the Pod template of one of its ReplicaSets, as `kubectl rollout undo` does.
package struct Rollback: Sendable, Equatable {
  package let deployment: ObjectKey
  package let uid: ObjectUID
  /// The Deployment's, so that nobody's later change is rolled back.
  package let generation: Int
  package let replicaSet: ObjectKey
  package let replicaSetUID: ObjectUID
  /// The number of the rollout that made the ReplicaSet.
  package let revision: Int

  package init(_ deployment: Deployment, to replicaSet: ReplicaSet, revision: Int) {
    self.deployment = deployment.key
    uid = deployment.metadata.uid
    generation = deployment.metadata.generation
    self.replicaSet = replicaSet.key
    replicaSetUID = replicaSet.metadata.uid
    self.revision = revision
  }

  /// The patch of the Deployment, made after the ReplicaSet as the server has it now.
  func patch(after source: JSONValue) throws(KubernetesError) -> Patch {
    guard source[path: "metadata", "uid"]?.stringValue == replicaSetUID.description else {
      throw .changedMeanwhile(message: "\(replicaSet) is another one now")
    }
    guard var template = source[path: "spec", "template"] else {
      throw .malformedAnswer(reason: "\(replicaSet) has no spec.template")
    }
    // The Deployment's controller adds it to each ReplicaSet's template.
    if template[path: "metadata", "labels"] != nil {
      template[path: "metadata", "labels", "pod-template-hash"] = nil
    }
    return .json([
      ["op": "test", "path": "/metadata/uid", "value": .string(uid.description)],
      ["op": "test", "path": "/metadata/generation", "value": .integer(Int64(generation))],
      ["op": "replace", "path": "/spec/template", "value": template],
    ])
  }
}
