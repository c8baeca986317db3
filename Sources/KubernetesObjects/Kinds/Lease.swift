package import WireFormats

/// A Lease, as far as checks read it.
///
/// Its holder renews it every few seconds, each Node its own; that is no change, and wakes nobody.
package struct Lease: TypedRecord {
  /// When its holder last showed that it is alive.
  package struct Renewal: Hashable, Sendable {
    /// By the holder's own clock.
    package var time: Timestamp?
    /// When a renewal last came in, by our clock; `nil` where none was seen yet.
    package var seen: Timestamp?
  }

  package static let kind = ObjectKind("Lease", group: "coordination.k8s.io")
  /// The namespace of the Leases that kubelets renew, which are named after their Nodes.
  package static let nodeNamespace = "kube-node-lease"

  package static let references: [ReferenceRule<Lease>] = [
    ReferenceRule(.nodeRecord, to: Node.kind, path: "metadata.name") { $0.nodeName }
  ]

  package var metadata: ObjectMetadata
  package var holder = ""
  /// How long it is held without being renewed.
  package var duration = Duration.zero
  @Unnoticed package private(set) var renewal = Renewal()

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  /// When its holder last renewed it, by the holder's own clock.
  package var renewTime: Timestamp? {
    get { renewal.time }
    set { renewal.time = newValue }
  }

  /// When its holder was last known to be alive, whichever clock tells.
  package var lastSign: Timestamp? {
    guard let time = renewal.time, let seen = renewal.seen else { return renewal.time }
    return max(time, seen)
  }

  /// The Lease as it may be at `time`, when another that was read with it was renewed at `newest` last.
  ///
  /// Who writes what a cluster holds into files reads kind after kind: what goes on all the time then
  /// seems to have stopped when it was read.
  package func read(with newest: Timestamp, keptUntil time: Timestamp) -> Lease {
    guard let renewTime, newest < time else { return self }
    var lease = self
    lease.renewal.seen = renewTime + newest.elapsed(to: time)
    return lease
  }

  /// How long there must be no sign until the next one is a return, and no mere renewal.
  private static let returnGap = Duration.seconds(15)

  package func succeeding(
    _ old: Lease,
    at time: Timestamp
  ) -> (record: Lease, hasToBeSeen: Bool)? {
    var lease = self
    lease.renewal.seen = renewTime == old.renewTime ? old.renewal.seen : time
    guard let before = old.lastSign, let now = lease.lastSign else { return (lease, false) }
    return (lease, before + Self.returnGap < now)
  }

  /// The Node that it tells of; empty for Leases of others.
  package var nodeName: String {
    metadata.namespace == Self.nodeNamespace ? metadata.name : ""
  }
}

extension Lease {
  package enum Field: Int, ObjectField {
    case spec = 2
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case holderIdentity = 1, leaseDurationSeconds, renewTime = 4
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(SpecField.self) {
      switch field {
      case .holderIdentity: holder = try reader.string()
      case .leaseDurationSeconds: duration = try reader.seconds()
      case .renewTime: renewTime = try reader.timestamp()
      }
    }
  }
}
