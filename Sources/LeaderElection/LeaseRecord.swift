package import KubernetesObjects
package import WireFormats

/// What a Lease says of who holds it, as client-go's `LeaderElectionRecord` has it, and of who would like to.
package struct LeaseRecord: Sendable, Equatable {
  /// Whoever holds the Lease, and could hold one of his own: the one for whom it is meant asks for it by this.
  package static let preferredHolderAnnotation = "kpatrol.io/preferred-holder"
  /// The shard of whoever holds it.
  package static let holderShardAnnotation = "kpatrol.io/holder-shard"

  /// Empty where nobody does.
  package var holder = ""
  /// For so long it is held without being renewed.
  package var seconds = 0
  /// By the holder's own clock, as `MicroTime`: they are compared, and never with our clock.
  package var acquired = ""
  package var renewed = ""
  /// How often it went from one holder to another.
  package var transitions = 0

  package init() {}

  /// Reads a Lease; what it does not say is as nobody had it.
  package init(_ lease: JSONValue) {
    let spec = lease["spec"]
    holder = spec?["holderIdentity"]?.stringValue ?? ""
    seconds = spec?["leaseDurationSeconds"]?.intValue ?? 0
    acquired = spec?["acquireTime"]?.stringValue ?? ""
    renewed = spec?["renewTime"]?.stringValue ?? ""
    transitions = spec?["leaseTransitions"]?.intValue ?? 0
  }

  /// The record as a Lease's `spec`.
  package var spec: JSONValue {
    [
      "holderIdentity": .string(holder), "leaseDurationSeconds": .integer(Int64(seconds)),
      "acquireTime": .string(acquired), "renewTime": .string(renewed),
      "leaseTransitions": .integer(Int64(transitions)),
    ]
  }

  /// A time as Kubernetes' `MicroTime`: `2026-11-23T10:00:08.895000Z`.
  package static func microTime(_ time: Timestamp) -> String {
    let milliseconds = time.millisecondsSince1970 % 1000
    let digits = String(1000 + milliseconds).dropFirst()
    return "\(time.rfc3339.dropLast()).\(digits)000Z"
  }
}

extension JSONValue {
  fileprivate var intValue: Int? {
    guard case .integer(let value) = self else { return nil }
    return Int(exactly: value)
  }
}
