package import WireFormats

/// A Namespace, as far as checks read it.
package struct Namespace: TypedRecord {
  package static let kind = ObjectKind("Namespace")
  /// The label that the API server gives each namespace, with its name.
  package static let nameLabel = "kubernetes.io/metadata.name"
  package static let references: [ReferenceRule<Namespace>] = [
    ReferenceRule(.discovery, path: "status.conditions", isOptional: true) { namespace in
      namespace.failedDiscoveries.map { .object(ObjectKey(APIService.kind, name: $0)) }
    }
  ]

  package var metadata: ObjectMetadata
  /// The entries of `spec.finalizers`, which the namespace controller removes last.
  package var specFinalizers: [String] = []
  /// What the namespace controller says of a deletion: what remains, which discovery failed.
  package var conditions: [Condition] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  /// The level of the Pod Security Standards that its Pods must keep to; empty where none is set.
  package var enforcedSecurity: String {
    metadata.labels["pod-security.kubernetes.io/enforce"] ?? ""
  }

  /// Its objects care whether it is there for good, and what it allows.
  package func looksEqual(to old: Namespace, over relation: Relation) -> Bool {
    relation == .namespace && isAsPresent(as: old) && enforcedSecurity == old.enforcedSecurity
  }

  /// The APIServices without which nobody can tell what the namespace still holds:
  /// `v1beta1.metrics.k8s.io`, which a condition's message calls `metrics.k8s.io/v1beta1:`.
  package var failedDiscoveries: [String] {
    guard let failure = conditions["NamespaceDeletionDiscoveryFailure"],
      failure.status == .isTrue
    else { return [] }
    var names: [String] = []
    for word in failure.message.split(separator: " ") where word.last == ":" {
      let parts = word.dropLast().split(separator: "/")
      guard parts.count == 2, parts[0].contains("."), parts[1].first == "v" else { continue }
      let name = "\(parts[1]).\(parts[0])"
      if !names.contains(name) { names.append(name) }
    }
    return names
  }
}

extension Namespace {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case finalizers = 1
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case conditions = 2
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .spec:
      try reader.beginObject()
      while try reader.nextField(SpecField.self) != nil {
        try reader.append(to: &specFinalizers)
      }
    case .status:
      try reader.beginObject()
      while try reader.nextField(StatusField.self) != nil {
        try reader.append(to: &conditions)
      }
    }
  }
}
