import KubernetesObjects
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

  package init(
    isReadOnly: Bool = false,
    isOfSnapshots: Bool = false,
    readOnlyContexts: [NamePattern] = [],
    protectedNamespaces: [NamePattern] = []
  ) {
    self.isReadOnly = isReadOnly
    self.isOfSnapshots = isOfSnapshots
    self.readOnlyContexts = readOnlyContexts
    self.protectedNamespaces = protectedNamespaces
  }

  /// By which rule nothing of this context's cluster is changed; `nil` where it may be.
  package func readOnlyRule(of context: String) -> ReadOnlyRule? {
    if isOfSnapshots { return .snapshot }
    if isReadOnly { return .option }
    return readOnlyContexts.first { $0.matches(context) }.map { .context(pattern: $0.text) }
  }

  /// Why a plan may not be carried out on this context's cluster; `nil` where it may.
  package func refusal(of plan: HealPlan, on context: String) -> String? {
    if !plan.steps.isEmpty, !plan.steps.contains(where: \.changesAnything) { return nil }
    switch readOnlyRule(of: context) {
    case .option: return "KPatrol was started with --read-only: it changes nothing."
    case .snapshot:
      return "\(context) is a snapshot: there is no cluster in which anything could be changed."
    case .context(let pattern):
      return "Context \(context) is read-only: it matches \(pattern) of readOnlyContexts. "
        + Self.help
    case nil: break
    }
    for step in plan.steps where !step.isEviction {
      let target = step.target
      let namespace = target.kind == Namespace.kind ? target.name : target.namespace
      guard !namespace.isEmpty,
        let pattern = protectedNamespaces.first(where: { $0.matches(namespace) })
      else { continue }
      let rule = pattern.text == namespace ? "it is one" : "it matches \(pattern.text)"
      return "Namespace \(namespace) is protected: \(rule) of protectedNamespaces. " + Self.help
    }
    return nil
  }

  /// The proposal, refused where its plan may not be carried out on this context's cluster.
  package func checked(_ proposal: Proposal, on context: String) -> Proposal {
    guard case .plan(let plan) = proposal, let reason = refusal(of: plan, on: context) else {
      return proposal
    }
    return .refused(plan, reason)
  }

  private static let help = "See kpatrol config show."
}
