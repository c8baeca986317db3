/// Facts that hold or do not, a bit each, with the names that the API has for them.
package protocol NamedFlags: OptionSet, Hashable, Sendable, CustomStringConvertible
where RawValue == UInt8 {
  /// The name of each bit, from the lowest one.
  static var names: [String] { get }
}

extension NamedFlags {
  package var description: String {
    Self.names.indices.filter { rawValue & (1 << $0) != 0 }.map { Self.names[$0] }
      .joined(separator: ", ")
  }

  /// The flag of a name; `nil` where there is none.
  init?(_ name: String) {
    guard let position = Self.names.firstIndex(of: name) else { return nil }
    self.init(rawValue: 1 << position)
  }
}
