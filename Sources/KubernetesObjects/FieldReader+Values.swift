package import WireFormats

extension FieldReader {
  /// Reads an array, each element by `read`, and adds it to `elements`.
  @inline(__always)
  package mutating func append<Element>(
    to elements: inout [Element],
    by read: (inout FieldReader) throws(WireError) -> Element
  ) throws(WireError) {
    try beginArray()
    while try nextElement() { elements.append(try read(&self)) }
  }

  /// Reads an array of things that can be read, and adds it to `elements`.
  package mutating func append<Element: FieldReadable>(
    to elements: inout [Element]
  ) throws(WireError) {
    try append(to: &elements) { reader throws(WireError) in try Element(reading: &reader) }
  }

  /// Reads an array of references to objects in the same namespace (`LocalObjectReference`), and
  /// adds their names to `names`.
  package mutating func append(namesTo names: inout [String]) throws(WireError) {
    try append(to: &names) { reader throws(WireError) in try reader.name() }
  }

  /// Reads the name in a reference to an object in the same namespace (`LocalObjectReference`).
  package mutating func name() throws(WireError) -> String {
    var name = ""
    try beginObject()
    while try nextField(NameField.self) != nil { name = try string() }
    return name
  }

  /// Reads a name and adds it to `names`; an empty one is none.
  package mutating func append(nameTo names: inout [String]) throws(WireError) {
    let name = try string()
    if !name.isEmpty { names.append(name) }
  }

  /// Reads a text that some writers leave empty: they mean `standard` by that.
  package mutating func string(orIfEmpty standard: String) throws(WireError) -> String {
    let text = try string()
    return text.isEmpty ? standard : text
  }

  /// Reads an integer, cut to the width of the machine.
  package mutating func count() throws(WireError) -> Int { Int(truncatingIfNeeded: try integer()) }

  /// Reads a number of seconds; what is longer than 68 years is cut to that.
  package mutating func seconds() throws(WireError) -> Duration {
    .seconds(Int32(clamping: try integer()))
  }

  /// Reads the number of a port; what is no such number is cut to its width.
  package mutating func port() throws(WireError) -> UInt16 {
    UInt16(truncatingIfNeeded: try integer())
  }

  /// Reads an array of strings, and adds it to `strings`.
  package mutating func append(to strings: inout [String]) throws(WireError) {
    try append(to: &strings) { reader throws(WireError) in try reader.string() }
  }

  /// Reads a map of strings, and adds it to `entries`.
  package mutating func append(to entries: inout [String: String]) throws(WireError) {
    try beginObject()
    while let key = try nextKey() { entries[key] = try string() }
  }

  /// Reads a map of resource names to quantities, and adds it to `quantities`; what is no quantity
  /// is left out.
  package mutating func append(to quantities: inout [String: Quantity]) throws(WireError) {
    try beginObject()
    while let resource = try nextKey() { quantities[resource] = try quantity() }
  }

  /// Reads a `resource.Quantity`; `nil` where it is none.
  package mutating func quantity() throws(WireError) -> Quantity? { Quantity(try quantityText()) }

  /// Reads a `resource.Quantity` as it is written.
  package mutating func quantityText() throws(WireError) -> String {
    guard encoding == .protobuf else { return try string() }
    var text = ""
    try beginObject()
    while try nextField(QuantityField.self) != nil { text = try string() }
    return text
  }

  /// Reads a `meta.v1.Time` or `MicroTime`; `nil` where there is none or it is no time.
  package mutating func timestamp() throws(WireError) -> Timestamp? {
    guard encoding == .protobuf else {
      // Nearly all times are whole seconds of UTC, and no others have 20 bytes.
      if let text: InlineArray<20, UInt8> = plainText() { return Timestamp(utcSeconds: text) }
      return Timestamp(rfc3339: try string())
    }
    var seconds: Int64 = 0
    var nanoseconds: Int64 = 0
    try beginObject()
    while let field = try nextField(TimeField.self) {
      switch field {
      case .seconds: seconds = try integer()
      case .nanos: nanoseconds = try integer()
      }
    }
    // The time before all times is written with its seconds; none is an empty message.
    guard seconds != 0 || nanoseconds != 0 else { return nil }
    let (milliseconds, overflowed) = seconds.multipliedReportingOverflow(by: 1000)
    guard !overflowed else { return nil }
    return Timestamp(millisecondsSince1970: milliseconds + nanoseconds / 1_000_000)
  }
}

/// What can be read from the wire where it stands.
package protocol FieldReadable {
  init(reading reader: inout FieldReader) throws(WireError)
}

/// Message `core.v1.LocalObjectReference`.
private enum NameField: Int, WireField {
  case name = 1
  static let fieldNames = FieldNames<Self>()
}

/// Message `resource.Quantity`, which JSON writes as a string.
private enum QuantityField: Int, WireField {
  case string = 1
  static let fieldNames = FieldNames<Self>()
}

/// Message `meta.v1.Time`, which JSON writes as a string.
private enum TimeField: Int, WireField {
  case seconds = 1, nanos
  static let fieldNames = FieldNames<Self>()
}
