package import WireFormats

/// A DaemonSet, as far as checks read it.
package struct DaemonSet: Workload, GenerationObserver {
  package static let kind = ObjectKind("DaemonSet", group: "apps")

  package static let references: [ReferenceRule<DaemonSet>] = [imageReference]
  package static let templateReferences = PodTemplate.references(at: "spec.template.spec")

  package var metadata: ObjectMetadata
  @SharedValue package var template = PodTemplate()
  package var selector = LabelSelector()
  /// Whether Pods are updated only when somebody deletes them.
  package var updatesOnDelete = false
  package var observedGeneration = 0
  /// How many Nodes shall run its Pod.
  package var desiredPods = 0
  package var currentPods = 0
  /// How many Nodes run its Pod and should not.
  package var misscheduledPods = 0
  package var updatedPods = 0
  package var readyPods = 0
  package var availablePods = 0
  package var conditions: [Condition] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  package var selections: [Selection] { podSelections }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    pool.share(&_template)
    conditions.share(by: &pool)
  }

  package func looksEqual(to old: DaemonSet, over relation: Relation) -> Bool {
    relation == .owner || relation == .selection ? looksEqualToPods(old) : isAsPresent(as: old)
  }
}

extension DaemonSet {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case selector = 1, template, updateStrategy
    static let fieldNames = FieldNames<Self>()
  }

  private enum StrategyField: Int, WireField {
    case type = 1
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case currentNumberScheduled = 1, numberMisscheduled, desiredNumberScheduled, numberReady
    case observedGeneration, updatedNumberScheduled, numberAvailable, conditions = 10
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .spec:
      try reader.beginObject()
      while let field = try reader.nextField(SpecField.self) {
        switch field {
        case .selector: selector = try LabelSelector(reading: &reader)
        case .template: template = try PodTemplate(readingTemplate: &reader)
        case .updateStrategy:
          try reader.beginObject()
          while try reader.nextField(StrategyField.self) != nil {
            updatesOnDelete = try reader.string() == "OnDelete"
          }
        }
      }
    case .status: try readStatus(from: &reader)
    }
  }

  private mutating func readStatus(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(StatusField.self) {
      switch field {
      case .currentNumberScheduled: currentPods = try reader.count()
      case .numberMisscheduled: misscheduledPods = try reader.count()
      case .desiredNumberScheduled: desiredPods = try reader.count()
      case .numberReady: readyPods = try reader.count()
      case .observedGeneration: observedGeneration = try reader.count()
      case .updatedNumberScheduled: updatedPods = try reader.count()
      case .numberAvailable: availablePods = try reader.count()
      case .conditions: try reader.append(to: &conditions, as: DenseConditionField.self)
      }
    }
  }
}
