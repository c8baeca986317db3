/// The fields of one message that a reader cares for.
///
/// A case's name is the field's JSON name, its raw value the field's protobuf number: one
/// declaration serves both encodings.
package protocol WireField: RawRepresentable, CaseIterable, Sendable where RawValue == Int {
  /// The cases by name; each enum declares `static let fieldNames = FieldNames<Self>()`.
  static var fieldNames: FieldNames<Self> { get }
}

/// The JSON names of a message's fields, prepared for comparison with raw bytes.
package struct FieldNames<Field: WireField>: Sendable {
  @usableFromInline struct Entry: Sendable {
    /// The first eight bytes of the name, missing ones zero.
    @usableFromInline let head: UInt64
    @usableFromInline let name: [UInt8]
    @usableFromInline let field: Field

    init(_ field: Field) {
      name = Array(String(describing: field).utf8)
      head = name.prefix(8).enumerated().reduce(0) { $0 | UInt64($1.element) << ($1.offset * 8) }
      self.field = field
    }
  }

  @usableFromInline let entries: [Entry]

  package init() { entries = Field.allCases.map(Entry.init) }

  /// The field whose name is these bytes.
  func field(named name: [UInt8]) -> Field? { entries.first { $0.name == name }?.field }
}
