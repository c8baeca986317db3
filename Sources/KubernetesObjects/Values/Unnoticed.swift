/// A value that is kept, but whose changes are none: records that differ in it alone are equal, so
/// that nothing is inspected again for it.
@propertyWrapper
package struct Unnoticed<Value: Sendable>: Hashable, Sendable {
  package var wrappedValue: Value

  package init(wrappedValue: Value) { self.wrappedValue = wrappedValue }

  package static func == (left: Self, right: Self) -> Bool { true }

  package func hash(into hasher: inout Hasher) {}
}

extension Unnoticed: FieldWrapper {
  var noticedValue: Any? { nil }
}
