import WireFormats

/// One entry of `status.conditions`, without its heartbeat.
///
/// A kubelet renews `lastHeartbeatTime` every few minutes; left out, a heartbeat changes nothing.
package struct Condition: Hashable, Sendable {
  package enum Status: String, Sendable {
    case isTrue = "True"
    case isFalse = "False"
    case unknown = "Unknown"
  }

  package var type = ""
  package var status = Status.unknown
  package var reason = ""
  package var message = ""
  package var lastTransitionTime: Timestamp?

  package init(
    type: String,
    status: Status,
    reason: String = "",
    message: String = "",
    lastTransitionTime: Timestamp? = nil
  ) {
    self.type = type
    self.status = status
    self.reason = reason
    self.message = message
    self.lastTransitionTime = lastTransitionTime
  }
}

/// Message `core.v1.NodeCondition`.
private enum NodeConditionField: Int, WireField {
  case type = 1, status = 2, lastTransitionTime = 4, reason = 5, message = 6

  static let fieldNames = FieldNames<Self>()
}

extension Condition {
  /// Reads a condition of a Node, and by JSON of any kind.
  init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(NodeConditionField.self) {
      switch field {
      case .type: type = try reader.string()
      case .status: status = Status(rawValue: try reader.string()) ?? .unknown
      case .lastTransitionTime: lastTransitionTime = try reader.timestamp()
      case .reason: reason = try reader.string()
      case .message: message = try reader.string()
      }
    }
  }
}
