import ClusterGraph
package import Inspection
package import KubernetesObjects

/// Finds objects that name, by a field that a pack tells of, what is not there.
package struct DeclaredReferenceCheck: Check {
  package let id: CheckID
  package let title: String
  package let severity: Severity
  package let settles: Duration
  package let explanation: String
  package let explains: [Explanation]
  package let pack: String
  /// The kind whose objects name others by it.
  package let kind: ObjectKind
  package let reference: DeclaredReference
  /// The field, as the pack writes it.
  let field: String
  let exceptions: [(match: RuleMatch, end: Timestamp?)]

  package var scope: SubjectScope { .kind(kind) }
  package var needs: [ObjectKind] { reference.targets.map(\.kind) }

  package func inspect(_ subject: ObjectSubject, in cluster: ClusterView) -> [Observation] {
    let missing = cluster.missingTargets(over: .declared)
    guard !missing.isEmpty, let fields = cluster.fields else { return [] }
    let covering = exceptions.filter { $0.match.includes(kind, subject.metadata) }
    guard covering.allSatisfy({ $0.end != nil }) else { return [] }
    let end = covering.compactMap(\.end).max()
    // Other rows may name others over the same relation.
    let named = reference.references(of: fields, in: subject.metadata.namespace)
    return missing.compactMap { neighbour in
      guard let row = named.first(where: { $0.target == neighbour.id }), !row.isOptional else {
        return nil
      }
      return Observation(
        "\(subject.id) names \(neighbour.id), which does not exist",
        evidence: [Evidence(subject.id, row.path, neighbour.id.name)],
        related: [neighbour.id],
        beginning: end.map { .from($0) } ?? .whenSeen,
        discriminator: neighbour.id.description
      )
    }
  }
}
