import WireFormats

/// A value of a field that a projection keeps.
package enum ProjectedValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case number(Double)
  case string(String)
  case list([ProjectedValue])
  case object(ProjectedFields)
}

/// The members of an object that a projection keeps, in the order of their names.
package struct ProjectedFields: Hashable, Sendable {
  package struct Member: Hashable, Sendable {
    package let name: String
    package let value: ProjectedValue

    package init(name: String, value: ProjectedValue) {
      self.name = name
      self.value = value
    }
  }

  package private(set) var members: [Member]

  package init(_ members: [Member] = []) {
    self.members = members.sorted { $0.name < $1.name }
  }

  /// The value of a member; `nil` where there is none.
  package subscript(_ name: String) -> ProjectedValue? {
    // An object has a handful of them.
    members.first { $0.name == name }?.value
  }

  /// The value at the end of a path of members.
  package subscript(path names: some Collection<String>) -> ProjectedValue? {
    guard let first = names.first, let value = self[first] else { return nil }
    let rest = names.dropFirst()
    guard !rest.isEmpty else { return value }
    guard case .object(let fields) = value else { return nil }
    return fields[path: rest]
  }

  /// Makes each part share its storage with an equal one that came before.
  mutating func share(by pool: inout SharingPool) {
    // What belongs to an object alone, as its status does, is not equal to another's as a whole; but the
    // parts of it may be.
    members = members.map { member in
      guard case .object(var fields) = member.value else { return member }
      pool.share(&fields)
      return Member(name: member.name, value: .object(fields))
    }
    pool.share(&self)
  }
}

extension ProjectedFields {
  /// Reads an object as far as `projection` keeps it; an object in protobuf has none, for protobuf does not
  /// tell what is not set from what is zero.
  init?(
    reading reader: inout FieldReader,
    of kind: ObjectKind,
    by projection: FieldProjection
  ) throws(WireError) {
    guard reader.encoding == .json else { return nil }
    var members: [Member] = []
    try reader.beginObject()
    while let name = try reader.nextKey() {
      // A Secret's values are read by nobody; the names of its keys may be.
      let isSecret = kind == Secret.kind && Self.secretMembers.contains(name)
      guard let kept = projection.member(name) else {
        try reader.skip()
        continue
      }
      let value = try ProjectedValue(reading: &reader, by: kept, isSecret ? .keysAlone : .values)
      let holdsCopy = kind == Secret.kind && name == "metadata"
      members.append(Member(name: name, value: holdsCopy ? value.withoutCopy : value))
    }
    self.init(members)
  }

  private static let secretMembers: Set<String> = ["data", "stringData"]
}

extension ProjectedValue {
  /// What is read of texts.
  fileprivate enum Content { case values, keysAlone }

  fileprivate init(
    reading reader: inout FieldReader,
    by projection: FieldProjection,
    _ content: Content
  ) throws(WireError) {
    switch reader.nextValue() {
    case .object:
      var members: [ProjectedFields.Member] = []
      try reader.beginObject()
      while let name = try reader.nextKey() {
        if let kept = projection.member(name) {
          let value = try ProjectedValue(reading: &reader, by: kept, content)
          members.append(ProjectedFields.Member(name: name, value: value))
        } else {
          try reader.skip()
        }
      }
      self = .object(ProjectedFields(members))
    case .array:
      var elements: [ProjectedValue] = []
      try reader.beginArray()
      while try reader.nextElement() {
        if let kept = projection.element {
          elements.append(try ProjectedValue(reading: &reader, by: kept, content))
        } else {
          try reader.skip()
        }
      }
      self = .list(elements)
    case .string:
      let text = try reader.string()
      self = .string(content == .values ? text : "")
    case .number, .other: self = Self(scalar: try reader.value())
    }
  }

  private init(scalar: JSONValue) {
    switch scalar {
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    case .number(let value): self = .number(value)
    case .string(let value): self = .string(value)
    case .null, .array, .object: self = .null
    }
  }

  /// A Secret's metadata without what repeats its values.
  fileprivate var withoutCopy: ProjectedValue {
    guard case .object(let metadata) = self else { return self }
    return .object(
      ProjectedFields(
        metadata.members.map { member in
          guard member.name == "annotations", case .object(let annotations) = member.value else {
            return member
          }
          let kept = annotations.members.filter { $0.name != Secret.copyOfItself }
          return ProjectedFields.Member(name: member.name, value: .object(ProjectedFields(kept)))
        }
      )
    )
  }
}
