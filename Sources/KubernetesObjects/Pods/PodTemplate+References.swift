/// A kind whose objects hold what Pods ask for.
package protocol PodTemplateHolder: TypedRecord {
  var template: PodTemplate { get }
  /// What the template names, with the paths of the kind: ``PodTemplate/references(at:)``.
  static var templateReferences: [ReferenceRule<PodTemplate>] { get }
}

extension PodTemplateHolder {
  package var references: [Reference] { references(over: .all) }

  /// Asks no rows of other relations: a Pod has thirty, and what changes of it is mostly its address.
  package func references(over relations: RelationSet) -> [Reference] {
    var references = metadata.references(of: Self.kind, over: relations)
    for rule in Self.references where relations.contains(rule.relation) {
      rule.append(self, in: metadata.namespace, to: &references)
    }
    let template = template
    for rule in Self.templateReferences where relations.contains(rule.relation) {
      rule.append(template, in: metadata.namespace, to: &references)
    }
    return references
  }
}

extension PodTemplate {
  package static let runtimeClassKind = ObjectKind("RuntimeClass", group: "node.k8s.io")

  /// What a Pod's spec names that stands at `path`.
  static func references(at path: String) -> [ReferenceRule<PodTemplate>] {
    configurations(at: path) + [
      ReferenceRule(.pullSecret, toNeighbours: Secret.kind, path: "\(path).imagePullSecrets") {
        $0.pullSecrets
      },
      ReferenceRule(
        .serviceAccount,
        toNeighbours: ServiceAccount.kind,
        path: "\(path).serviceAccountName"
      ) { [$0.serviceAccount] },
      ReferenceRule(.priorityClass, to: PriorityClass.kind, path: "\(path).priorityClassName") {
        $0.priorityClass
      },
      ReferenceRule(.runtimeClass, to: runtimeClassKind, path: "\(path).runtimeClassName") {
        $0.runtimeClass
      },
      ReferenceRule(
        .mount,
        toNeighbours: PersistentVolumeClaim.kind,
        path: "\(path).volumes.persistentVolumeClaim"
      ) { $0.claims },
    ]
  }

  /// A row for each place where a ConfigMap or Secret is named that must be there, or may.
  private static func configurations(at path: String) -> [ReferenceRule<PodTemplate>] {
    [true, false].flatMap { isOptional in
      ConfigurationReference.Place.allCases.map { place in
        ReferenceRule(.configuration, "\(path).\(place.rawValue)", isOptional) {
          template,
          namespace in
          template.configurations.compactMap { reference in
            guard reference.place == place, reference.isOptional == isOptional,
              !reference.name.isEmpty
            else { return nil }
            let kind = reference.source.kind
            return .object(ObjectKey(kind, namespace: namespace, name: reference.name))
          }
        }
      }
    }
  }
}
