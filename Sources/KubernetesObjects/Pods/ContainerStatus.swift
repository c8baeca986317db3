package import WireFormats

/// What a kubelet says of a container.
///
/// Without its id and the time of its start, so that the Pods of a healthy workload say the same.
package struct ContainerStatus: Hashable, Sendable {
  /// How a container ended.
  package struct Termination: Hashable, Sendable {
    package var exitCode = 0
    /// The signal that ended it; 0 where none did.
    package var signal = 0
    /// Why: `OOMKilled`, `Error`, `Completed` and so on.
    package var reason = ""
    package var finishedAt: Timestamp?

    package init() {}
  }

  package enum State: Hashable, Sendable {
    case running
    case waiting(reason: String, message: String)
    case terminated(Termination)
  }

  package var name = ""
  /// Whether it is an init container.
  package var runsBefore = false
  package var isReady = false
  package var restartCount = 0
  /// What the container runtime found the image to be; `nil` where that has no digest.
  package var imageDigest: ImageDigest?
  /// Waiting for no reason, until a kubelet says otherwise.
  package var state = State.waiting(reason: "", message: "")
  /// How it ended before it was started again.
  package var lastTermination: Termination?

  package init() {}

  /// Hashes no more than what tells most statuses apart.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(imageDigest)
    hasher.combine(restartCount)
  }
}

extension ContainerStatus: FieldReadable {
  /// Message `core.v1.ContainerStatus`.
  private enum Field: Int, WireField {
    case name = 1, state, lastState, ready, restartCount
    case imageID = 7
    static let fieldNames = FieldNames<Self>()
  }

  package init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .name: name = try reader.string()
      case .state: if let state = try State(reading: &reader) { self.state = state }
      case .lastState:
        if case .terminated(let termination) = try State(reading: &reader) {
          lastTermination = termination
        }
      case .ready: isReady = try reader.boolean()
      case .restartCount: restartCount = try reader.count()
      case .imageID: imageDigest = try reader.text { ImageDigest(imageID: $0) }
      }
    }
  }
}

extension ContainerStatus.State {
  /// Message `core.v1.ContainerState`.
  private enum Field: Int, WireField {
    case waiting = 1, running, terminated
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.ContainerStateWaiting`.
  private enum WaitingField: Int, WireField {
    case reason = 1, message
    static let fieldNames = FieldNames<Self>()
  }

  /// `nil` where none of the states is set.
  fileprivate init?(reading reader: inout FieldReader) throws(WireError) {
    var state: Self?
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .waiting: state = try Self.waiting(reading: &reader)
      case .running:
        state = .running
        try reader.skip()
      case .terminated: state = .terminated(try .init(reading: &reader))
      }
    }
    guard let state else { return nil }
    self = state
  }

  private static func waiting(reading reader: inout FieldReader) throws(WireError) -> Self {
    var reason = ""
    var message = ""
    try reader.beginObject()
    while let field = try reader.nextField(WaitingField.self) {
      switch field {
      case .reason: reason = try reader.string()
      case .message: message = try reader.string()
      }
    }
    return .waiting(reason: reason, message: message)
  }
}

extension ContainerStatus.Termination {
  /// Message `core.v1.ContainerStateTerminated`.
  private enum Field: Int, WireField {
    case exitCode = 1, signal, reason, finishedAt = 6
    static let fieldNames = FieldNames<Self>()
  }

  fileprivate init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .exitCode: exitCode = try reader.count()
      case .signal: signal = try reader.count()
      case .reason: reason = try reader.string()
      case .finishedAt: finishedAt = try reader.timestamp()
      }
    }
  }
}

extension ContainerStatus: NamedElement {
  var elementName: String { name }
}

extension ContainerStatus.State: CustomStringConvertible {
  /// As in `waiting: CrashLoopBackOff`.
  package var description: String {
    switch self {
    case .running: "running"
    case .waiting(let reason, _): reason.isEmpty ? "waiting" : "waiting: \(reason)"
    case .terminated(let termination):
      "terminated: \(termination.reason), exit code \(termination.exitCode)"
    }
  }
}
