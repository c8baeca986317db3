import WireFormats

/// A name in an object of a custom kind, in a field whose own name says that it names something:
/// `…Name`, or `name` within `…Ref`, `…Refs`, `…From`, `…Selector`.
///
/// What it names can only be guessed, so a mention is never a fault; it keeps what it may name off
/// the list of what nobody needs.
package struct NameMention: Hashable, Sendable {
  /// The field: `spec.database.secretRef.name`.
  package let path: String
  package let name: String
  /// Empty for the object's own.
  package var namespace = ""
  /// The kind, where it stands beside the name.
  package var kindName = ""

  package init(path: String, name: String) {
    self.path = path
    self.name = name
  }

  /// How many names of one object are kept.
  private static let limit = 64
  /// How deep they are looked for.
  private static let depthLimit = 16

  /// Parts of a field's name that tell what it names.
  private static let hints: [(part: String, kind: ObjectKind)] = [
    ("volumesnapshotref", ObjectKind("VolumeSnapshot", group: "snapshot.storage.k8s.io")),
    ("secret", Secret.kind), ("configmap", ConfigMap.kind),
    ("serviceaccount", ServiceAccount.kind), ("claim", PersistentVolumeClaim.kind),
    ("pvc", PersistentVolumeClaim.kind), ("storageclass", StorageClass.kind),
    ("priorityclass", PriorityClass.kind), ("service", Service.kind), ("role", Role.kind),
  ]

  private static let clusterScoped: Set<ObjectKind> = [StorageClass.kind, PriorityClass.kind]

  /// The objects that may be meant.
  func candidates(in ownNamespace: String) -> [ObjectKey] {
    let namespace = namespace.isEmpty ? ownNamespace : namespace
    return kinds.map { kind in
      ObjectKey(kind, namespace: Self.clusterScoped.contains(kind) ? "" : namespace, name: name)
    }
  }

  private var kinds: [ObjectKind] {
    if !kindName.isEmpty { return Self.hints.map(\.kind).filter { $0.name == kindName } }
    let field = path.lowercased()
    if let hint = Self.hints.first(where: { field.contains($0.part) }) { return [hint.kind] }
    return [Secret.kind, ConfigMap.kind, ServiceAccount.kind]
  }
}

extension NameMention {
  /// Reads the value that is next, whatever it is, for all names that it mentions.
  static func all(reading reader: inout FieldReader) throws(WireError) -> [NameMention] {
    var mentions: [NameMention] = []
    try collect(&mentions, from: &reader, at: "spec", depth: 0)
    return mentions
  }

  private static func collect(
    _ mentions: inout [NameMention],
    from reader: inout FieldReader,
    at path: String,
    depth: Int
  ) throws(WireError) {
    guard depth < depthLimit, mentions.count < limit else { return try reader.skip() }
    switch reader.nextValue() {
    case .object: try collectMembers(&mentions, from: &reader, at: path, depth: depth)
    case .array:
      try reader.beginArray()
      while try reader.nextElement() {
        try collect(&mentions, from: &reader, at: path, depth: depth + 1)
      }
    case .string, .number, .other: try reader.skip()
    }
  }

  private static func collectMembers(
    _ mentions: inout [NameMention],
    from reader: inout FieldReader,
    at path: String,
    depth: Int
  ) throws(WireError) {
    let first = mentions.count
    var namespace = ""
    var kindName = ""
    try reader.beginObject()
    while let key = try reader.nextKey() {
      guard reader.nextValue() == .string else {
        try collect(&mentions, from: &reader, at: "\(path).\(key)", depth: depth + 1)
        continue
      }
      switch key {
      case "namespace": namespace = try reader.string()
      case "kind": kindName = try reader.string()
      case _ where key == "name" && isReference(path) || key.hasSuffix("Name"):
        let name = try reader.string()
        if !name.isEmpty { mentions.append(NameMention(path: "\(path).\(key)", name: name)) }
      default: try reader.skip()
      }
    }
    for index in mentions.indices[first...] where mentions[index].path == "\(path).name" {
      mentions[index].namespace = namespace
      mentions[index].kindName = kindName
    }
  }

  private static func isReference(_ path: String) -> Bool {
    let field = path.split(separator: ".").last ?? ""
    return ["Ref", "Refs", "From", "Selector", "Secret", "Secrets", "ConfigMap", "ConfigMaps"]
      .contains { field.hasSuffix($0) } || ["secret", "secrets", "configMap"].contains(field)
  }
}
