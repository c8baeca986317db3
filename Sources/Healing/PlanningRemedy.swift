import ClusterGraph
import Inspection
import KubernetesObjects

/// Why a remedy cannot help, as a sentence.
struct Obstacle: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }

  /// What follows the name of the first of several: ` and 2 others`.
  static func others(_ count: Int) -> String {
    count == 0 ? "" : " and \(count) \(count == 1 ? "other" : "others")"
  }
}

/// A remedy that makes a plan, or finds something in its way.
protocol PlanningRemedy: Remedy {
  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan
}

extension PlanningRemedy {
  func plan(for finding: Finding, in graph: ClusterGraph) -> Proposal {
    do throws(Obstacle) {
      return .plan(try makePlan(for: finding, in: graph))
    } catch {
      return .unavailable(error.reason)
    }
  }

  /// This remedy's plan for `finding`.
  func plan(
    _ title: String,
    for finding: Finding,
    because reason: String,
    steps: [HealStep],
    disruption: HealPlan.Disruption,
    impacts: [BlastRadius.Impact],
    undo: Instruction,
    confirmation: Confirmation,
    kubectl: String? = nil,
    proofLimit: Duration = .seconds(60)
  ) -> HealPlan {
    HealPlan(
      cause: .finding(finding.id),
      subject: finding.subject,
      cluster: finding.cluster,
      remedy: id,
      title: title,
      reason: reason,
      steps: steps,
      disruption: disruption,
      blastRadius: BlastRadius(impacts),
      undo: undo,
      confirmation: confirmation,
      kubectl: kubectl,
      proofLimit: proofLimit
    )
  }
}

extension ClusterGraph {
  /// The record of an object that is there to stay.
  func settledRecord(_ id: VertexID) throws(Obstacle) -> any ObjectRecord {
    switch presence(of: id) {
    case .present(let record):
      guard !record.metadata.isTerminating else {
        throw Obstacle("\(id) is being deleted already.")
      }
      return record
    case .absent: throw Obstacle("\(id) is gone already.")
    case .unknown(let reason): throw Obstacle("Whether \(id) is there is not known: \(reason).")
    case .notAnObject: throw Obstacle("\(id) is no object.")
    }
  }

  /// The record of a finding's subject, which must be of one kind and there to stay.
  func subject<Record: TypedRecord>(
    of finding: Finding,
    as type: Record.Type
  ) throws(Obstacle) -> Record {
    guard let record = try settledRecord(finding.subject) as? Record else {
      throw Obstacle("\(finding.subject) is no \(Record.kind.name).")
    }
    return record
  }

  /// Why it cannot be said which objects of `kind` a namespace has; `nil` where it can.
  func ignorance(of kind: ObjectKind, in namespace: String) -> String? {
    switch knowledge(of: kind) {
    case .known: nil
    case .knownIn(let known):
      known.contains(namespace)
        ? nil : "of \(kind), only \(known.sorted().joined(separator: ", ")) is followed"
    case .unknown(let reason): "\(kind): \(reason)"
    }
  }
}
