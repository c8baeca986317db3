package import WireFormats

extension JSONReader {
  /// Reads an array, each element by `read`.
  @inline(__always)
  package mutating func array<Element>(
    of read: (inout JSONReader) throws(WireError) -> Element
  ) throws(WireError) -> [Element] {
    var elements: [Element] = []
    try beginArray()
    while try nextElement() { elements.append(try read(&self)) }
    return elements
  }

  /// Reads an array of strings.
  package mutating func strings() throws(WireError) -> [String] {
    try array { reader throws(WireError) in try reader.string() }
  }

  /// Reads a `meta.v1.Time`; `nil` where there is none or it is no time.
  package mutating func timestamp() throws(WireError) -> Timestamp? {
    Timestamp(rfc3339: try string())
  }

  /// Reads a map of resource names to quantities; what is no quantity is left out.
  package mutating func quantities() throws(WireError) -> [String: Quantity] {
    var quantities: [String: Quantity] = [:]
    try beginObject()
    while let resource = try nextKey() { quantities[resource] = Quantity(try string()) }
    return quantities
  }
}
