/// One field of a record that differs between two states of an object.
package struct FieldChange: Hashable, Sendable {
  /// The API's path of the field: `status.phase`, `status.conditions[Ready].status`.
  package let path: String
  /// What it was, cut where it is long; empty where it was not set.
  package let old: String
  /// What it is, cut where it is long; empty where it is not set.
  package let new: String

  package init(path: String, old: String, new: String) {
    self.path = path
    self.old = old
    self.new = new
  }
}

extension ObjectRecord {
  /// The fields in which this record differs from an `old` one of the same object.
  ///
  /// Found by reflection: this is for the eyes of somebody who looks at one change. Properties that
  /// are not named as the API names its fields say so as ``FieldNaming``.
  package func changes(since old: any ObjectRecord) -> [FieldChange] {
    FieldChange.joined(FieldChange.between(old, self, at: ""))
  }
}

/// A field's wrapper, which is not shown itself.
protocol FieldWrapper {
  /// What it holds; `nil` where changes of it are none.
  var noticedValue: Any? { get }
}

extension FieldChange {
  fileprivate static func between(_ old: Any, _ new: Any, at path: String) -> [FieldChange] {
    let (old, new) = (FieldText.unwrapped(old), FieldText.unwrapped(new))
    let (oldText, newText) = (FieldText.whole(old), FieldText.whole(new))
    guard oldText != newText else { return [] }
    if let old = old as? any NamedFlags, let new = new as? any NamedFlags {
      return betweenFlags(old.description, new.description, at: path)
    }
    if let old = FieldText.parts(of: old), let new = FieldText.parts(of: new) {
      return betweenParts(old, new, at: path)
    }
    guard let old, let new, FieldText.isStructure(old), FieldText.isStructure(new) else {
      return [FieldChange(path: path, old: FieldText.short(old), new: FieldText.short(new))]
    }
    let before = Dictionary(
      FieldText.fields(of: old).map { ($0.path, $0.value) },
      uniquingKeysWith: { first, _ in first }
    )
    return FieldText.fields(of: new).flatMap { field -> [FieldChange] in
      guard let oldValue = before[field.path] else { return [] }
      return between(oldValue, field.value, at: path.appendingField(field.path))
    }
  }

  /// What differs between lists or maps, by the names of their parts.
  private static func betweenParts(
    _ old: [FieldText.Part],
    _ new: [FieldText.Part],
    at path: String
  ) -> [FieldChange] {
    let gone = old.filter { part in !new.contains { $0.name == part.name } }.map { part in
      FieldChange(path: "\(path)[\(part.name)]", old: FieldText.short(part.value), new: "")
    }
    return gone
      + new.flatMap { part in
        let path = "\(path)[\(part.name)]"
        guard let old = old.first(where: { $0.name == part.name }) else {
          return [FieldChange(path: path, old: "", new: FieldText.short(part.value))]
        }
        return between(old.value, part.value, at: path)
      }
  }

  /// Flags that came or went; those of a path that ends with `[]` are conditions.
  private static func betweenFlags(
    _ old: String,
    _ new: String,
    at path: String
  ) -> [FieldChange] {
    let (before, after) = (old.split(separator: ", "), new.split(separator: ", "))
    let isCondition = path.hasSuffix("[]")
    func change(_ flag: Substring, isSet: Bool) -> FieldChange {
      let parts = flag.split(separator: ": ")
      let value = parts.count > 1 ? String(parts[1]) : isCondition ? "True" : "true"
      let name = parts.first.map(String.init) ?? ""
      return FieldChange(
        path: isCondition ? "\(path.dropLast(2))[\(name)]" : path.appendingField(name),
        old: isSet ? "" : value,
        new: isSet ? value : ""
      )
    }
    return before.filter { !after.contains($0) }.map { change($0, isSet: false) }
      + after.filter { !before.contains($0) }.map { change($0, isSet: true) }
  }

  /// Makes one change of two where a value left one property and came to another for the same field:
  /// a condition that is no longer as it should be.
  fileprivate static func joined(_ changes: [FieldChange]) -> [FieldChange] {
    var joined: [FieldChange] = []
    for change in changes {
      let twin = joined.firstIndex { other in
        other.path == change.path && (other.old.isEmpty || change.old.isEmpty)
          && (other.new.isEmpty || change.new.isEmpty)
      }
      guard let twin else {
        joined.append(change)
        continue
      }
      joined[twin] = FieldChange(
        path: change.path,
        old: joined[twin].old + change.old,
        new: joined[twin].new + change.new
      )
    }
    return joined
  }
}

extension String {
  /// The path of a field of what stands at this path; an empty name or a remark is no level of its
  /// own.
  fileprivate func appendingField(_ name: String) -> String {
    if isEmpty || name.isEmpty { return self + name }
    return name.hasPrefix(" ") ? self + name : "\(self).\(name)"
  }
}
