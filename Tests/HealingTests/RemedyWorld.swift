import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import Testing
import WireFormats

@testable import Healing

/// A graph for tests of remedies, and what they make of a finding.
struct RemedyWorld {
  var graph = ClusterGraph()

  init(_ records: any ObjectRecord...) { self.init(records) }

  init(_ records: [any ObjectRecord]) {
    var touched: HandleSet = []
    for record in records {
      graph.upsert(ObjectSnapshot(record, version: "7"), touching: &touched)
    }
    graph.time = .noon
  }

  mutating func know(_ kinds: ObjectKind...) {
    var touched: HandleSet = []
    for kind in kinds { graph.setKnowledge(of: kind, to: .known, touching: &touched) }
  }

  func proposal(
    _ remedy: RemedyID,
    about subject: VertexID,
    check: CheckID = "stuck/x",
    evidence: [Evidence] = [],
    related: [VertexID] = []
  ) throws -> Proposal {
    let finding = Finding(
      id: FindingID(cluster: "c", check: check, subject: subject, discriminator: ""),
      cluster: "c",
      check: check,
      severity: .warning,
      subject: subject,
      message: "",
      evidence: evidence,
      related: related,
      remedies: [remedy],
      since: .noon - .seconds(60)
    )
    return try #require(Remedies.remedy(remedy)).plan(for: finding, in: graph)
  }

  func plan(
    _ remedy: RemedyID,
    about subject: VertexID,
    check: CheckID = "stuck/x",
    evidence: [Evidence] = [],
    related: [VertexID] = []
  ) throws -> HealPlan {
    let proposal = try proposal(
      remedy,
      about: subject,
      check: check,
      evidence: evidence,
      related: related
    )
    guard case .plan(let plan) = proposal else { throw Unexpected(proposal: proposal) }
    return plan
  }

  /// Why there is no plan.
  func obstacle(
    _ remedy: RemedyID,
    about subject: VertexID,
    check: CheckID = "stuck/x",
    evidence: [Evidence] = [],
    related: [VertexID] = []
  ) throws -> String {
    let proposal = try proposal(
      remedy,
      about: subject,
      check: check,
      evidence: evidence,
      related: related
    )
    guard case .unavailable(let reason) = proposal else { throw Unexpected(proposal: proposal) }
    return reason
  }

  struct Unexpected: Error { let proposal: Proposal }
}

extension ObjectRecord {
  var id: VertexID { .object(key) }
}

extension HealPlan {
  /// The body of the one patch that the plan is.
  func patch() throws -> JSONValue {
    try #require(steps.count == 1)
    guard case .patch(_, let patch, _, _) = steps[0] else { throw NoPatch() }
    switch patch {
    case .json(let body), .merge(let body), .strategicMerge(let body): return body
    }
  }

  /// What kubectl is told by each step.
  var commands: [String] {
    steps.map { String($0.commandByHand(context: "c").dropFirst("kubectl --context c ".count)) }
  }

  private struct NoPatch: Error {}
}
