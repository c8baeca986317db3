package import KubernetesObjects

extension TypedRecord {
  /// Builds an object of any kind, with what `change` gives it.
  package static func object(
    _ name: String = "cart",
    namespace: String? = nil,
    created: Timestamp? = .noon,
    deleted: Timestamp? = nil,
    owners: [OwnerReference] = [],
    _ change: (inout Self) -> Void = { _ in }
  ) -> Self {
    var object = Self(
      metadata: .sample(
        name,
        namespace: namespace ?? (kind.isClusterScoped ? "" : "shop"),
        created: created,
        deleted: deleted,
        owners: owners
      )
    )
    change(&object)
    return object
  }
}

extension OwnerReference {
  /// The reference by which an object names its controller.
  package static func to(_ owner: any ObjectRecord) -> OwnerReference {
    OwnerReference(
      kind: owner.kind,
      name: owner.metadata.name,
      uid: owner.metadata.uid
    )
  }
}

extension PodTemplate {
  /// A template that asks for what `change` says.
  package static func with(_ change: (inout PodTemplate) -> Void) -> PodTemplate {
    var template = PodTemplate()
    change(&template)
    return template
  }
}
