/// What is known of a kind besides what KPatrol itself knows of it.
package struct KindExtension: Hashable, Sendable {
  /// What is kept of its objects besides their records.
  package var projection = FieldProjection()
  package var references: [DeclaredReference] = []
  /// Whether what was kept of an object before its last change is remembered.
  package var remembersPrevious = false
  /// Whether those along its edges read what is kept of an object, and so see it change.
  package var isReadByNeighbours = false

  package init() {}

  /// Adds a reference, and what it reads to what is kept.
  package mutating func add(_ reference: DeclaredReference) {
    references.append(reference)
    for path in reference.paths { projection.keep(path) }
  }

  /// Takes in what another one says.
  package mutating func formUnion(_ other: KindExtension) {
    projection.formUnion(other.projection)
    references += other.references.filter { !references.contains($0) }
    remembersPrevious = remembersPrevious || other.remembersPrevious
    isReadByNeighbours = isReadByNeighbours || other.isReadByNeighbours
  }
}
