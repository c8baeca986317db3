import WireFormats

/// How many may use a volume at once.
package struct AccessModes: NamedFlags {
  package static let names = [
    "ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod",
  ]

  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let readWriteOnce = AccessModes(rawValue: 1)
  package static let readOnlyMany = AccessModes(rawValue: 1 << 1)
  package static let readWriteMany = AccessModes(rawValue: 1 << 2)
  package static let readWriteOncePod = AccessModes(rawValue: 1 << 3)

  /// Reads a list of modes, and adds those that it knows.
  mutating func append(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginArray()
    while try reader.nextElement() {
      if let mode = Self(try reader.string()) { insert(mode) }
    }
  }
}

extension FieldReader {
  /// Reads the amount of storage in a map of resources; `nil` where there is none.
  mutating func storage() throws(WireError) -> Quantity? {
    var amounts = ResourceAmounts()
    try amounts.append(reading: &self)
    return amounts["storage"]
  }
}
