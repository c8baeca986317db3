import KubernetesObjects
import WireFormats

/// What is different in two versions of an object, field by field.
package struct ObjectDifference: Sendable, Equatable {
  /// A field that differs; `nil` where it is not there.
  package struct Line: Sendable, Equatable {
    /// `spec.containers[0].image`.
    package let path: String
    package let old: String?
    package let new: String?
  }

  package private(set) var lines: [Line] = []

  /// What every write changes, and nobody asked for.
  private static let bookkeeping = [
    "metadata.managedFields", "metadata.resourceVersion", "metadata.generation",
  ]

  /// The difference between two objects; of a Secret, only which of its values differ.
  init(from old: JSONValue, to new: JSONValue, of kind: ObjectKind) {
    compare(old, new, at: "")
    guard kind == SecretOmission.kind else { return }
    lines = lines.map { line in
      let isKept = line.path.hasPrefix("metadata.") && !line.path.hasPrefix("metadata.annotations")
      guard !isKept else { return line }
      return Line(
        path: line.path,
        old: line.old.map { _ in "(not shown)" },
        new: line.new.map { _ in "(not shown)" }
      )
    }
  }

  private mutating func compare(_ old: JSONValue?, _ new: JSONValue?, at path: String) {
    guard old != new, !Self.bookkeeping.contains(path) else { return }
    if let keys = Self.keys(old, new) {
      for key in keys {
        let name = key.contains(".") || key.contains("[") ? "[\(key)]" : key
        let separator = path.isEmpty || name.hasPrefix("[") ? "" : "."
        compare(old?[key], new?[key], at: path + separator + name)
      }
    } else if let before = Self.elements(old, beside: new),
      let after = Self.elements(new, beside: old)
    {
      for index in 0..<max(before.count, after.count) {
        compare(
          before.dropFirst(index).first,
          after.dropFirst(index).first,
          at: "\(path)[\(index)]"
        )
      }
    } else {
      lines.append(Line(path: path, old: old.map(Self.text), new: new.map(Self.text)))
    }
  }

  /// The keys of two maps, of which one may be missing; `nil` where they are no maps, or there is nothing in
  /// them.
  private static func keys(_ old: JSONValue?, _ new: JSONValue?) -> [String]? {
    switch (old?.objectValue, new?.objectValue) {
    case (let old?, let new?): Set(old.keys).union(new.keys).sorted()
    case (let map?, nil) where new == nil && !map.isEmpty: map.keys.sorted()
    case (nil, let map?) where old == nil && !map.isEmpty: map.keys.sorted()
    default: nil
    }
  }

  /// The elements of a list; none where it is missing and the other is one.
  private static func elements(_ value: JSONValue?, beside other: JSONValue?) -> [JSONValue]? {
    if value == nil, let list = other?.arrayValue, !list.isEmpty { return [] }
    return value?.arrayValue
  }

  private static func text(_ value: JSONValue) -> String {
    value.stringValue ?? String(decoding: value.encoded(), as: UTF8.self)
  }
}
