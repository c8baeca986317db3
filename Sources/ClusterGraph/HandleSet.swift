package import KubernetesObjects

/// A set of vertices, in the order in which they came: a bit for each handle, so that adding one
/// hashes nothing.
///
/// Of a vertex that was touched it may be known that something changed along some of its edges alone.
package struct HandleSet: Sendable {
  private var bits: [UInt64] = []
  private var members: [Handle] = []
  /// Along which edges something changed, of members of which it is known that nothing else has.
  private var along: [Handle: RelationSet] = [:]

  package init() {}

  package var count: Int { members.count }

  package func contains(_ handle: Handle) -> Bool {
    let word = handle.position >> 6
    return word < bits.count && bits[word] & Self.bit(of: handle) != 0
  }

  package mutating func insert(_ handle: Handle) {
    if !insertMember(handle), !along.isEmpty { along[handle] = nil }
  }

  /// Adds a vertex because something changed along its edges of `relation`.
  package mutating func insert(_ handle: Handle, along relation: Relation) {
    insert(handle, along: RelationSet(relation))
  }

  /// The same for several; `itself` among them stands for its own fields.
  mutating func insert(_ handle: Handle, along relations: RelationSet) {
    if relations == .all {
      insert(handle)
    } else if insertMember(handle) {
      along[handle] = relations
    } else if !along.isEmpty {
      along[handle]?.formUnion(relations)
    }
  }

  /// Along which edges of a member something changed; all where it changed itself.
  package func relations(changedAt handle: Handle) -> RelationSet { along[handle] ?? .all }

  /// Whether it was not there before.
  private mutating func insertMember(_ handle: Handle) -> Bool {
    let word = handle.position >> 6
    if word >= bits.count {
      bits.append(
        contentsOf: repeatElement(0, count: Swift.max(word + 1, bits.count * 2) - bits.count)
      )
    }
    guard bits[word] & Self.bit(of: handle) == 0 else { return false }
    bits[word] |= Self.bit(of: handle)
    members.append(handle)
    return true
  }

  package mutating func formUnion(_ handles: some Sequence<Handle>) {
    for handle in handles { insert(handle) }
  }

  /// Takes all out; the room stays for the next.
  mutating func removeAll() {
    for handle in members { bits[handle.position >> 6] = 0 }
    members.removeAll(keepingCapacity: true)
    along.removeAll(keepingCapacity: true)
  }

  private static func bit(of handle: Handle) -> UInt64 { 1 << UInt64(handle.position & 63) }
}

extension HandleSet: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { members.count }

  package subscript(position: Int) -> Handle { members[position] }
}

extension HandleSet: ExpressibleByArrayLiteral {
  package init(arrayLiteral handles: Handle...) {
    self.init(handles)
  }

  package init(_ handles: some Sequence<Handle>) {
    formUnion(handles)
  }
}

extension HandleSet: Equatable {
  /// Whether both have the same members, in whatever order they came.
  package static func == (left: Self, right: Self) -> Bool {
    left.count == right.count && left.isSubset(of: right)
  }

  package func isSubset(of other: Self) -> Bool { allSatisfy(other.contains) }
}
