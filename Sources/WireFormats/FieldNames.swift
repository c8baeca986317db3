/// Finds the case of a field enum by the bytes of its JSON name.
@usableFromInline
package struct FieldNames<Field: WireField>: Sendable {
  @usableFromInline let fields: [Field]
  @usableFromInline let table: NameTable

  package init() {
    fields = Array(Field.allCases)
    table = NameTable(fields.map { String(describing: $0) })
  }
}
