package import WireFormats

/// A StatefulSet, as far as checks read it.
package struct StatefulSet: Workload, GenerationObserver {
  package static let kind = ObjectKind("StatefulSet", group: "apps")

  package static let references: [ReferenceRule<StatefulSet>] = [
    ReferenceRule(.governingService, toNeighbours: Service.kind, path: "spec.serviceName") {
      [$0.serviceName]
    },
    imageReference,
  ]
  package static let templateReferences = PodTemplate.references(at: "spec.template.spec")

  package var metadata: ObjectMetadata
  @SharedValue package var template = PodTemplate()
  package var selector = LabelSelector()
  package var serviceName = ""
  /// Whether its Pods start and end all at once, and not one after the other.
  package var isParallel = false
  /// Whether Pods are updated only when somebody deletes them.
  package var updatesOnDelete = false
  /// The ordinal from which on Pods are updated.
  package var partition = 0
  /// How many Pods it shall have.
  package var replicas = 1
  /// The ordinal of its first Pod.
  package var firstOrdinal = 0
  /// The names of its claim templates: Pod `SET-0` has the claim `TEMPLATE-SET-0` of each.
  package var claimTemplates: [String] = []
  package var observedGeneration = 0
  package var currentReplicas = 0
  package var updatedReplicas = 0
  package var readyReplicas = 0
  package var availableReplicas = 0
  package var currentRevision = ""
  package var updateRevision = ""
  package var conditions: [Condition] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  /// Its claims have the labels of its selector, as its controller sees to.
  package var selections: [Selection] {
    guard !claimTemplates.isEmpty, !selector.matchLabels.isEmpty else { return podSelections }
    let labels = LabelSelector(selector.matchLabels)
    return podSelections + [
      Selection(PersistentVolumeClaim.kind, by: labels, path: "spec.volumeClaimTemplates")
    ]
  }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    pool.share(&_template)
    conditions.share(by: &pool)
  }

  package func looksEqual(to old: StatefulSet, over relation: Relation) -> Bool {
    switch relation {
    case .event, .image, .namespace: isAsPresent(as: old)
    case .owner, .selection:
      looksEqualToPods(old) && replicas == old.replicas && firstOrdinal == old.firstOrdinal
        && claimTemplates == old.claimTemplates && updateRevision == old.updateRevision
    case .scaleTarget: isAsPresent(as: old) && _template == old._template
    default: isAsPresent(as: old) && (replicas == 0) == (old.replicas == 0)
    }
  }
}

extension StatefulSet {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case replicas = 1, selector, template, volumeClaimTemplates, serviceName
    case podManagementPolicy, updateStrategy, ordinals = 11
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.PersistentVolumeClaim`, of which only the metadata counts here.
  private enum ClaimTemplateField: Int, WireField {
    case metadata = 1
    static let fieldNames = FieldNames<Self>()
  }

  private enum StrategyField: Int, WireField {
    case type = 1, rollingUpdate
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `apps.v1.RollingUpdateStatefulSetStrategy`.
  private enum RollingUpdateField: Int, WireField {
    case partition = 1
    static let fieldNames = FieldNames<Self>()
  }

  private enum OrdinalsField: Int, WireField {
    case start = 1
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case observedGeneration = 1, replicas, readyReplicas, updatedReplicas = 5, currentRevision
    case updateRevision, conditions = 10, availableReplicas
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
      case .volumeClaimTemplates:
        try reader.append(to: &claimTemplates) { reader throws(WireError) in
          var name = ""
          try reader.beginObject()
          while try reader.nextField(ClaimTemplateField.self) != nil { name = try reader.name() }
          return name
        }
      case .serviceName: serviceName = try reader.string()
      case .podManagementPolicy: isParallel = try reader.string() == "Parallel"
      case .updateStrategy: try readStrategy(from: &reader)
      case .ordinals:
        try reader.beginObject()
        while try reader.nextField(OrdinalsField.self) != nil { firstOrdinal = try reader.count() }
      }
    }
  }

  private mutating func readStrategy(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(StrategyField.self) {
      switch field {
      case .type: updatesOnDelete = try reader.string() == "OnDelete"
      case .rollingUpdate:
        try reader.beginObject()
        while try reader.nextField(RollingUpdateField.self) != nil {
          partition = try reader.count()
        }
      }
    }
  }

  private mutating func readStatus(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(StatusField.self) {
      switch field {
      case .observedGeneration: observedGeneration = try reader.count()
      case .replicas: currentReplicas = try reader.count()
      case .readyReplicas: readyReplicas = try reader.count()
      case .updatedReplicas: updatedReplicas = try reader.count()
      case .currentRevision: currentRevision = try reader.string()
      case .updateRevision: updateRevision = try reader.string()
      case .conditions: try reader.append(to: &conditions, as: DenseConditionField.self)
      case .availableReplicas: availableReplicas = try reader.count()
      }
    }
  }
}
