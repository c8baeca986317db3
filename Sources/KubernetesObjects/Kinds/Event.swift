package import WireFormats

/// An Event of the core group, as far as checks read it.
package struct Event: TypedRecord {
  package static let kind = ObjectKind("Event")

  package static let references: [ReferenceRule<Event>] = [
    // Events stay for an hour, whatever becomes of what they are about.
    ReferenceRule(.event, path: "involvedObject", isOptional: true) { event in
      event.object.key.map { [.object($0)] } ?? []
    },
    ReferenceRule(.quota, toNeighbours: ResourceQuota.kind, path: "message", isOptional: true) {
      $0.reason.hasPrefix("Failed") ? [RefusingQuota.name(in: $0.message)] : []
    },
  ]

  package var metadata: ObjectMetadata
  package var object = ObjectMention()
  package var isWarning = false
  package var reason = ""
  package var message = ""
  /// Who wrote it: `kubelet`.
  package var component = ""
  /// How many times it happened.
  package var count = 1
  package var lastTime: Timestamp?

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  package func moments(since old: Event) -> [Moment.Kind] {
    Array(repeating: .recurrence, count: min(max(0, count - old.count), 20))
  }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    pool.share(&reason)
    pool.share(&message)
    pool.share(&component)
  }
}

extension Event {
  package enum Field: Int, ObjectField {
    case involvedObject = 2, reason, message, source, lastTimestamp = 7, count, type
    case eventTime, series, reportingComponent = 14
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SourceField: Int, WireField {
    case component = 1
    static let fieldNames = FieldNames<Self>()
  }

  private enum SeriesField: Int, WireField {
    case count = 1, lastObservedTime
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .involvedObject: object = try ObjectMention(reading: &reader)
    case .reason: reason = try reader.string()
    case .message: message = try reader.string()
    case .source:
      try reader.beginObject()
      while try reader.nextField(SourceField.self) != nil {
        let name = try reader.string()
        if component.isEmpty { component = name }
      }
    case .lastTimestamp, .eventTime: note(try reader.timestamp())
    case .count: count = max(count, try reader.count())
    case .type: isWarning = try reader.string() == "Warning"
    case .series:
      try reader.beginObject()
      while let field = try reader.nextField(SeriesField.self) {
        switch field {
        case .count: count = max(count, try reader.count())
        case .lastObservedTime: note(try reader.timestamp())
        }
      }
    case .reportingComponent:
      // Writers of the older generation of the API leave it empty.
      component = try reader.string(orIfEmpty: component)
    }
  }

  private mutating func note(_ time: Timestamp?) {
    guard let time else { return }
    lastTime = max(lastTime ?? time, time)
  }
}
