import WireFormats

/// One entry of `status.conditions`, without the times at which it was merely confirmed.
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

  /// Makes its texts share their storage with equal ones: a cluster's conditions say the same
  /// things over and over.
  mutating func share(by pool: inout SharingPool) {
    pool.share(&type)
    pool.share(&reason)
    pool.share(&message)
  }
}

extension [Condition] {
  /// The condition of a type; `nil` where nobody has set it.
  package subscript(type: String) -> Condition? { first { $0.type == type } }

  mutating func share(by pool: inout SharingPool) {
    for index in indices { self[index].share(by: &pool) }
  }
}

/// How a kind's conditions are numbered in protobuf; the names in JSON are the same for all.
protocol ConditionField: WireField, Equatable {
  static var type: Self { get }
  static var status: Self { get }
  static var lastTransitionTime: Self { get }
  static var reason: Self { get }
  static var message: Self { get }
}

/// Messages `meta.v1.Condition`, `core.v1.NodeCondition`, `PodCondition`, `NamespaceCondition` and
/// `PersistentVolumeClaimCondition`, and `batch.v1.JobCondition`; all of custom resources, too.
enum CommonConditionField: Int, ConditionField {
  case type = 1, status
  case lastTransitionTime = 4, reason, message
  static let fieldNames = FieldNames<Self>()
}

/// Messages `ReplicaSetCondition`, `StatefulSetCondition` and `DaemonSetCondition` of `apps.v1`,
/// `HorizontalPodAutoscalerCondition` and `CustomResourceDefinitionCondition`.
enum DenseConditionField: Int, ConditionField {
  case type = 1, status, lastTransitionTime, reason, message
  static let fieldNames = FieldNames<Self>()
}

/// Message `apps.v1.DeploymentCondition`.
enum DeploymentConditionField: Int, ConditionField {
  case type = 1, status
  case reason = 4, message
  case lastTransitionTime = 7
  static let fieldNames = FieldNames<Self>()
}

/// Message `certificates.v1.CertificateSigningRequestCondition`.
enum RequestConditionField: Int, ConditionField {
  case type = 1, reason, message
  case lastTransitionTime = 5, status
  static let fieldNames = FieldNames<Self>()
}

extension Condition {
  init<Field: ConditionField>(
    reading reader: inout FieldReader,
    as layout: Field.Type
  ) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(layout) {
      switch field {
      case .type: type = try reader.string()
      case .status: status = Status(rawValue: try reader.string()) ?? .unknown
      case .lastTransitionTime: lastTransitionTime = try reader.timestamp()
      case .reason: reason = try reader.string()
      case .message: message = try reader.string()
      default: try reader.skip()
      }
    }
  }
}

extension FieldReader {
  /// Reads an array of conditions that are numbered as `layout` says, and adds it to `conditions`.
  mutating func append<Field: ConditionField>(
    to conditions: inout [Condition],
    as layout: Field.Type = CommonConditionField.self
  ) throws(WireError) {
    try append(to: &conditions) { reader throws(WireError) in
      try Condition(reading: &reader, as: layout)
    }
  }
}

extension Condition: NamedElement {
  var elementName: String { type }
}
