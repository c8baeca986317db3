package import WireFormats

/// What KPatrol keeps of an object: the few fields that checks read.
///
/// Two records of one object are equal when nothing has changed that an inspection could tell; such a
/// change stops at the graph's door. What is kept and changes all the time is ``Unnoticed``.
package protocol ObjectRecord: Sendable, Equatable {
  var kind: ObjectKind { get }
  var metadata: ObjectMetadata { get set }
  /// Everything that the object names, in the order of its fields.
  var references: [Reference] { get }

  /// The references over some relations.
  func references(over relations: RelationSet) -> [Reference]

  /// Over which relations this record may name other vertices than an `old` one of the same object,
  /// sooner known than by a look at all of them.
  func relationsNamedAnew(since old: Self) -> RelationSet

  /// The ways in which the object selects others by their labels.
  var selections: [Selection] { get }

  /// Whether those at the other ends of edges of `relation` see no difference between this record
  /// and an `old` one of the same object, so that they need not be inspected again.
  func looksEqual(to old: Self, over relation: Relation) -> Bool

  /// Whether what differs from an `old` record of the same object, besides what it names, is seen only
  /// by checks about this very kind: not by those that are about objects of any kind, or about what
  /// several kinds have in common.
  func differsForItsKindAlone(from old: Self) -> Bool

  /// What happened between an `old` record of the same object and this one, for checks that count.
  func moments(since old: Self) -> [Moment.Kind]

  /// This record, which came at `time`, with what only the one before it tells; `nil` where that is
  /// nothing.
  ///
  /// Says, too, whether the object has to be inspected even where nothing that is noticed has changed.
  func succeeding(_ old: Self, at time: Timestamp) -> (record: Self, hasToBeSeen: Bool)?

  /// Makes what the record has in common with others share its storage with theirs.
  mutating func share(by pool: inout SharingPool)

  // What follows is asked for at each change of an object, or of very many objects at once. Were it no
  // requirement, it would be compiled once for all types, and copy whole records.

  var key: ObjectKey { get }

  /// The namespace with which it is inspected: its own, or that of what it tells of; empty where there is none.
  var home: String { get }

  /// Those of the metadata.
  var labels: Labels { get }

  /// Says how this record, which came at `time`, differs from an `old` one; `relations` are those over
  /// which somebody could see it.
  ///
  /// All of it at once, so that the type of the old record is asked for once.
  func difference(
    from old: any ObjectRecord,
    at time: Timestamp,
    among relations: () -> RelationSet
  ) -> RecordDifference
}

extension ObjectRecord {
  package func references(over relations: RelationSet) -> [Reference] {
    relations == .all ? references : references.filter { relations.contains($0.relation) }
  }

  package func relationsNamedAnew(since old: Self) -> RelationSet { .all }

  package var selections: [Selection] { [] }

  /// A namespace cares for its objects only as far as they are there, and they only for whether it
  /// is terminating; of all else every change is seen.
  package func looksEqual(to old: Self, over relation: Relation) -> Bool {
    relation == .namespace && isAsPresent(as: old)
  }

  /// Whether both are there for good, or both are on their way out.
  package func isAsPresent(as old: Self) -> Bool {
    metadata.isTerminating == old.metadata.isTerminating
  }

  package func differsForItsKindAlone(from old: Self) -> Bool { false }

  package func moments(since old: Self) -> [Moment.Kind] { [] }

  package func succeeding(_ old: Self, at time: Timestamp) -> (record: Self, hasToBeSeen: Bool)? {
    nil
  }

  package mutating func share(by pool: inout SharingPool) { metadata.share(by: &pool) }

  package var key: ObjectKey {
    ObjectKey(kind, namespace: metadata.namespace, name: metadata.name)
  }

  package var home: String { metadata.namespace }

  package var labels: Labels { metadata.labels }

  /// Whether `other` is a record of the same type with the same contents.
  package func isEqual(to other: any ObjectRecord) -> Bool {
    other.typed(as: Self.self).map { self == $0 } ?? false
  }
}

/// A record of a kind whose fields KPatrol knows; one file each under `Kinds/`.
package protocol TypedRecord: ObjectRecord {
  static var kind: ObjectKind { get }
  /// The references of the kind's own fields; those of the metadata are the same for all kinds.
  static var references: [ReferenceRule<Self>] { get }

  /// The fields that are read beside the metadata.
  associatedtype Field: ObjectField

  init(metadata: ObjectMetadata)

  /// Takes in one field of an object; arrays and maps may come in several parts.
  mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError)

  /// The same, where `pool` may know what the field says.
  mutating func read(
    _ field: Field,
    from reader: inout FieldReader,
    sharing pool: inout SharingPool
  ) throws(WireError)

  /// Reads an object, and its version into `version`.
  init(
    reading reader: inout FieldReader,
    version: inout ObjectVersion,
    sharing pool: inout SharingPool
  ) throws(WireError)
}

extension TypedRecord {
  package init(
    reading reader: inout FieldReader,
    version: inout ObjectVersion,
    sharing pool: inout SharingPool
  ) throws(WireError) {
    self.init(metadata: ObjectMetadata())
    try reader.beginObject()
    while let member = try reader.nextMember(Field.self) {
      switch member {
      case .metadata:
        metadata = try ObjectMetadata(reading: &reader, version: &version, sharing: &pool)
      case .field(let field): try read(field, from: &reader, sharing: &pool)
      }
    }
  }

  package mutating func read(
    _ field: Field,
    from reader: inout FieldReader,
    sharing pool: inout SharingPool
  ) throws(WireError) {
    try read(field, from: &reader)
  }

  package var kind: ObjectKind { Self.kind }

  package var references: [Reference] {
    var references = metadata.references(of: Self.kind)
    for rule in Self.references { rule.append(self, in: metadata.namespace, to: &references) }
    return references
  }
}

/// An object of a built-in kind of which only the metadata is known (`meta.v1.PartialObjectMetadata`).
package struct PartialRecord: ObjectRecord {
  package let kind: ObjectKind
  package var metadata: ObjectMetadata

  package init(_ kind: ObjectKind, metadata: ObjectMetadata) {
    self.kind = kind
    self.metadata = metadata
  }

  package var references: [Reference] { metadata.references(of: kind) }
}

/// A record and the version of the object that it was read from.
package struct ObjectSnapshot: Sendable {
  package let record: any ObjectRecord
  package let version: ObjectVersion
  /// What is kept of the object besides its record; `nil` where nobody asked for more.
  package let projected: ProjectedFields?

  package init(
    record: any ObjectRecord,
    version: ObjectVersion,
    projected: ProjectedFields? = nil
  ) {
    self.record = record
    self.version = version
    self.projected = projected
  }

  package var resourceVersion: String { version.resourceVersion }
}
