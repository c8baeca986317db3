package import WireFormats

/// How much a Pod or a Node uses just now, as the metrics API tells (`metrics.k8s.io/v1beta1`).
package struct ResourceUse: Hashable, Sendable {
  /// Empty for a Node.
  package var namespace = ""
  package var name = ""
  package var cores = 0.0
  package var bytes = 0.0

  package init() {}

  /// Reads a list of PodMetrics or NodeMetrics in JSON, the only form that there is of them.
  package static func list(_ bytes: [UInt8]) throws(WireError) -> [ResourceUse] {
    var reader = JSONReader(bytes.span.bytes)
    return try reader.readFields { fields throws(WireError) in
      var uses: [ResourceUse] = []
      try fields.beginObject()
      while try fields.nextField(ListField.self) != nil { try fields.append(to: &uses) }
      return uses
    }
  }
}

/// What all Pods and all Nodes of a cluster use.
package struct Measurements: Sendable {
  package var pods: [ResourceUse]
  package var nodes: [ResourceUse]

  package init(pods: [ResourceUse], nodes: [ResourceUse]) {
    self.pods = pods
    self.nodes = nodes
  }
}

private enum ListField: Int, WireField {
  case items = 1
  static let fieldNames = FieldNames<Self>()
}

extension ResourceUse: FieldReadable {
  private enum Field: Int, WireField {
    case metadata = 1, usage, containers
    static let fieldNames = FieldNames<Self>()
  }

  private enum NameField: Int, WireField {
    case name = 1, namespace
    static let fieldNames = FieldNames<Self>()
  }

  private enum UsageField: Int, WireField {
    case cpu = 1, memory
    static let fieldNames = FieldNames<Self>()
  }

  private enum ContainerField: Int, WireField {
    case usage = 1
    static let fieldNames = FieldNames<Self>()
  }

  package init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .metadata:
        try reader.beginObject()
        while let field = try reader.nextField(NameField.self) {
          switch field {
          case .name: name = try reader.string()
          case .namespace: namespace = try reader.string()
          }
        }
      case .usage: try addUsage(from: &reader)
      case .containers:
        try reader.beginArray()
        while try reader.nextElement() {
          try reader.beginObject()
          while try reader.nextField(ContainerField.self) != nil { try addUsage(from: &reader) }
        }
      }
    }
  }

  private mutating func addUsage(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(UsageField.self) {
      let amount = Quantity(try reader.string())?.value ?? 0
      switch field {
      case .cpu: cores += amount
      case .memory: bytes += amount
      }
    }
  }
}
