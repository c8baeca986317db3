package import WireFormats

/// A Job, as far as checks read it.
package struct Job: Workload {
  package static let kind = ObjectKind("Job", group: "batch")

  package static let references: [ReferenceRule<Job>] = []
  package static let templateReferences = PodTemplate.references(at: "spec.template.spec")

  package var metadata: ObjectMetadata
  @SharedValue package var template = PodTemplate()
  package var selector = LabelSelector()
  package var isSuspended = false
  /// How many Pods may fail before the Job does.
  package var backoffLimit = 6
  /// `nil` where it may run for ever.
  package var activeDeadline: Duration?
  /// How long it stays after its end; `nil` where nobody removes it.
  package var timeToLive: Duration?
  package var startTime: Timestamp?
  package var completionTime: Timestamp?
  package var activePods = 0
  package var succeededPods = 0
  package var failedPods = 0
  package var conditions: [Condition] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  package var isComplete: Bool { conditions["Complete"]?.status == .isTrue }
  package var hasFailed: Bool { conditions["Failed"]?.status == .isTrue }

  package var selections: [Selection] { podSelections }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    pool.share(&_template)
    conditions.share(by: &pool)
  }

  package func looksEqual(to old: Job, over relation: Relation) -> Bool {
    let ends = isComplete == old.isComplete && hasFailed == old.hasFailed
    switch relation {
    case .event, .namespace: return isAsPresent(as: old)
    case .owner: return looksEqualToPods(old) && ends && timeToLive == old.timeToLive
    case .selection: return looksEqualToPods(old)
    default: return isAsPresent(as: old) && ends
    }
  }
}

extension Job {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case activeDeadlineSeconds = 3, selector, template = 6, backoffLimit
    case ttlSecondsAfterFinished, suspend = 10
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case conditions = 1, startTime, completionTime, active, succeeded, failed
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
      case .activeDeadlineSeconds: activeDeadline = try reader.seconds()
      case .selector: selector = try LabelSelector(reading: &reader)
      case .template: template = try PodTemplate(readingTemplate: &reader)
      case .backoffLimit: backoffLimit = try reader.count()
      case .ttlSecondsAfterFinished: timeToLive = try reader.seconds()
      case .suspend: isSuspended = try reader.boolean()
      }
    }
  }

  private mutating func readStatus(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(StatusField.self) {
      switch field {
      case .conditions: try reader.append(to: &conditions)
      case .startTime: startTime = try reader.timestamp()
      case .completionTime: completionTime = try reader.timestamp()
      case .active: activePods = try reader.count()
      case .succeeded: succeededPods = try reader.count()
      case .failed: failedPods = try reader.count()
      }
    }
  }
}
