import KubernetesClient
package import KubernetesObjects
import WireFormats

/// A Job to be made after its CronJob's template, as `kubectl create job --from` makes it.
package struct JobRun: Sendable, Equatable {
  package let job: ObjectKey
  package let cronJob: ObjectKey
  /// The CronJob's.
  package let uid: ObjectUID

  package init(_ job: ObjectKey, of cronJob: ObjectKey, uid: ObjectUID) {
    self.job = job
    self.cronJob = cronJob
    self.uid = uid
  }

  /// The Job, made after the CronJob as the server has it now.
  func object(after source: JSONValue) throws(KubernetesError) -> JSONValue {
    guard source[path: "metadata", "uid"]?.stringValue == uid.description else {
      throw .changedMeanwhile(message: "\(cronJob) is another one now")
    }
    guard let template = source[path: "spec", "jobTemplate"], let spec = template["spec"] else {
      throw .malformedAnswer(reason: "\(cronJob) has no spec.jobTemplate")
    }
    var annotations = template[path: "metadata", "annotations"] ?? [:]
    annotations["cronjob.kubernetes.io/instantiate"] = "manual"
    var metadata: JSONValue = [
      "name": .string(job.name), "namespace": .string(job.namespace), "annotations": annotations,
      // Without blockOwnerDeletion, which not everybody who may make Jobs may set.
      "ownerReferences": [
        [
          "apiVersion": "batch/v1", "kind": "CronJob", "name": .string(cronJob.name),
          "uid": .string(uid.description), "controller": true,
        ]
      ],
    ]
    metadata["labels"] = template[path: "metadata", "labels"]
    return ["apiVersion": "batch/v1", "kind": "Job", "metadata": metadata, "spec": spec]
  }
}
