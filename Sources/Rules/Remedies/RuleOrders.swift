import CEL
import ClusterGraph
package import Healing
package import Inspection
import KubernetesObjects
import WireFormats

/// Fills in the templates of a rule's remedy by what is kept of the finding's object.
struct RuleOrders: RuleOrdering {
  let remedy: RemedyDraft<CELProgram>
  let parameters: ProjectedFields
  let sources: [ObjectSource]
  let readSources: Set<ObjectSource>

  func order(for finding: Finding, in graph: ClusterGraph) -> Result<RuleOrder, StepFailure> {
    guard let subject = finding.subject.objectKey,
      let handle = graph.handle(of: .object(subject)), graph.record(subject) != nil
    else { return .failure(StepFailure("\(finding.subject) is gone already.")) }
    let scene = RuleScene(
      fields: FieldsObject(graph.projectedFields(of: handle) ?? ProjectedFields()),
      old: nil,
      parameters: FieldsObject(parameters),
      sources: sources,
      read: readSources,
      namespace: subject.namespace,
      view: .around(handle, in: graph)
    )
    let time = max(graph.time, finding.since)
    do throws(CELError) {
      let target = try target(subject, scene, time)
      let reason = try remedy.reason.value(scene, at: time).plainText ?? ""
      let action = try action(scene, time)
      guard !scene.isBlind else {
        return .failure(StepFailure("What it reads of other objects is not known."))
      }
      guard let action else {
        return .failure(StepFailure("What \(remedy.id) would send makes no sense for it."))
      }
      return .success(RuleOrder(action, on: target, because: reason))
    } catch {
      return .failure(StepFailure("What \(remedy.id) would send cannot be worked out: \(error)."))
    }
  }

  private func target(
    _ subject: ObjectKey,
    _ scene: RuleScene,
    _ time: Timestamp
  ) throws(CELError) -> ObjectKey {
    guard let target = remedy.target else { return subject }
    let namespace = try target.namespace?.value(scene, at: time).plainText
    return ObjectKey(
      target.kind,
      namespace: namespace ?? subject.namespace,
      name: try target.name.value(scene, at: time).plainText ?? ""
    )
  }

  private func action(
    _ scene: RuleScene,
    _ time: Timestamp
  ) throws(CELError) -> RuleOrder.Action? {
    switch remedy.action {
    case .delete: return .delete
    case .restart: return .restart
    case .patch(let body, let subresource):
      return .patch(try body.value(scene, at: time), subresource: subresource)
    case .scale(let program):
      guard case .int(let replicas) = try program.evaluate(scene), 0...100_000 ~= replicas else {
        return nil
      }
      return .scale(to: Int(replicas))
    case .annotate(let templates):
      var annotations: [RuleOrder.Annotation] = []
      for template in templates {
        guard let value = template.value else {
          annotations.append(.init(template.name, nil))
          continue
        }
        guard let text = try value.value(scene, at: time).plainText else { return nil }
        annotations.append(.init(template.name, text))
      }
      return .annotate(annotations)
    }
  }
}

extension RulePack {
  /// The same, with remedies that are shown and never carried out.
  package func withInertRemedies(because reason: String) -> RulePack {
    var pack = self
    pack.changeRules { rule in
      for index in rule.healing.indices { rule.healing[index].inertReason = reason }
    }
    return pack
  }
}

extension RuleSet {
  /// A remedy of the packs in force.
  package func remedy(_ id: RemedyID) -> (any Remedy)? {
    guard id.description.contains("/") else { return nil }
    for pack in packs {
      for rule in pack.rules {
        if let remedy = rule.healing.first(where: { $0.id == id }) { return remedy }
      }
    }
    return nil
  }
}
