import WireFormats

/// Counts what each ResourceQuota limits.
struct QuotaController: Controller {
  private static let counted: [String: ServedResource] = [
    "configmaps": .configMaps, "persistentvolumeclaims": .persistentVolumeClaims, "pods": .pods,
    "secrets": .secrets, "services": .services,
  ]

  let concerns: [ServedResource] =
    [.resourceQuotas] + counted.values.sorted { $0.plural < $1.plural }

  func reconcile(_ world: World, pace: Double) {
    for quota in world.objects(.resourceQuotas) {
      let hard = quota.value[path: "spec", "hard"] ?? [:]
      var used: JSONValue = [:]
      for name in hard.objectValue?.keys ?? [:].keys {
        guard let resource = Self.counted[name] else { continue }
        let objects = world.objects(resource, in: quota.namespace)
        let count = resource == .pods ? objects.count(where: PodReading.isActive) : objects.count
        used[name] = .string(String(count))
      }
      world.change(quota) { $0["status"] = ["hard": hard, "used": used] }
    }
  }
}
