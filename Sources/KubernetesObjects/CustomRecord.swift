import WireFormats

/// An object of a custom kind, of whose fields only what all kinds have by convention is read: its
/// conditions, how far its controller has got, and the names that it mentions.
///
/// See https://github.com/kubernetes-sigs/cli-utils/tree/master/pkg/kstatus for the conventions.
package struct CustomRecord: ObjectRecord {
  package let kind: ObjectKind
  /// The plural name, which with the group names the kind's definition.
  package let plural: String
  package var metadata: ObjectMetadata
  package var conditions: [Condition] = []
  /// The generation that the object's controller has acted upon; `nil` where it does not say.
  package var observedGeneration: Int?
  /// What it seems to name, by the names of its fields.
  package var mentions: [NameMention] = []

  package init(resource: APIResource, metadata: ObjectMetadata) {
    kind = resource.kind
    plural = resource.plural
    self.metadata = metadata
  }

  package var references: [Reference] {
    let definition = ObjectKey(CustomResourceDefinition.kind, name: "\(plural).\(kind.group)")
    return metadata.references(of: kind)
      + [Reference(.definition, .object(definition), path: "apiVersion")]
      + mentions.flatMap { mention in
        mention.candidates(in: metadata.namespace).map { key in
          Reference(.mention, .object(key), path: mention.path, isOptional: true)
        }
      }
  }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    conditions.share(by: &pool)
  }

  /// What it mentions cares only for its being there; its definition, for whether its controller
  /// writes.
  package func looksEqual(to old: CustomRecord, over relation: Relation) -> Bool {
    guard isAsPresent(as: old) else { return false }
    return relation != .definition && relation != .owner
      || (conditions == old.conditions && observedGeneration == old.observedGeneration
        && metadata.finalizers.isEmpty == old.metadata.finalizers.isEmpty)
  }
}

extension CustomRecord {
  private enum Field: Int, WireField {
    case metadata = 1, spec, status
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case conditions = 1, observedGeneration
    static let fieldNames = FieldNames<Self>()
  }

  /// Reads an object, and its version into `version`; servers send custom objects as JSON alone.
  init(
    reading reader: inout FieldReader,
    of resource: APIResource,
    version: inout ObjectVersion,
    sharing pool: inout SharingPool
  ) throws(WireError) {
    self.init(resource: resource, metadata: ObjectMetadata())
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .metadata:
        metadata = try ObjectMetadata(reading: &reader, version: &version, sharing: &pool)
      case .spec: mentions = try NameMention.all(reading: &reader)
      case .status: try readStatus(from: &reader)
      }
    }
  }

  /// Reads what has the usual form; a custom kind may use the names for something else.
  private mutating func readStatus(from reader: inout FieldReader) throws(WireError) {
    guard reader.nextValue() == .object else { return try reader.skip() }
    try reader.beginObject()
    while let field = try reader.nextField(StatusField.self) {
      switch (field, reader.nextValue()) {
      case (.conditions, .array): try readConditions(from: &reader)
      case (.observedGeneration, .number): observedGeneration = try reader.count()
      default: try reader.skip()
      }
    }
  }

  private mutating func readConditions(from reader: inout FieldReader) throws(WireError) {
    try reader.beginArray()
    while try reader.nextElement() {
      guard reader.nextValue() == .object else {
        try reader.skip()
        continue
      }
      let condition = try Condition(readingCustom: &reader)
      if !condition.type.isEmpty { conditions.append(condition) }
    }
  }
}

extension Condition {
  /// Reads a condition whose fields may be of other types than usual, which are left out.
  fileprivate init(readingCustom reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(CommonConditionField.self) {
      guard reader.nextValue() == .string else {
        try reader.skip()
        continue
      }
      let text = try reader.string()
      switch field {
      case .type: type = text
      case .status: status = Status(rawValue: text) ?? .unknown
      case .lastTransitionTime: lastTransitionTime = Timestamp(rfc3339: text)
      case .reason: reason = text
      case .message: message = text
      }
    }
  }
}
