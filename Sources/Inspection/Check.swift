package import ClusterGraph
package import KubernetesObjects

/// A rule about one subject and its neighbours; a file each in the module `Checks`.
///
/// A check is a pure function: it reads no clock and looks at nothing but its subject and what is
/// along the subject's edges. That is why it needs to run again only when one of these changes.
package protocol Check<Subject>: Sendable {
  associatedtype Subject: InspectionSubject

  var id: CheckID { get }
  /// Which vertices it is run on: those that are such subjects, or some of them.
  var scope: SubjectScope { get }
  var title: String { get }
  var severity: Severity { get }
  /// How long the condition must hold before it is a finding.
  var settles: Duration { get }
  /// How far it looks, by which it is known who has to run it where several divide a cluster among them.
  var reach: CheckReach { get }
  /// Where it is run unless the user says otherwise.
  var profile: CheckProfile { get }
  /// The numbers that it compares with and that users may change.
  var thresholds: [Threshold] { get }
  /// The facts that it reads of vertices along its subject's edges.
  var facts: [any DerivedFact.Type] { get }
  /// What may heal its findings; an observation may say otherwise.
  var remedies: [RemedyID] { get }
  /// The kinds without which the check can say nothing; of those that cannot be listed it is told
  /// that the check was not inspected.
  var needs: [ObjectKind] { get }
  /// Whose findings are no more than a consequence of this check's.
  var explains: [Explanation] { get }
  /// What it is, why it matters, and how to verify it with kubectl.
  var explanation: String { get }

  func inspect(_ subject: Subject, in cluster: ClusterView) -> [Observation]

  /// What proves a finding besides, worked out only when somebody looks at it: it may look at the whole
  /// cluster.
  func closerLook(at finding: Finding, in graph: ClusterGraph) -> [Evidence]
}

extension Check {
  package var scope: SubjectScope { Subject.scope }
  package var reach: CheckReach { .cluster }
  package var profile: CheckProfile { .default }
  package var thresholds: [Threshold] { [] }
  package var facts: [any DerivedFact.Type] { [] }
  package var remedies: [RemedyID] { [] }
  package var explains: [Explanation] { [] }

  package func closerLook(at finding: Finding, in graph: ClusterGraph) -> [Evidence] { [] }
}

extension Check {
  /// The kinds that it is about; none where it is about any object, or about what is no object.
  package var subjectKinds: Set<ObjectKind> {
    let kinds = scope.parts.compactMap { scope in
      if case .kind(let kind) = scope { kind } else { nil }
    }
    return Set(kinds)
  }

  /// Whether it may see what concerns its subject's kind alone.
  var seesOwnFields: Bool { !Subject.isWithoutOwnFields }

  /// The kinds of which it says nothing where they cannot be listed: those that it needs, and each of those
  /// that it is about.
  package var blindWithout: Set<ObjectKind> { subjectKinds.union(needs) }

  /// What it is and why it matters, and how to verify it; empty where it does not tell.
  package var explanationParts: (text: String, verification: String) {
    let parts = explanation.split(separator: "Verify: ", maxSplits: 1)
    return (String(parts.first ?? ""), parts.count > 1 ? String(parts[1]) : "")
  }
}

/// What a check can be about.
package protocol InspectionSubject: Sendable {
  static var scope: SubjectScope { get }
  /// Whether it shows no more than objects of several kinds have in common, so that what concerns a kind
  /// alone is not seen by checks about it (``ObjectRecord/differsForItsKindAlone(from:)``).
  static var isWithoutOwnFields: Bool { get }

  /// Makes the subject of a vertex: `id` is given where there is no record.
  init?(_ id: VertexID?, record: (any ObjectRecord)?)

  /// Calls `body` with the subject of a vertex, if it is one; as each type knows what an optional of
  /// itself looks like, nobody has to look that up while checks are run.
  static func look(at id: VertexID?, record: (any ObjectRecord)?, _ body: (Self) -> Void)
}

extension InspectionSubject {
  package static var isWithoutOwnFields: Bool { false }

  @inlinable
  package static func look(
    at id: VertexID?,
    record: (any ObjectRecord)?,
    _ body: (Self) -> Void
  ) {
    if let subject = Self(id, record: record) { body(subject) }
  }
}

/// Which vertices a check is run on.
package enum SubjectScope: Hashable, Sendable {
  case kind(ObjectKind)
  /// Those of several kinds, for subjects that have the same in common.
  case kinds([ObjectKind])
  case everyObject
  case addresses
  case shared(SharedThing)

  /// The scopes of one kind each that several kinds come to.
  var parts: [SubjectScope] {
    if case .kinds(let kinds) = self { kinds.map(SubjectScope.kind) } else { [self] }
  }
}

/// An address, for checks about addresses.
package struct AddressSubject: InspectionSubject {
  package static let scope = SubjectScope.addresses
  package let address: IPAddress

  package init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    guard case .address(let address)? = id else { return nil }
    self.address = address
  }
}

/// An object of any kind, for checks that need no more than metadata.
package struct ObjectSubject: InspectionSubject {
  package static let scope = SubjectScope.everyObject
  package static let isWithoutOwnFields = true
  package let record: any ObjectRecord

  package init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    guard let record else { return nil }
    self.record = record
  }

  package var metadata: ObjectMetadata { record.metadata }
  package var id: VertexID { .object(record.key) }
}

extension InspectionSubject where Self: TypedRecord {
  package static var scope: SubjectScope { .kind(kind) }

  package init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    guard let record = record?.typed(as: Self.self) else { return nil }
    self = record
  }

  /// The vertex of this object.
  package var id: VertexID { .object(key) }
}

extension UtilisationRecord: InspectionSubject {
  package static let scope = SubjectScope.kind(kind)

  package init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    guard let record = record as? UtilisationRecord else { return nil }
    self = record
  }
}

extension ClusterRecord: InspectionSubject {
  package static let scope = SubjectScope.kind(kind)

  package init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    guard let record = record?.typed(as: ClusterRecord.self) else { return nil }
    self = record
  }

  package var id: VertexID { .object(key) }
}
