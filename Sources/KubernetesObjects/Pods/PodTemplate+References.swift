extension ReferenceRule {
  /// What a Pod's spec names, that stands at `path`: the rows of Pods and of workloads' templates.
  static func ofTemplate(
    at path: String,
    _ template: @escaping @Sendable (Record) -> PodTemplate
  ) -> [ReferenceRule<Record>] {
    var rules = [true, false].flatMap { isOptional in
      ConfigurationReference.Place.allCases.map { place in
        ReferenceRule(
          .configuration,
          path: "\(path).\(place.rawValue)",
          isOptional: isOptional
        ) { record in
          let template = template(record)
          return template.configurations.filter {
            $0.place == place && $0.isOptional == isOptional && !$0.name.isEmpty
          }.map {
            let namespace = record.metadata.namespace
            return .object(ObjectKey($0.source.kind, namespace: namespace, name: $0.name))
          }
        }
      }
    }
    rules += [
      ReferenceRule(
        .pullSecret,
        toNeighbours: Secret.kind,
        path: "\(path).imagePullSecrets"
      ) { template($0).pullSecrets },
      ReferenceRule(
        .serviceAccount,
        toNeighbours: ServiceAccount.kind,
        path: "\(path).serviceAccountName"
      ) { [template($0).serviceAccount] },
      ReferenceRule(.priorityClass, to: PriorityClass.kind, path: "\(path).priorityClassName") {
        template($0).priorityClass
      },
      ReferenceRule(.runtimeClass, to: runtimeClassKind, path: "\(path).runtimeClassName") {
        template($0).runtimeClass
      },
      ReferenceRule(
        .mount,
        toNeighbours: PersistentVolumeClaim.kind,
        path: "\(path).volumes.persistentVolumeClaim"
      ) { template($0).claims },
    ]
    return rules
  }
}

private let runtimeClassKind = ObjectKind("RuntimeClass", group: "node.k8s.io")
