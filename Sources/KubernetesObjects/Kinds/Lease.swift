package import WireFormats

/// A Lease, as far as checks read it.
///
/// Its holder renews it every few seconds, each Node its own; that is no change, and wakes nobody.
package struct Lease: TypedRecord {
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
  /// When its holder last showed that it is alive.
  @Unnoticed package var renewTime: Timestamp?

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

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
