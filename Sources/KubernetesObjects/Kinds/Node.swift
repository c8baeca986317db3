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

  /// Its Pods care whether it is there, ready and open to them; kubelets write much else.
  package func looksEqual(to old: Node, over relation: Relation) -> Bool {
    relation == .node && ready?.status == old.ready?.status
      && isUnschedulable == old.isUnschedulable
      && metadata.isTerminating == old.metadata.isTerminating
  }
}

extension Node {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case podCIDR = 1, unschedulable = 4, podCIDRs = 7
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case conditions = 4
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .spec: try readSpec(from: &reader)
    case .status: try readStatus(from: &reader)
    }
  }

  private mutating func readSpec(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(SpecField.self) {
      switch field {
      case .podCIDR: insert(IPPrefix(try reader.string()))
      case .unschedulable: isUnschedulable = try reader.boolean()
      case .podCIDRs:
        try reader.beginArray()
        while try reader.nextElement() { insert(IPPrefix(try reader.string())) }
      }
    }
  }

  private mutating func readStatus(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(StatusField.self) {
      switch field {
      case .conditions:
        try reader.beginArray()
        while try reader.nextElement() {
          let condition = try Condition(reading: &reader)
          if condition.type == "Ready" { ready = condition }
        }
      }
    }
  }

  /// Adds a range once: `podCIDR` stands in `podCIDRs` again.
  private mutating func insert(_ prefix: IPPrefix?) {
    guard let prefix, !podCIDRs.contains(prefix) else { return }
    podCIDRs.append(prefix)
  }
}
