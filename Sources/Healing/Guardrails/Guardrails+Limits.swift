import ClusterGraph
import KubernetesClient
import KubernetesObjects
import WireFormats

/// What guardrails say of how much is done, and when.
extension Guardrails {
  func stormVerdict(in graph: ClusterGraph) -> GuardrailVerdict {
    let nodes = graph.keys(of: Node.kind).compactMap { graph.record($0) as? Node }
    let unhealthy = nodes.count { $0.ready?.status != .isTrue }
    let sentence = "\(unhealthy) of \(nodes.count) Nodes are not ready"
    guard Self.exceeds(unhealthy, of: nodes.count, percent: limits.stormPercent) else {
      return .passed(.storm, "\(sentence).")
    }
    return .broken(
      .storm,
      "\(sentence), more than \(limits.stormPercent) %: the fault is likely elsewhere."
    )
  }

  func coolDownVerdict(_ plan: HealPlan, _ situation: HealSituation) -> GuardrailVerdict {
    let pause = DurationText.text(limits.coolDown)
    // Who sees that a heal was wrong takes it back at once.
    if case .undo = plan.cause { return .passed(.coolDown, "An undo need not wait.") }
    for key in plan.steps.map(\.target) {
      guard let last = situation.lastTries[key], last + limits.coolDown > situation.time else {
        continue
      }
      let seconds = last.elapsed(to: situation.time).milliseconds / 1000
      return .broken(
        .coolDown,
        "Something was done to \(key) \(DurationText.text(.seconds(max(1, seconds)))) ago, within "
          + "\(pause)."
      )
    }
    return .passed(.coolDown, "Nothing was done to a target within \(pause).")
  }

  func rateVerdict(_ situation: HealSituation) -> GuardrailVerdict {
    if let reason = situation.unknownPast {
      return .refused(.actionsPerHour, "How much was done lately is not known. \(reason)")
    }
    let count = situation.recentActions + situation.plansBefore
    let sentence = "\(count) of \(limits.actionsPerHour) within the last hour"
    return count < limits.actionsPerHour
      ? .passed(.actionsPerHour, "\(sentence).")
      : .broken(.actionsPerHour, "\(sentence): no more in this one.")
  }

  func windowVerdict(_ situation: HealSituation) -> GuardrailVerdict {
    guard !limits.windows.isEmpty else {
      return .passed(.window, "None is set: changes are made at any time.")
    }
    let names = limits.windows.map(\.description).joined(separator: ", ")
    return limits.windows.contains { $0.contains(situation.time) }
      ? .passed(.window, "It is within \(names) (UTC).")
      : .broken(.window, "It is outside of \(names) (UTC).")
  }

  /// How much of a workload or of the cluster a plan takes away at once.
  func shareVerdict(_ plan: HealPlan, in graph: ClusterGraph) -> GuardrailVerdict {
    let deleted = plan.steps.compactMap { step in
      if case .delete(let key, _, _, _) = step, key.kind == Pod.kind { key } else { nil }
    }
    for (controller, ending) in Self.controllers(of: deleted, in: graph) {
      let count = graph.handle(of: .object(controller)).map {
        graph.referrers(of: $0, over: .owner).count { $0.id.objectKey?.kind == Pod.kind }
      }
      guard let count, Self.exceeds(ending, of: count, percent: limits.sharePercent) else {
        continue
      }
      return tooMuch("\(ending) of \(count) Pods of \(controller) end")
    }
    let nodes = Set(plan.steps.filter(\.takesNodeAway).map(\.target)).filter { key in
      (graph.record(key) as? Node)?.isUnschedulable == false
    }
    let cordoned = graph.keys(of: Node.kind).count {
      (graph.record($0) as? Node)?.isUnschedulable == true
    }
    let nodeCount = graph.keys(of: Node.kind).count
    let lost = nodes.isEmpty ? 0 : nodes.count + cordoned
    if Self.exceeds(lost, of: nodeCount, percent: limits.sharePercent) {
      return tooMuch("\(lost) of \(nodeCount) Nodes take no new Pods then")
    }
    // Evictions are a matter of budgets.
    let pods = deleted.count > 1 ? graph.keys(of: Pod.kind).count : 0
    if Self.exceeds(deleted.count, of: pods, percent: limits.sharePercent) {
      return tooMuch("\(deleted.count) of \(pods) Pods of the cluster end")
    }
    return .passed(.share, "No more than \(limits.sharePercent) % of anything is taken away.")
  }

  private func tooMuch(_ what: String) -> GuardrailVerdict {
    .broken(.share, "\(what), more than \(limits.sharePercent) % at once.")
  }

  /// How many of the Pods each controller has, in the order of their names.
  private static func controllers(
    of pods: [ObjectKey],
    in graph: ClusterGraph
  ) -> [(key: ObjectKey, count: Int)] {
    var counts: [ObjectKey: Int] = [:]
    for key in pods {
      guard let pod = graph.record(key) as? Pod, !pod.isFinished,
        let controller = pod.metadata.controller
      else { continue }
      let owner = ObjectKey(controller.kind, namespace: key.namespace, name: controller.name)
      counts[owner, default: 0] += 1
    }
    return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Whether a part is more than its share of a whole that is known; one alone never is.
  static func exceeds(_ part: Int, of whole: Int, percent: Int) -> Bool {
    part > 1 && whole > 0 && part * 100 > whole * percent
  }
}

extension HealStep {
  /// Whether no Pods may start on its Node afterwards.
  fileprivate var takesNodeAway: Bool {
    switch self {
    case .delete(let key, _, _, _): key.kind == Node.kind
    case .patch(let key, .merge(let patch), _, _):
      key.kind == Node.kind && patch[path: "spec", "unschedulable"] == true
    default: false
    }
  }
}
