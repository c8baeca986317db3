package import Healing
package import Inspection
package import KubernetesObjects
package import NameMatching

/// What a configuration file says, or the defaults where it says nothing.
package struct Settings: Sendable, Equatable {
  /// The contexts to open where the command line names none; empty for the current context.
  package var contexts: [NamePattern] = []
  /// The contexts in which nothing is changed.
  package var readOnlyContexts: [NamePattern] = ["*prod*"]
  /// The namespaces in which nothing is healed.
  package var protectedNamespaces: [NamePattern] = [
    "kube-node-lease", "kube-public", "kube-system",
  ]
  package var addressScopes: [AddressScope] = []
  package var inventories: [InventorySettings] = []
  /// The theme's name; `nil` for the one that suits the terminal's background.
  package var theme: String?
  /// The label that names the team that answers for an object; `nil` where there is none.
  package var teamLabel: String?
  /// Who answers for which findings; the first that fits counts.
  package var owners: [OwnershipRule] = []
  /// Who answers for what, as owners and the label say.
  package var ownership: Ownership { Ownership(owners, teamLabel: teamLabel) }
  package var listing: ListingRules = [:]
  /// The checks that the live screen runs; a scan runs all unless told otherwise.
  package var profile = ProfileSelection.default
  package var checks = CheckSettings()
  /// Which findings are no news.
  package var mutes: [Mute] = []
  /// What is bound to other keys than its own.
  package var keys: [KeySetting] = []
  package var hasMouse = true
  /// Of what has such labels nothing is changed.
  package var protectedLabels: [LabelSelector] = []
  package var healLimits = HealLimits()
  package var policies: [HealPolicy] = []
  package var journal = JournalSettings()
  package var rules = RuleSettings()
  package var remoteChecks: [RemoteCheckSettings] = []
  package var reports = ReportSettings()
  package var notifications: [NotificationSettings] = []
  package var events = EventSettings()
  package var agents: [AgentSettings] = []

  package init() {}
}

/// Clusters that share a flat network: an address of these ranges may be used in one of them alone.
package struct AddressScope: Sendable, Equatable {
  package var name: String
  package var contexts: [NamePattern]
  package var cidrs: [IPPrefix]

  package init(name: String, contexts: [NamePattern], cidrs: [IPPrefix]) {
    self.name = name
    self.contexts = contexts
    self.cidrs = cidrs
  }
}
