import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds objects that are there to be named by others, and that nobody names.
struct UnusedObject<Subject: InspectionSubject & TypedRecord>: Check {
  let id: CheckID
  let severity = Severity.info
  let settles = Duration.seconds(24 * 3600)
  let profile = CheckProfile.hygiene
  let remedies: [RemedyID] = ["delete-object"]
  let explanation: String
  /// The kinds whose objects may name one.
  let users: [ObjectKind]
  /// How they name it.
  let relations: [Relation]
  /// Whether it serves its purpose without being named.
  let isNeeded: @Sendable (Subject) -> Bool

  init(
    _ id: CheckID,
    of users: [ObjectKind],
    over relations: [Relation],
    unless isNeeded: @escaping @Sendable (Subject) -> Bool = { _ in false },
    _ explanation: String
  ) {
    self.id = id
    self.users = users
    // What custom resources seem to mention is in use, too; and so is what owns something.
    self.relations = relations + [.mention, .owner]
    self.isNeeded = isNeeded
    self.explanation = explanation
  }

  var title: String { "\(Subject.kind.name) that nobody uses" }
  var needs: [ObjectKind] { [Subject.kind] + users }

  func inspect(_ subject: Subject, in cluster: ClusterView) -> [Observation] {
    // What an object owns is its owner's business.
    guard !cluster.hasReferrer(overAnyOf: relations), !subject.metadata.isTerminating,
      subject.metadata.ownerReferences.isEmpty, !isNeeded(subject),
      !WellKnownObjects.include(subject), users.allSatisfy(cluster.isKnown)
    else { return [] }
    let created = subject.metadata.creationTimestamp
    return [
      Observation(
        "\(Subject.kind.name) \(subject.key.qualifiedName) is used by nobody",
        evidence: [
          Evidence(
            subject.id,
            "metadata.creationTimestamp",
            created?.rfc3339 ?? "unknown"
          )
        ],
        beginning: .notBefore(created)
      )
    ]
  }
}
