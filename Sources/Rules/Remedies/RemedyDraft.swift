import Healing
import Inspection
import KubernetesObjects

/// A remedy as it was read, or, with programs for its expressions, as it is carried out.
struct RemedyDraft<Expression: Sendable>: Sendable {
  enum Action: Sendable {
    case annotate([(name: String, value: RemedyTemplate<Expression>?)])
    case delete
    case patch(RemedyTemplate<Expression>, subresource: String)
    case restart
    case scale(Expression)
  }

  /// Another object than the finding's own.
  struct Target: Sendable {
    let kind: ObjectKind
    let name: RemedyTemplate<Expression>
    let namespace: RemedyTemplate<Expression>?
  }

  let id: RemedyID
  let title: String
  let reason: RemedyTemplate<Expression>
  let target: Target?
  let action: Action
  let disruption: HealPlan.Disruption
  let proofLimit: Duration

  /// All expressions, in their order.
  var expressions: [Expression] {
    let ofTarget = (target?.name.expressions ?? []) + (target?.namespace?.expressions ?? [])
    let ofAction: [Expression] =
      switch action {
      case .annotate(let annotations): annotations.flatMap { $0.value?.expressions ?? [] }
      case .patch(let body, _): body.expressions
      case .scale(let replicas): [replicas]
      case .delete, .restart: []
      }
    return reason.expressions + ofTarget + ofAction
  }

  /// The same with other expressions, which are made in the order of ``expressions``.
  func map<Other>(_ make: (Expression) -> Other) -> RemedyDraft<Other> {
    let madeReason = reason.map(make)
    let madeTarget = target.map { target in
      let name = target.name.map(make)
      return RemedyDraft<Other>.Target(
        kind: target.kind,
        name: name,
        namespace: target.namespace.map { $0.map(make) }
      )
    }
    let madeAction: RemedyDraft<Other>.Action =
      switch action {
      case .annotate(let annotations):
        .annotate(annotations.map { ($0.name, $0.value.map { $0.map(make) }) })
      case .delete: .delete
      case .patch(let body, let subresource): .patch(body.map(make), subresource: subresource)
      case .restart: .restart
      case .scale(let replicas): .scale(make(replicas))
      }
    return RemedyDraft<Other>(
      id: id,
      title: title,
      reason: madeReason,
      target: madeTarget,
      action: madeAction,
      disruption: disruption,
      proofLimit: proofLimit
    )
  }
}
