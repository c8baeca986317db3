package import WireFormats

/// An object as others name it in full (`core.v1.ObjectReference`).
package struct ObjectMention: Hashable, Sendable {
  package var kind = ObjectKind("")
  package var namespace = ""
  package var name = ""
  package var uid = ObjectUID.unset

  package init() {}

  /// The object's key; `nil` where the mention says too little.
  package var key: ObjectKey? {
    kind.name.isEmpty || name.isEmpty
      ? nil : ObjectKey(kind, namespace: namespace, name: name)
  }
}

extension ObjectMention: FieldReadable {
  private enum Field: Int, WireField {
    case kind = 1, namespace, name, uid, apiVersion
    static let fieldNames = FieldNames<Self>()
  }

  package init(reading reader: inout FieldReader) throws(WireError) {
    var kindName = ""
    var apiVersion = ""
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .kind: kindName = try reader.string()
      case .namespace: namespace = try reader.string()
      case .name: name = try reader.string()
      case .uid: uid = ObjectUID(try reader.string())
      case .apiVersion: apiVersion = try reader.string()
      }
    }
    kind = ObjectKind(kindName, apiVersion: apiVersion)
  }
}
