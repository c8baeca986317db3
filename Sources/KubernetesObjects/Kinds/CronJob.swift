package import WireFormats

/// A CronJob, as far as checks read it.
package struct CronJob: PodTemplateHolder {
  package static let kind = ObjectKind("CronJob", group: "batch")

  package static let references: [ReferenceRule<CronJob>] = []
  package static let templateReferences = PodTemplate.references(
    at: "spec.jobTemplate.spec.template.spec"
  )

  package var metadata: ObjectMetadata
  @SharedValue package var template = PodTemplate()
  /// As it is written: `*/5 * * * *`.
  package var schedule = ""
  /// Empty for that of the controller.
  package var timeZone = ""
  package var isSuspended = false
  /// How late a run may start; `nil` where it may whenever, and negative where it is nonsense.
  package var startingDeadline: Duration?
  package var activeJobs = 0
  package var lastScheduleTime: Timestamp?
  package var lastSuccessfulTime: Timestamp?

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    pool.share(&_template)
  }

  /// What it uses cares whether it is there; its Jobs, whether a later one succeeded.
  package func looksEqual(to old: CronJob, over relation: Relation) -> Bool {
    isAsPresent(as: old)
      && (relation != .owner || lastSuccessfulTime == old.lastSuccessfulTime)
  }
}

extension CronJob {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case schedule = 1, startingDeadlineSeconds, suspend = 4, jobTemplate, timeZone = 8
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `batch.v1.JobTemplateSpec`.
  private enum JobTemplateField: Int, WireField {
    case spec = 2
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `batch.v1.JobSpec`.
  private enum JobField: Int, WireField {
    case template = 6
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case active = 1, lastScheduleTime = 4, lastSuccessfulTime
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
      case .schedule: schedule = try reader.string()
      case .startingDeadlineSeconds: startingDeadline = try reader.seconds()
      case .suspend: isSuspended = try reader.boolean()
      case .jobTemplate:
        try reader.beginObject()
        while try reader.nextField(JobTemplateField.self) != nil {
          try reader.beginObject()
          while try reader.nextField(JobField.self) != nil {
            template = try PodTemplate(readingTemplate: &reader)
          }
        }
      case .timeZone: timeZone = try reader.string()
      }
    }
  }

  private mutating func readStatus(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(StatusField.self) {
      switch field {
      case .active:
        try reader.beginArray()
        while try reader.nextElement() {
          activeJobs += 1
          try reader.skip()
        }
      case .lastScheduleTime: lastScheduleTime = try reader.timestamp()
      case .lastSuccessfulTime: lastSuccessfulTime = try reader.timestamp()
      }
    }
  }
}
