package import WireFormats

/// An object as the Gateway API names it: by group and kind, both of which have defaults.
package struct GatewayMention: Hashable, Sendable, FieldReadable {
  /// With an empty kind where none is written.
  package var object = ObjectMention()
  /// The listener of a Gateway; empty for all.
  package var section = ""
  /// 0 where none is written.
  package var port = 0

  package init() {}

  private enum Field: Int, WireField {
    case group = 1, kind, namespace, name, sectionName, port
    static let fieldNames = FieldNames<Self>()
  }

  package init(reading reader: inout FieldReader) throws(WireError) {
    var group = ""
    var kindName = ""
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .group: group = try reader.string()
      case .kind: kindName = try reader.string()
      case .namespace: object.namespace = try reader.string()
      case .name: object.name = try reader.string()
      case .sectionName: section = try reader.string()
      case .port: port = try reader.count()
      }
    }
    object.kind = ObjectKind(kindName, group: group)
  }
}

extension ObjectMention {
  /// The key, where kind and namespace may have been left to their defaults.
  func key(defaultKind: ObjectKind, namespace defaultNamespace: String) -> ObjectKey? {
    guard !name.isEmpty else { return nil }
    return ObjectKey(
      kind.name.isEmpty || kind.name == defaultKind.name ? defaultKind : kind,
      namespace: namespace.isEmpty ? defaultNamespace : namespace,
      name: name
    )
  }
}

extension ReferenceRule where Record: TypedRecord {
  /// The row of a custom kind: it is defined by a CustomResourceDefinition.
  static func definition(plural: String) -> Self {
    ReferenceRule(.definition, to: CustomResourceDefinition.kind, path: "apiVersion") { _ in
      "\(plural).\(Record.kind.group)"
    }
  }
}
