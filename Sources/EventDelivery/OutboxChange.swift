package import CloudEvents
package import Inspection
package import KubernetesObjects
package import WireFormats

/// Something that others are to be told of, where they have not been.
package enum OutboxChange: Sendable {
  /// A finding is there, and is like this: it was raised, or has changed, or neither.
  case there(OutboxFinding, at: Timestamp)
  case over(FindingID, at: Timestamp)
  /// Others tell of a finding from now on, and of its end.
  case elsewhere(FindingID)
  /// Whatever else was told of these checks is over.
  case looked(FirstLook)
  /// Another event; those about one thing arrive in order.
  case event(CloudEvent, about: String, at: Timestamp)
}

/// A finding as it is to be told.
package struct OutboxFinding: Sendable {
  let id: FindingID
  let cluster: String
  let check: CheckID
  let since: Timestamp
  let document: JSONValue
  let digest: String

  package init(_ finding: Finding, document: JSONValue) {
    id = finding.id
    cluster = finding.cluster
    check = finding.check
    since = finding.since
    self.document = document
    digest = FindingEvent.digest(of: document)
  }
}

/// How much may wait.
package struct OutboxLimits: Sendable, Equatable {
  package var events: Int
  package var bytes: Int

  package init(events: Int = 100_000, bytes: Int = 256 << 20) {
    (self.events, self.bytes) = (events, bytes)
  }
}

/// How many events were dropped for want of room, by type.
package typealias DroppedEvents = [String: Int]
