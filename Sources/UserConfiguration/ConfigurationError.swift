package import YAMLReading

/// One thing in a configuration file that cannot be as it is.
package struct ConfigurationMistake: Error, Sendable, Equatable {
  package let place: FieldPlace
  /// What is wrong and what helps, as a clause.
  package let reason: String

  package init(place: FieldPlace, reason: String) {
    self.place = place
    self.reason = reason
  }
}

extension ConfigurationMistake: CustomStringConvertible {
  package var description: String {
    let field = place.field.isEmpty ? "" : "\(QuotedText.escaped(place.field)): "
    return "\(QuotedText.escaped(place.path)):\(place.line):\(place.column): \(field)\(reason)"
  }
}

/// Why the configuration cannot be used.
package enum ConfigurationError: Error, Sendable, Equatable {
  case unreadable(path: String, reason: String)
  /// All mistakes of the file, in the order of their places.
  case mistakes([ConfigurationMistake])
}

extension ConfigurationError: CustomStringConvertible {
  /// A line for each mistake.
  package var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "\(QuotedText.escaped(path)): cannot be read: \(reason)"
    case .mistakes(let mistakes): mistakes.map(\.description).joined(separator: "\n")
    }
  }
}
