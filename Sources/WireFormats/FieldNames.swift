/// Finds the case of a field enum by its JSON name or its protobuf number.
@usableFromInline
package struct FieldNames<Field: WireField>: Sendable {
  @usableFromInline let fields: [Field]
  @usableFromInline let table: NameTable
  @usableFromInline let numbers: NumberTable

  package init() { self.init(besides: [], numbers: []) }

  /// The names have others behind them, which no case stands for.
  private init(besides names: [String], numbers others: [Int]) {
    fields = Array(Field.allCases)
    table = NameTable(fields.map { String(describing: $0) } + names)
    numbers = NumberTable(fields.map(\.rawValue) + others)
  }
}

extension FieldNames where Field: ObjectField {
  /// The fields of an object; behind them stands its metadata.
  package static var ofObject: Self { Self(besides: ["metadata"], numbers: [1]) }
}
