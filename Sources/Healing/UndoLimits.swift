import KubernetesObjects
import WireFormats

/// What no undo brings back.
enum UndoLimits {
  /// Where kubectl writes when it restarted a workload.
  static let restart = JSONPointer([
    "spec", "template", "metadata", "annotations", "kubectl.kubernetes.io/restartedAt",
  ])

  /// Why an object is not to be made again from its backup; `nil` where it may be.
  static func obstacle(toCreating key: ObjectKey, from backup: JSONValue) -> String? {
    let owners = backup[path: "metadata", "ownerReferences"]?.arrayValue ?? []
    if let controller = owners.first(where: { $0["controller"]?.booleanValue == true }) {
      let name = "\(controller["kind"]?.stringValue ?? "") \(controller["name"]?.stringValue ?? "")"
      return "\(key) was controlled by \(name), which makes what it needs in its place."
    }
    return switch key.kind {
    case Secret.kind where SecretOmission.isOmitted(in: backup):
      "Of Secrets no values are kept: \(key) must be made again by hand."
    case Node.kind: "\(key) is registered by its own kubelet."
    case Job.kind: "\(key) would do again what it has done: run it by hand if that is wanted."
    case VolumeAttachment.kind: "\(key) is made by the attach controller when it is needed."
    case CertificateSigningRequest.kind: "Whoever made \(key) may ask again."
    case Pod.kind where backup[path: "metadata", "annotations", mirror] != nil:
      "\(key) is made by its Node's kubelet, from a file."
    default: nil
    }
  }

  private static let mirror = "kubernetes.io/config.mirror"

  /// What does not come back with an object, after "comes back with another uid".
  static func loss(of key: ObjectKey, _ backup: JSONValue) -> String {
    switch key.kind {
    case Pod.kind:
      ", another address, perhaps on another Node, and without its logs and what it had stored"
    case PersistentVolumeClaim.kind:
      ", and without its data, unless its volume was retained: its claimRef must be cleared then"
    case PersistentVolume.kind: "; what its storage holds is as its reclaim policy left it"
    case Namespace.kind: ", and without what was in it"
    case CustomResourceDefinition.kind: ", and without the objects of its kind"
    case Service.kind: ", with its old addresses if nobody has them by now"
    default: backup["status"] == nil ? "" : ", and without its status"
    }
  }
}
