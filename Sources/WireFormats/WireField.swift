/// The fields of one message that a reader cares for.
///
/// A case's name is the JSON name, its raw value the protobuf field number.
@usableFromInline
package protocol WireField: RawRepresentable, CaseIterable, Sendable where RawValue == Int {
  /// Declared by each enum as `static let fieldNames = FieldNames<Self>()`.
  static var fieldNames: FieldNames<Self> { get }
}
