package import ClusterGraph
package import Inspection
import KubernetesClient
package import KubernetesObjects
package import WireFormats

/// What a remedy of a pack of rules wants done about one finding, once its templates are filled in.
package struct RuleOrder: Sendable, Equatable {
  package struct Annotation: Sendable, Equatable {
    package let name: String
    /// `nil` where it is taken away.
    package let value: String?

    package init(_ name: String, _ value: String?) { (self.name, self.value) = (name, value) }
  }

  package enum Action: Sendable, Equatable {
    case annotate([Annotation])
    case delete
    /// A merge patch of the object, or of its status.
    case patch(JSONValue, subresource: String)
    case restart
    case scale(to: Int)
  }

  package let action: Action
  package let target: ObjectKey
  /// Why it helps, as a sentence.
  package let reason: String

  package init(_ action: Action, on target: ObjectKey, because reason: String) {
    (self.action, self.target, self.reason) = (action, target, reason)
  }
}

/// Fills in the templates of a remedy of a pack; fails with a sentence where that cannot be.
package protocol RuleOrdering: Sendable {
  func order(for finding: Finding, in graph: ClusterGraph) -> Result<RuleOrder, StepFailure>
}

/// A remedy that a pack of rules brings: what it orders goes the way of every plan.
package struct RuleRemedy: Remedy {
  package let id: RemedyID
  package let title: String
  /// What annotations and patches disturb, as the pack says.
  private let disruption: HealPlan.Disruption
  private let proofLimit: Duration
  private let orders: any RuleOrdering
  /// Why it is shown and never carried out; `nil` where it may be.
  package var inertReason: String?

  package init(
    id: RemedyID,
    title: String,
    disruption: HealPlan.Disruption,
    proofLimit: Duration,
    orders: any RuleOrdering
  ) {
    self.id = id
    self.title = title
    self.disruption = disruption
    self.proofLimit = proofLimit
    self.orders = orders
  }

  package func plan(for finding: Finding, in graph: ClusterGraph) -> Proposal {
    do throws(Obstacle) {
      return .plan(try makePlan(for: finding, in: graph))
    } catch {
      return .unavailable(error.reason)
    }
  }

  /// Why its templates cannot be filled in for a finding; `nil` where they can.
  package func problem(for finding: Finding, in graph: ClusterGraph) -> String? {
    switch orders.order(for: finding, in: graph) {
    case .success: nil
    case .failure(let failure): failure.reason
    }
  }

  private func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    if let inertReason { throw Obstacle(inertReason) }
    let order: RuleOrder
    switch orders.order(for: finding, in: graph) {
    case .success(let made): order = made
    case .failure(let failure): throw Obstacle(failure.reason)
    }
    let origin = PlanOrigin(finding, id, in: graph)
    let record = try graph.settledRecord(.object(order.target))
    switch order.action {
    case .annotate(let annotations): return annotation(of: record, annotations, order, origin)
    case .delete: return try deletion(of: record, order, origin, in: graph)
    case .patch(let body, let subresource):
      return patch(of: record, body, subresource, order, origin, in: graph)
    case .restart:
      guard let workload = record as? any Workload else {
        throw Obstacle("\(record.key) is no Deployment, StatefulSet or DaemonSet.")
      }
      return try RestartWorkload.plan(for: [workload], origin, in: graph)
    case .scale(let replicas):
      return try scaling(of: record, to: replicas, order, origin, in: graph)
    }
  }
}

// MARK: - Plans

extension RuleRemedy {
  private func annotation(
    of record: any ObjectRecord,
    _ annotations: [RuleOrder.Annotation],
    _ order: RuleOrder,
    _ origin: PlanOrigin
  ) -> HealPlan {
    let members = annotations.map { ($0.name, $0.value.map(JSONValue.string) ?? .null) }
    let patch: JSONValue = [
      "metadata": [
        "uid": .string(record.metadata.uid.description),
        "annotations": .object(Dictionary(members, uniquingKeysWith: { _, last in last })),
      ]
    ]
    let words = annotations.map { annotation in
      HealStep.quoted(annotation.value.map { "\(annotation.name)=\($0)" } ?? "\(annotation.name)-")
    }
    let argument = HealStep.argument(for: record.key)
    let names = annotations.map(\.name).joined(separator: ", ")
    return origin.plan(
      "\(title): annotate \(record.key)",
      because: order.reason,
      steps: [
        .patch(
          record.key,
          .merge(patch),
          kubectl: "annotate \(argument) \(words.joined(separator: " ")) --overwrite"
        )
      ],
      disruption: disruption,
      blastRadius: BlastRadius([.init(.object(record.key), "gets another \(names)")]),
      undo: HealPlan.undoByOldValues,
      confirmation: disruption == .none ? .key("y") : .typing(record.metadata.name),
      proofLimit: proofLimit
    )
  }

  private func patch(
    of record: any ObjectRecord,
    _ body: JSONValue,
    _ subresource: String,
    _ order: RuleOrder,
    _ origin: PlanOrigin,
    in graph: ClusterGraph
  ) -> HealPlan {
    var patch = body
    patch[path: "metadata", "uid"] = .string(record.metadata.uid.description)
    // A state is written as a whole, with lists in it: nobody may have written it meanwhile.
    let version = graph.resourceVersion(record.key)
    if !subresource.isEmpty, !version.isEmpty {
      patch[path: "metadata", "resourceVersion"] = .string(version)
    }
    let text = String(decoding: patch.encoded(), as: UTF8.self)
    let part = subresource.isEmpty ? "" : " --subresource=\(subresource)"
    let argument = HealStep.argument(for: record.key)
    return origin.plan(
      "\(title): patch \(record.key)",
      because: order.reason,
      steps: [
        .patch(
          record.key,
          .merge(patch),
          subresource: subresource,
          kubectl: "patch \(argument)\(part) --type=merge -p \(HealStep.quoted(text))"
        )
      ],
      disruption: disruption,
      blastRadius: BlastRadius([.init(.object(record.key), "is changed as the difference shows")]),
      undo: subresource.isEmpty
        ? HealPlan.undoByOldValues : "Cannot be undone: its controller goes on from there.",
      confirmation: .typing(record.metadata.name),
      proofLimit: proofLimit
    )
  }

  private func deletion(
    of record: any ObjectRecord,
    _ order: RuleOrder,
    _ origin: PlanOrigin,
    in graph: ClusterGraph
  ) throws(Obstacle) -> HealPlan {
    if let reason = DeleteObject.hindrance(to: record, in: graph) { throw Obstacle(reason) }
    let loss = DeletionLoss(of: record, in: graph)
    var radius = BlastRadius([.init(.object(record.key), loss.effect)] + loss.others)
    radius.unknownKinds = graph.unknownKinds
    return origin.plan(
      "\(title): delete \(record.key)",
      because: order.reason,
      steps: [.delete(record.key, uid: record.metadata.uid)],
      disruption: loss.disruption,
      blastRadius: radius,
      undo: HealPlan.undoByManifest(of: record.key),
      confirmation: .typing(record.metadata.name),
      proofLimit: proofLimit
    )
  }

  private func scaling(
    of record: any ObjectRecord,
    to replicas: Int,
    _ order: RuleOrder,
    _ origin: PlanOrigin,
    in graph: ClusterGraph
  ) throws(Obstacle) -> HealPlan {
    let made = try ScaleByHand(replicas: replicas).plan(for: record.key, origin, in: graph)
    return origin.plan(
      "\(title): scale \(record.key) to \(replicas)",
      because: order.reason,
      steps: made.steps,
      disruption: made.disruption,
      blastRadius: made.blastRadius,
      undo: made.undoing,
      confirmation: made.confirmation,
      proofLimit: proofLimit
    )
  }
}

extension HealPlan {
  fileprivate static let undoByOldValues: Instruction =
    "By the journal (:journal, u), which puts back the values that were there."
}
