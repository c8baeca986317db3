/// The fields of one message that a reader cares for: one declaration for JSON and for protobuf.
///
/// A case's name is the JSON name, its raw value the protobuf field number. Where protobuf has a
/// message whose fields JSON writes one level up, the raw value is the message's number and the
/// field's: `persistentVolumeClaim = 2_010` is field 10 of the message in field 2.
@usableFromInline
package protocol WireField: RawRepresentable, CaseIterable, Sendable where RawValue == Int {
  /// Declared by each enum as `static let fieldNames = FieldNames<Self>()`.
  static var fieldNames: FieldNames<Self> { get }
}

/// The fields of an object beside `metadata`, which all objects have as field 1.
///
/// Declared as `static let fieldNames = FieldNames<Self>.ofObject`.
@usableFromInline
package protocol ObjectField: WireField {}

/// A member of an object: its metadata, or a field of its kind's own.
@usableFromInline
package enum ObjectMember<Field: ObjectField> {
  case metadata
  case field(Field)
}
