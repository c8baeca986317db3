/// Some of the relations.
package struct RelationSet: OptionSet, Sendable {
  package let rawValue: UInt64

  package init(rawValue: UInt64) { self.rawValue = rawValue }

  package init(_ relation: Relation) { rawValue = 1 << UInt64(relation.rawValue) }

  package static let all = RelationSet(rawValue: .max)

  package func contains(_ relation: Relation) -> Bool { contains(RelationSet(relation)) }

  package func forEach(_ body: (Relation) -> Void) {
    var rest = rawValue
    while rest != 0 {
      if let relation = Relation(rawValue: UInt8(rest.trailingZeroBitCount)) { body(relation) }
      rest &= rest - 1
    }
  }
}
