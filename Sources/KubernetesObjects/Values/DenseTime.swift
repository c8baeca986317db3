/// A time that may be missing, in the eight bytes of one that is there: an optional one takes twice as
/// much in records of which there are 100,000.
@propertyWrapper
package struct DenseTime: Hashable, Sendable {
  private static var none: Int64 { .min }

  private var milliseconds: Int64

  package init(wrappedValue: Timestamp?) {
    milliseconds = wrappedValue?.millisecondsSince1970 ?? Self.none
  }

  package var wrappedValue: Timestamp? {
    get { milliseconds == Self.none ? nil : Timestamp(millisecondsSince1970: milliseconds) }
    set { milliseconds = newValue?.millisecondsSince1970 ?? Self.none }
  }
}

extension DenseTime: FieldWrapper {
  var noticedValue: Any? { wrappedValue as Any }
}
