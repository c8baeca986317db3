package import ClusterGraph
package import KubernetesObjects
package import NameMatching

/// What must not be changed, whatever a plan says; ``Healer`` asks before anything is sent.
package struct Guardrails: Sendable, Equatable {
  /// Why nothing of a cluster is changed.
  package enum ReadOnlyRule: Sendable, Equatable, CustomStringConvertible {
    /// The program was told so when it was started.
    case option
    /// It is no cluster, but files that show one.
    case snapshot
    /// The context is named by this pattern of `readOnlyContexts`.
    case context(pattern: String)

    package var description: String {
      switch self {
      case .option: "KPatrol was started with --read-only"
      case .snapshot: "a snapshot, in which there is nothing to change"
      case .context(let pattern): "matches \(pattern) of readOnlyContexts"
      }
    }
  }

  /// Whether nothing is changed in any cluster.
  package var isReadOnly: Bool
  /// Whether snapshots are looked at in place of clusters.
  package var isOfSnapshots: Bool
  /// The contexts in which nothing is changed.
  package var readOnlyContexts: [NamePattern]
  /// The namespaces in which nothing is healed, and which are not changed themselves.
  ///
  /// Evictions are let pass: they are of Nodes that are drained, budgets rule them, and what is
  /// evicted is started elsewhere.
  package var protectedNamespaces: [NamePattern]

  /// Of what has such labels nothing is changed.
  package var protectedLabels: [LabelSelector]
  package var limits: HealLimits

  package init(
    isReadOnly: Bool = false,
    isOfSnapshots: Bool = false,
    readOnlyContexts: [NamePattern] = [],
    protectedNamespaces: [NamePattern] = [],
    protectedLabels: [LabelSelector] = [],
    limits: HealLimits = HealLimits()
  ) {
    self.isReadOnly = isReadOnly
    self.isOfSnapshots = isOfSnapshots
    self.readOnlyContexts = readOnlyContexts
    self.protectedNamespaces = protectedNamespaces
    self.protectedLabels = protectedLabels
    self.limits = limits
  }

  /// By which rule nothing of this context's cluster is changed; `nil` where it may be.
  package func readOnlyRule(of context: String) -> ReadOnlyRule? {
    if isOfSnapshots { return .snapshot }
    if isReadOnly { return .option }
    return readOnlyContexts.first { $0.matches(context) }.map { .context(pattern: $0.text) }
  }

  /// What each guardrail says of a plan, in the order in which they are shown.
  package func verdicts(
    of plan: HealPlan,
    on context: String,
    _ situation: HealSituation,
    in graph: ClusterGraph
  ) -> [GuardrailVerdict] {
    guard plan.changesAnything else { return [] }
    return [
      readOnlyVerdict(on: context),
      situation.isPaused
        ? .refused(.paused, "All healing is paused; the key that paused it goes on with it.")
        : .passed(.paused, "Healing is not paused."),
      namespaceVerdict(plan),
      labelVerdict(plan, in: graph),
      optOutVerdict(plan, in: graph),
      stalenessVerdict(plan, situation),
      stormVerdict(in: graph),
      budgetVerdict(plan, in: graph),
      coolDownVerdict(plan, situation),
      rateVerdict(situation),
      shareVerdict(plan, in: graph),
      windowVerdict(situation),
    ]
  }

  /// What the proposal comes to by these verdicts: a rule that nobody may break refuses its plan, one that
  /// a user may break asks for the highest grade of confirmation.
  package static func judged(_ proposal: Proposal, _ verdicts: [GuardrailVerdict]) -> Proposal {
    guard case .plan(let plan) = proposal else { return proposal }
    let judged = plan.judged(verdicts)
    guard let reason = verdicts.first(where: { $0.isBroken && !$0.mayBeBroken })?.reason else {
      return .plan(judged)
    }
    return .refused(judged, reason)
  }

  private func readOnlyVerdict(on context: String) -> GuardrailVerdict {
    switch readOnlyRule(of: context) {
    case .option:
      .refused(.readOnly, "KPatrol was started with --read-only: it changes nothing.")
    case .snapshot:
      .refused(
        .readOnly,
        "\(context) is a snapshot: there is no cluster in which anything could be changed."
      )
    case .context(let pattern):
      .refused(
        .readOnly,
        "Context \(context) is read-only: it matches \(pattern) of readOnlyContexts. " + Self.help
      )
    case nil: .passed(.readOnly, "Context \(context) may be changed.")
    }
  }

  private func namespaceVerdict(_ plan: HealPlan) -> GuardrailVerdict {
    for step in plan.steps where !step.isEviction {
      let target = step.target
      let namespace = target.kind == Namespace.kind ? target.name : target.namespace
      guard !namespace.isEmpty,
        let pattern = protectedNamespaces.first(where: { $0.matches(namespace) })
      else { continue }
      let rule = pattern.text == namespace ? "it is one" : "it matches \(pattern.text)"
      return .refused(
        .protectedNamespaces,
        "Namespace \(namespace) is protected: \(rule) of protectedNamespaces. " + Self.help
      )
    }
    return .passed(.protectedNamespaces, "No target is in a protected namespace.")
  }

  private static let help = "See kpatrol config show."
}
