package import WireFormats

/// A ReplicaSet, as far as checks read it.
///
/// What its template names is left to its Pods and its Deployment: old ones have neither.
package struct ReplicaSet: GenerationObserver {
  package static let kind = ObjectKind("ReplicaSet", group: "apps")
  package static let references: [ReferenceRule<ReplicaSet>] = [.refusingQuota { $0.conditions }]

  package var metadata: ObjectMetadata
  package var selector = LabelSelector()
  /// How many Pods it shall have.
  package var replicas = 1
  package var observedGeneration = 0
  package var currentReplicas = 0
  package var readyReplicas = 0
  package var availableReplicas = 0
  package var conditions: [Condition] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  package var selections: [Selection] {
    selector.isEmpty ? [] : [Selection(Pod.kind, by: selector, path: "spec.selector")]
  }

  /// The number of the rollout that made it; empty where no Deployment did.
  package var revision: String {
    metadata.annotations["deployment.kubernetes.io/revision"] ?? ""
  }

  /// Whether it neither has Pods nor shall have any.
  package var isIdle: Bool { replicas == 0 && currentReplicas == 0 }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    conditions.share(by: &pool)
  }

  /// Its Pods and its Deployment see which it is, and whether it is in use; how many Pods it has,
  /// they know themselves.
  package func looksEqual(to old: ReplicaSet, over relation: Relation) -> Bool {
    switch relation {
    case .event, .namespace: isAsPresent(as: old)
    case .owner: metadata == old.metadata && selector == old.selector && isIdle == old.isIdle
    case .selection: metadata == old.metadata && selector == old.selector
    default: false
    }
  }
}

extension ReplicaSet {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case replicas = 1, selector
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case replicas = 1, observedGeneration = 3, readyReplicas, availableReplicas, conditions
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .spec:
      try reader.beginObject()
      while let field = try reader.nextField(SpecField.self) {
        switch field {
        case .replicas: replicas = try reader.count()
        case .selector: selector = try LabelSelector(reading: &reader)
        }
      }
    case .status: try readStatus(from: &reader)
    }
  }

  private mutating func readStatus(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(StatusField.self) {
      switch field {
      case .replicas: currentReplicas = try reader.count()
      case .observedGeneration: observedGeneration = try reader.count()
      case .readyReplicas: readyReplicas = try reader.count()
      case .availableReplicas: availableReplicas = try reader.count()
      case .conditions: try reader.append(to: &conditions, as: DenseConditionField.self)
      }
    }
  }
}
