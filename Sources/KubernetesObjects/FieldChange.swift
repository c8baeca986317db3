/// One field of a record that differs between two states of an object.
package struct FieldChange: Hashable, Sendable {
  /// The record's name for the field: `phase`, `metadata.deletionTimestamp`.
  package let path: String
  /// What it was; empty where it was not set.
  package let old: String
  /// What it is; empty where it is not set.
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
  /// Found by reflection: this is for the eyes of somebody who looks at one change, and the names of
  /// a record's fields are those of the object's.
  package func changes(since old: any ObjectRecord) -> [FieldChange] {
    FieldChange.between(old, self, at: "")
  }
}

/// A field's wrapper, which is not shown itself.
protocol FieldWrapper {
  /// What it holds; `nil` where changes of it are none.
  var noticedValue: Any? { get }
}

/// A list's element that has a name of its own, so that it is known again at another place.
protocol NamedElement {
  var elementName: String { get }
}

extension FieldChange {
  fileprivate static func between(_ old: Any, _ new: Any, at path: String) -> [FieldChange] {
    let (old, new) = (unwrapped(old), unwrapped(new))
    let (oldText, newText) = (text(old), text(new))
    guard oldText != newText else { return [] }
    if let elements = betweenElements(old, new, at: path) { return elements }
    guard let old, let new, Self.isStructure(old), Self.isStructure(new) else {
      return [FieldChange(path: path, old: oldText, new: newText)]
    }
    let before = Dictionary(
      Mirror(reflecting: old).children.map { ($0.label ?? "", $0.value) },
      uniquingKeysWith: { first, _ in first }
    )
    return Mirror(reflecting: new).children.flatMap { child -> [FieldChange] in
      guard let name = child.label, let oldValue = before[name] else { return [] }
      let label = name.trimmingPrefix("_")  // A wrapped field is stored under such a name.
      return between(oldValue, child.value, at: path.isEmpty ? String(label) : "\(path).\(label)")
    }
  }

  /// What differs between lists of named elements, by the elements' names; `nil` for anything else.
  private static func betweenElements(
    _ old: Any?,
    _ new: Any?,
    at path: String
  ) -> [FieldChange]? {
    guard let old = old as? [any NamedElement], let new = new as? [any NamedElement] else {
      return nil
    }
    let before = Dictionary(
      old.map { ($0.elementName, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let after = Set(new.map(\.elementName))
    // Names that are not unique tell nothing.
    guard before.count == old.count, after.count == new.count else { return nil }
    let gone = old.filter { !after.contains($0.elementName) }.map { element in
      FieldChange(path: "\(path)[\(element.elementName)]", old: text(element), new: "")
    }
    return gone
      + new.flatMap { element in
        let path = "\(path)[\(element.elementName)]"
        guard let old = before[element.elementName] else {
          return [FieldChange(path: path, old: "", new: text(element))]
        }
        return between(old, element, at: path)
      }
  }

  /// Whether a value is shown by its fields: those that describe themselves are shown whole.
  private static func isStructure(_ value: Any) -> Bool {
    Mirror(reflecting: value).displayStyle == .struct && !(value is any CustomStringConvertible)
      && !(value is Labels)
  }

  private static func unwrapped(_ value: Any) -> Any? {
    if let wrapper = value as? any FieldWrapper { return wrapper.noticedValue.flatMap(unwrapped) }
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle == .optional else { return value }
    return mirror.children.first.flatMap { unwrapped($0.value) }
  }

  private static func text(_ value: Any?) -> String {
    guard let value else { return "" }
    switch value {
    case let text as String: return text
    case let labels as Labels:
      return labels.all.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
    case let time as Timestamp: return time.rfc3339
    case let value as any NamedFlags: return value.description
    case let value as any RawRepresentable: return "\(value.rawValue)"
    case let value as any CustomStringConvertible & Collection:
      return value.map { text(unwrapped($0)) }.joined(separator: ", ")
    default: return structureText(value)
    }
  }

  private static func structureText(_ value: Any) -> String {
    let children = Mirror(reflecting: value).children
    guard isStructure(value), !children.isEmpty else { return "\(value)" }
    return children.compactMap { child in
      let text = text(unwrapped(child.value))
      return text.isEmpty ? nil : "\(child.label ?? ""): \(text)"
    }.joined(separator: ", ")
  }
}
