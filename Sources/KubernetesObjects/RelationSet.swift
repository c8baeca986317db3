/// Some of the relations.
package struct RelationSet: OptionSet, Sendable {
  package let rawValue: UInt64

  package init(rawValue: UInt64) { self.rawValue = rawValue }

  // Written out, for what `OptionSet` gives other modules would get unspecialised: these are asked for at each
  // look at a vertex.

  package init() { rawValue = 0 }

  package var isEmpty: Bool { rawValue == 0 }

  package static func == (left: Self, right: Self) -> Bool { left.rawValue == right.rawValue }

  package func isDisjoint(with other: Self) -> Bool { rawValue & other.rawValue == 0 }

  package mutating func formUnion(_ other: Self) {
    self = RelationSet(rawValue: rawValue | other.rawValue)
  }

  package mutating func insert(_ relation: Relation) { formUnion(RelationSet(relation)) }

  package init(_ relation: Relation) { rawValue = 1 << UInt64(relation.rawValue) }

  package static var all: RelationSet { RelationSet(rawValue: .max) }

  /// No relation, but an object's own fields, where a set tells what has changed or was looked at.
  package static var itself: RelationSet { RelationSet(rawValue: 1 << 63) }

  package func contains(_ relation: Relation) -> Bool {
    !isDisjoint(with: RelationSet(relation))
  }

  package func forEach(_ body: (Relation) -> Void) {
    var rest = rawValue
    while rest != 0 {
      if let relation = Relation(rawValue: UInt8(rest.trailingZeroBitCount)) { body(relation) }
      rest &= rest - 1
    }
  }
}
