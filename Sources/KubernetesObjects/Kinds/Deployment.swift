package import WireFormats

/// A Deployment, as far as checks read it.
package struct Deployment: Workload, GenerationObserver {
  package static let kind = ObjectKind("Deployment", group: "apps")

  package static let references: [ReferenceRule<Deployment>] = [
    imageReference,
    .refusingQuota { $0.conditions },
  ]
  package static let templateReferences = PodTemplate.references(at: "spec.template.spec")

  package var metadata: ObjectMetadata
  @SharedValue package var template = PodTemplate()
  package var selector = LabelSelector()
  /// How many Pods it shall have.
  package var replicas = 1
  package var isPaused = false
  /// How long a rollout may go without progress.
  package var progressDeadline = Duration.seconds(600)
  /// How many old ReplicaSets it keeps.
  package var revisionHistoryLimit = 10
  package var observedGeneration = 0
  package var currentReplicas = 0
  package var updatedReplicas = 0
  package var readyReplicas = 0
  package var availableReplicas = 0
  package var conditions: [Condition] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  package var selections: [Selection] { podSelections }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    pool.share(&_template)
    conditions.share(by: &pool)
  }

  package func looksEqual(to old: Deployment, over relation: Relation) -> Bool {
    switch relation {
    case .event, .image, .namespace: isAsPresent(as: old)
    case .owner, .selection:
      looksEqualToPods(old) && revisionHistoryLimit == old.revisionHistoryLimit
    case .scaleTarget: isAsPresent(as: old) && _template == old._template
    default: isAsPresent(as: old) && (replicas == 0) == (old.replicas == 0)
    }
  }
}

extension Deployment {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case replicas = 1, selector, template
    case revisionHistoryLimit = 6, paused, progressDeadlineSeconds = 9
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case observedGeneration = 1, replicas, updatedReplicas, availableReplicas
    case conditions = 6, readyReplicas
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .spec: try readSpec(from: &reader)
    case .status: try readStatus(from: &reader)
    }
  }

  private mutating func readSpec(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(SpecField.self) {
      switch field {
      case .replicas: replicas = try reader.count()
      case .selector: selector = try LabelSelector(reading: &reader)
      case .template: template = try PodTemplate(readingTemplate: &reader)
      case .revisionHistoryLimit: revisionHistoryLimit = try reader.count()
      case .paused: isPaused = try reader.boolean()
      case .progressDeadlineSeconds: progressDeadline = try reader.seconds()
      }
    }
  }

  private mutating func readStatus(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(StatusField.self) {
      switch field {
      case .observedGeneration: observedGeneration = try reader.count()
      case .replicas: currentReplicas = try reader.count()
      case .updatedReplicas: updatedReplicas = try reader.count()
      case .availableReplicas: availableReplicas = try reader.count()
      case .conditions: try reader.append(to: &conditions, as: DeploymentConditionField.self)
      case .readyReplicas: readyReplicas = try reader.count()
      }
    }
  }
}
