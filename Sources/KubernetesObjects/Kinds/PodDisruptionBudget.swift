package import WireFormats

/// A PodDisruptionBudget, as far as checks read it.
package struct PodDisruptionBudget: GenerationObserver {
  package static let kind = ObjectKind("PodDisruptionBudget", group: "policy")
  package static let references: [ReferenceRule<PodDisruptionBudget>] = []

  package var metadata: ObjectMetadata
  /// An empty one selects all Pods of the namespace; none, where there is `nil`.
  package var selector: LabelSelector?
  package var minAvailable: IntegerOrString?
  package var maxUnavailable: IntegerOrString?
  package var observedGeneration = 0
  package var disruptionsAllowed = 0
  package var currentHealthy = 0
  package var desiredHealthy = 0
  package var expectedPods = 0
  package var conditions: [Condition] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  package var selections: [Selection] {
    selector.map { [Selection(Pod.kind, by: $0, path: "spec.selector")] } ?? []
  }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    conditions.share(by: &pool)
  }

  /// Its Pods care whether it is there; their numbers they know themselves.
  package func looksEqual(to old: PodDisruptionBudget, over relation: Relation) -> Bool {
    isAsPresent(as: old) && selector == old.selector
  }
}

extension PodDisruptionBudget {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case minAvailable = 1, selector, maxUnavailable
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case observedGeneration = 1, disruptionsAllowed = 3, currentHealthy, desiredHealthy
    case expectedPods, conditions
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .spec:
      try reader.beginObject()
      while let field = try reader.nextField(SpecField.self) {
        switch field {
        case .minAvailable: minAvailable = try reader.integerOrString()
        case .selector: selector = try LabelSelector(reading: &reader)
        case .maxUnavailable: maxUnavailable = try reader.integerOrString()
        }
      }
    case .status: try readStatus(from: &reader)
    }
  }

  private mutating func readStatus(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(StatusField.self) {
      switch field {
      case .observedGeneration: observedGeneration = try reader.count()
      case .disruptionsAllowed: disruptionsAllowed = try reader.count()
      case .currentHealthy: currentHealthy = try reader.count()
      case .desiredHealthy: desiredHealthy = try reader.count()
      case .expectedPods: expectedPods = try reader.count()
      case .conditions: try reader.append(to: &conditions)
      }
    }
  }
}
