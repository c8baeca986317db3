package import Healing
package import Inspection
package import KubernetesClient
package import NameMatching

/// What a monitor is told at the start.
package struct MonitorOptions: Sendable {
  package var checks: [any Check]
  /// What the user changed of the checks.
  package var checkSettings: CheckSettings
  package var settlePolicy: SettlePolicy
  /// Only the objects of these namespaces, of namespaced kinds; empty for all.
  package var namespaces: [String]
  /// What of the cluster is inspected, until it is told otherwise.
  package var coverage = Coverage.everything
  /// What is followed even while it is not inspected, so that it can be at once; `nil` for nothing.
  package var ownCoverage: Coverage?
  /// How the objects of a kind are listed, by the name of the cluster.
  package var listing: @Sendable (String) -> ListMode
  /// Which findings are no news.
  package var mutes: MuteRules
  /// Who answers for which findings.
  package var ownership: Ownership
  /// What must not be changed; by default all may be that a plan says.
  package var guardrails: Guardrails
  /// What proposes itself.
  package var policies: [HealPolicy]
  /// The namespaces whose ConfigMaps may bring rules.
  package var trustedRuleNamespaces: [NamePattern] = []
  /// Those of them whose packs may bring remedies, too.
  package var healingRuleNamespaces: [NamePattern] = []
  /// What writes down when findings come and go; `nil` where nothing does.
  package var recorder: (any FindingsRecorder)?
  /// What tells others of findings as they come and go; `nil` where nothing does.
  package var follower: (any FindingsFollower)?
  /// Where is written down what is done, and read what was.
  package var journal: any HealMemory
  /// What keeps the values of Secrets there; `nil` where they are not kept.
  package var secrets: (any SecretSealing)?

  package init(
    checks: [any Check],
    checkSettings: CheckSettings = CheckSettings(),
    settlePolicy: SettlePolicy = .declared,
    namespaces: [String] = [],
    listing: @escaping @Sendable (String) -> ListMode = { _ in .whole },
    mutes: MuteRules = MuteRules(),
    ownership: Ownership = Ownership(),
    guardrails: Guardrails = Guardrails(),
    policies: [HealPolicy] = [],
    recorder: (any FindingsRecorder)? = nil,
    journal: any HealMemory = NoJournal(),
    secrets: (any SecretSealing)? = nil
  ) {
    self.checks = checks
    self.checkSettings = checkSettings
    self.settlePolicy = settlePolicy
    self.namespaces = namespaces
    self.listing = listing
    self.mutes = mutes
    self.ownership = ownership
    self.guardrails = guardrails
    self.policies = policies
    self.recorder = recorder
    self.journal = journal
    self.secrets = secrets
  }

  /// The same for a cluster that an agent has another name for than the user's context: what the user may not
  /// change by that context is not changed.
  func ofAttached(by context: String) -> MonitorOptions {
    var options = self
    if !context.isEmpty, options.guardrails.readOnlyRule(of: context) != nil {
      options.guardrails.isReadOnly = true
    }
    return options
  }
}
