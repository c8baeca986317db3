import WireFormats

/// Empties namespaces that are being deleted, says what is left in them, and lets them go when nothing is.
struct NamespaceController: Controller {
  let concerns: [ServedResource] = [.namespaces]
  let interval: Duration? = .seconds(1)

  func reconcile(_ world: World, pace: Double) {
    for namespace in world.objects(.namespaces) where namespace.isTerminating {
      let resources = Catalogue(registry: world.registry).stored.filter(\.isNamespaced)
      for resource in resources {
        for object in world.objects(resource, in: namespace.name) where !object.isTerminating {
          world.delete(object)
        }
      }
      let remaining = resources.flatMap { world.objects($0, in: namespace.name) }
      world.change(namespace) { value in
        if remaining.isEmpty {
          value[path: "spec", "finalizers"] = nil
        } else {
          Self.describe(remaining, in: &value, at: world.timestamp)
        }
      }
    }
  }

  private static func describe(
    _ remaining: [StoredObject],
    in value: inout JSONValue,
    at timestamp: String
  ) {
    let kinds = Dictionary(grouping: remaining, by: \.resource.qualifiedPlural)
    let holders = Dictionary(grouping: remaining.flatMap(\.finalizers), by: { $0 })
    let conditions: [(String, String, String, String)] = [
      (
        "NamespaceDeletionDiscoveryFailure", "False", "ResourcesDiscovered",
        "All resources successfully discovered"
      ),
      (
        "NamespaceDeletionGroupVersionParsingFailure", "False", "ParsedGroupVersions",
        "All legacy kube types successfully parsed"
      ),
      (
        "NamespaceDeletionContentFailure", "False", "ContentDeleted",
        "All content successfully deleted, may be waiting on finalization"
      ),
      (
        "NamespaceContentRemaining", "True", "SomeResourcesRemain",
        "Some resources are remaining: "
          + kinds.sorted { $0.key < $1.key }
          .map { "\($0.key) has \($0.value.count) resource instances" }.joined(separator: ", ")
      ),
      (
        "NamespaceFinalizersRemaining", holders.isEmpty ? "False" : "True",
        holders.isEmpty ? "ContentHasNoFinalizers" : "SomeFinalizersRemain",
        holders.isEmpty
          ? "All content-preserving finalizers finished"
          : "Some content in the namespace has finalizers remaining: "
            + holders.sorted { $0.key < $1.key }
            .map { "\($0.key) in \($0.value.count) resource instances" }.joined(separator: ", ")
      ),
    ]
    for (type, status, reason, message) in conditions {
      Conditions.set(
        [
          "type": .string(type), "status": .string(status), "reason": .string(reason),
          "message": .string(message),
        ],
        in: &value,
        at: timestamp
      )
    }
  }
}
