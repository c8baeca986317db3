/// Which fields of an object somebody reads besides those of its record.
///
/// What no member names and no element is, is not kept: a projection decides what memory an object takes.
package struct FieldProjection: Hashable, Sendable {
  /// One step from a value to one of its parts.
  package enum Step: Hashable, Sendable {
    /// The member of an object with this name.
    case member(String)
    /// Any element of an array, and any member of an object: a map whose keys nobody knows beforehand.
    case any
  }

  /// Whether a value is kept with all that is in it.
  package private(set) var isWhole = false
  package private(set) var members: [String: FieldProjection] = [:]
  private var anyPart: [FieldProjection] = []

  /// Keeps whether there is a value, and nothing that is in it.
  package init() {}

  /// Keeps whatever a value holds.
  package static let whole: FieldProjection = {
    var projection = FieldProjection()
    projection.isWhole = true
    return projection
  }()

  /// What is kept of elements, and of members that have no name here; `nil` where none is.
  package var element: FieldProjection? { isWhole ? self : anyPart.first }

  /// What is kept of the member `name`; `nil` where it is not.
  package func member(_ name: String) -> FieldProjection? {
    isWhole ? self : members[name] ?? element
  }

  /// The fields that are kept, down to those that are kept whole: `spec.parts[].name`; empty for all.
  package var fieldNames: [String] { names(behind: "").sorted() }

  private func names(behind path: String) -> [String] {
    guard !isWhole else { return path.isEmpty ? [] : [path] }
    let named = members.flatMap { $1.names(behind: path.isEmpty ? $0 : "\(path).\($0)") }
    let others = anyPart.flatMap { $0.names(behind: "\(path)[]") }
    return members.isEmpty && anyPart.isEmpty ? [path] : named + others
  }

  /// Keeps what is at the end of `path`, too: all that it holds, or only whether it is there.
  package mutating func keep(_ path: some Collection<Step>, whole: Bool = true) {
    guard !isWhole else { return }
    switch path.first {
    case nil:
      if whole { self = .whole }
    case .member(let name):
      // A member with a name of its own is kept as elements are, besides.
      var member = members[name] ?? element ?? FieldProjection()
      member.keep(path.dropFirst(), whole: whole)
      members[name] = member
    case .any:
      var part = element ?? FieldProjection()
      part.keep(path.dropFirst(), whole: whole)
      anyPart = [part]
      for name in members.keys { members[name]?.keep(path.dropFirst(), whole: whole) }
    }
  }

  /// Keeps what `other` keeps, too.
  package mutating func formUnion(_ other: FieldProjection) {
    guard !isWhole else { return }
    guard !other.isWhole else { return self = .whole }
    let names = Set(members.keys).union(other.members.keys)
    let element = element, otherElement = other.element
    for name in names {
      var member = member(name) ?? FieldProjection()
      if let others = other.member(name) { member.formUnion(others) }
      members[name] = member
    }
    if var part = element ?? otherElement {
      if let otherElement { part.formUnion(otherElement) }
      anyPart = [part]
    }
  }
}
