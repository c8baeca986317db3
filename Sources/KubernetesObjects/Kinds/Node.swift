package import WireFormats

/// A Node, as far as checks read it.
package struct Node: TypedRecord {
  package static let kind = ObjectKind("Node")
  package static let references: [ReferenceRule<Node>] = []

  package var metadata: ObjectMetadata
  package var isUnschedulable = false
  package var podCIDRs: [IPPrefix] = []
  /// The condition `Ready`; `nil` until a kubelet or the node lifecycle controller set it.
  package var ready: Condition?

  package init(metadata: ObjectMetadata) { self.metadata = metadata }
}

extension Node {
  private enum Field: Int, WireField {
    case metadata = 1, spec, status
    static let fieldNames = FieldNames<Self>()
  }

  private enum SpecField: Int, WireField {
    case podCIDR = 1, unschedulable = 4, podCIDRs = 7
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case conditions = 4
    static let fieldNames = FieldNames<Self>()
  }

  package init(
    reading reader: inout JSONReader,
    resourceVersion: inout String
  ) throws(WireError) {
    metadata = ObjectMetadata()
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .metadata:
        metadata = try ObjectMetadata(reading: &reader, resourceVersion: &resourceVersion)
      case .spec: try readSpec(from: &reader)
      case .status: try readStatus(from: &reader)
      }
    }
  }

  private mutating func readSpec(from reader: inout JSONReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(SpecField.self) {
      switch field {
      case .podCIDR: insert(IPPrefix(try reader.string()))
      case .unschedulable: isUnschedulable = try reader.boolean()
      case .podCIDRs: for text in try reader.strings() { insert(IPPrefix(text)) }
      }
    }
  }

  private mutating func readStatus(from reader: inout JSONReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(StatusField.self) {
      switch field {
      case .conditions:
        let conditions = try reader.array { reader throws(WireError) in
          try Condition(reading: &reader)
        }
        ready = conditions.first { $0.type == "Ready" }
      }
    }
  }

  /// Adds a range once: `podCIDR` stands in `podCIDRs` again.
  private mutating func insert(_ prefix: IPPrefix?) {
    guard let prefix, !podCIDRs.contains(prefix) else { return }
    podCIDRs.append(prefix)
  }
}
