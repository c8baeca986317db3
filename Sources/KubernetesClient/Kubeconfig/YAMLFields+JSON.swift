import WireFormats
import YAMLReading
import Yams

extension YAMLFields {
  /// Any value as JSON; `nil` where there is none.
  func json(_ name: String) -> JSONValue? { value(name).map { JSONValue($0.node) } }
}
