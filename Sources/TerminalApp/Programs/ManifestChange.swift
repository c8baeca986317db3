import WireFormats

/// What makes one manifest of another, as a merge patch has it (RFC 7386): lists are one value.
struct ManifestChange: Equatable {
  /// A field that differs.
  struct Field: Equatable {
    let path: [String]
    let old: JSONValue?
    let new: JSONValue?

    /// `spec.replicas`.
    var name: String { path.joined(separator: ".") }

    /// `spec.replicas: 3 → 5`, as far as values fit a line.
    var description: String { "\(name): \(Self.text(old)) → \(Self.text(new))" }

    private static func text(_ value: JSONValue?) -> String {
      guard let value else { return "nothing" }
      let text = String(decoding: value.encoded(), as: UTF8.self)
      return text.count > 40 ? "\(text.prefix(39))…" : text
    }
  }

  let fields: [Field]

  init(from old: JSONValue, to new: JSONValue) {
    var fields: [Field] = []
    Self.compare(old, new, [], &fields)
    self.fields = fields
  }

  private init(_ fields: [Field]) { self.fields = fields }

  var isEmpty: Bool { fields.isEmpty }

  private static func compare(
    _ old: JSONValue,
    _ new: JSONValue,
    _ path: [String],
    _ fields: inout [Field]
  ) {
    guard old != new else { return }
    guard let before = old.objectValue, let after = new.objectValue else {
      fields.append(Field(path: path, old: old, new: new))
      return
    }
    for key in Set(before.keys).union(after.keys).sorted() {
      switch (before[key], after[key]) {
      case (let old?, let new?): compare(old, new, path + [key], &fields)
      case (let old, let new): fields.append(Field(path: path + [key], old: old, new: new))
      }
    }
  }

  /// What people change: not what servers and controllers write all the time.
  var withoutUpkeep: ManifestChange {
    let upkeep = ["generation", "managedFields", "resourceVersion"]
    return ManifestChange(
      fields.filter { field in
        field.path.first != "status"
          && !(field.path.count > 1 && field.path[0] == "metadata"
            && upkeep.contains(field.path[1]))
      }
    )
  }

  /// The fields that the other changes as well, be it in part.
  func overlap(with other: ManifestChange) -> [Field] {
    other.fields.filter { field in
      fields.contains { $0.path.starts(with: field.path) || field.path.starts(with: $0.path) }
    }
  }

  /// The same change made to another version of the manifest.
  func applied(to manifest: JSONValue) -> JSONValue {
    fields.reduce(manifest) { Self.setting($1.path[...], to: $1.new, in: $0) ?? .null }
  }

  private static func setting(
    _ path: ArraySlice<String>,
    to value: JSONValue?,
    in object: JSONValue?
  ) -> JSONValue? {
    guard let key = path.first else { return value }
    var members = object?.objectValue ?? [:]
    members[key] = setting(path.dropFirst(), to: value, in: members[key])
    return .object(members)
  }
}
