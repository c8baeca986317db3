import WireFormats

/// Brings claims and volumes together, and says of volumes what became of their claim.
struct VolumeBinder: Controller {
  let concerns: [ServedResource] = [.persistentVolumes, .persistentVolumeClaims, .pods]

  func reconcile(_ world: World, pace: Double) {
    for volume in world.objects(.persistentVolumes) { reconcile(volume: volume, world) }
    for claim in world.objects(.persistentVolumeClaims) { reconcile(claim: claim, world) }
  }

  private func reconcile(volume: StoredObject, _ world: World) {
    let reference = volume.value[path: "spec", "claimRef"]
    let claim = reference.flatMap { reference in
      world.object(
        .persistentVolumeClaims,
        reference["namespace"]?.stringValue ?? "",
        reference["name"]?.stringValue ?? ""
      )
    }
    // A claim of the same name that was made later is another claim.
    let isBound = claim.map { reference?["uid"] == nil || reference?["uid"]?.stringValue == $0.uid }
    let phase: String =
      reference == nil ? "Available" : (isBound ?? false) ? "Bound" : "Released"
    if volume.isTerminating, phase != "Bound" {
      world.change(volume) { Finalizers.remove("kubernetes.io/pv-protection", from: &$0) }
      return
    }
    if phase == "Released", volume.value[path: "spec", "persistentVolumeReclaimPolicy"] == "Delete"
    {
      world.delete(volume)
    }
    guard volume.value[path: "status", "phase"]?.stringValue != phase else { return }
    world.change(volume) { value in
      value[path: "status", "phase"] = .string(phase)
      value[path: "status", "lastPhaseTransitionTime"] = .string(world.timestamp)
    }
  }

  private func reconcile(claim: StoredObject, _ world: World) {
    if claim.isTerminating {
      let isUsed = world.objects(.pods, in: claim.namespace).contains { pod in
        (pod.value[path: "spec", "volumes"]?.arrayValue ?? []).contains {
          $0[path: "persistentVolumeClaim", "claimName"]?.stringValue == claim.name
        }
      }
      if !isUsed {
        world.change(claim) { Finalizers.remove("kubernetes.io/pvc-protection", from: &$0) }
      }
      return
    }
    guard claim.value[path: "status", "phase"] == "Pending" else { return }
    if let volume = volume(for: claim, world) {
      bind(claim, volume, world)
    } else {
      provision(for: claim, world)
    }
  }

  private func volume(for claim: StoredObject, _ world: World) -> StoredObject? {
    let named = claim.value[path: "spec", "volumeName"]?.stringValue
    return world.objects(.persistentVolumes).first { volume in
      if let named, !named.isEmpty { return volume.name == named }
      let reference = volume.value[path: "spec", "claimRef"]
      if reference != nil {
        return reference?["name"]?.stringValue == claim.name
          && reference?["namespace"]?.stringValue == claim.namespace
          && (reference?["uid"] == nil || reference?["uid"]?.stringValue == claim.uid)
      }
      return !volume.isTerminating && volume.value[path: "status", "phase"] == "Available"
        && volume.value[path: "spec", "storageClassName"]
          == claim.value[path: "spec", "storageClassName"]
        && volume.value[path: "spec", "capacity", "storage"]
          == claim.value[path: "spec", "resources", "requests", "storage"]
    }
  }

  private func bind(_ claim: StoredObject, _ volume: StoredObject, _ world: World) {
    world.change(volume) { value in
      value[path: "spec", "claimRef"] = [
        "apiVersion": "v1", "kind": "PersistentVolumeClaim",
        "namespace": .string(claim.namespace), "name": .string(claim.name),
        "uid": .string(claim.uid),
      ]
      value[path: "status", "phase"] = "Bound"
    }
    world.change(claim) { value in
      value[path: "metadata", "annotations", "pv.kubernetes.io/bind-completed"] = "yes"
      value[path: "spec", "volumeName"] = .string(volume.name)
      value[path: "status", "phase"] = "Bound"
      value[path: "status", "accessModes"] = value[path: "spec", "accessModes"]
      value[path: "status", "capacity"] = volume.value[path: "spec", "capacity"]
    }
  }

  /// Makes a volume where the claim's class has somebody who provides them.
  private func provision(for claim: StoredObject, _ world: World) {
    guard let name = claim.value[path: "spec", "storageClassName"]?.stringValue,
      let storageClass = world.object(.storageClasses, "", name)
    else { return }
    world.create(
      [
        "metadata": ["name": .string("pvc-\(claim.uid)")],
        "spec": [
          "capacity": claim.value[path: "spec", "resources", "requests"] ?? [:],
          "accessModes": claim.value[path: "spec", "accessModes"] ?? ["ReadWriteOnce"],
          "storageClassName": .string(name),
          "persistentVolumeReclaimPolicy": storageClass.value["reclaimPolicy"] ?? "Delete",
          "csi": [
            "driver": storageClass.value["provisioner"] ?? "csi.example.com",
            "volumeHandle": .string("volume-\(claim.uid)"),
          ],
        ],
      ],
      in: .persistentVolumes
    )
    if let volume = world.object(.persistentVolumes, "", "pvc-\(claim.uid)") {
      bind(claim, volume, world)
    }
  }
}
