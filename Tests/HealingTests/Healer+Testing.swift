import ClusterGraph
import KubernetesObjects
import ObjectBuilders

@testable import Healing

extension Healer {
  /// A healer at noon, whose journal keeps nothing.
  init(
    api: any ChangingAPI,
    elsewhere: (any ChangingElsewhere)? = nil,
    context: String,
    guardrails: Guardrails,
    journal: any HealJournal = NoJournal(),
    secrets: (any SecretSealing)? = nil,
    patience: EvictionPatience = .standard
  ) {
    self.init(
      api: api,
      elsewhere: elsewhere,
      server: "https://example.com",
      judge: { plan, _ in
        guardrails.verdicts(
          of: plan,
          on: context,
          HealSituation(at: .noon),
          in: ClusterGraph()
        )
      },
      journal: journal,
      secrets: secrets,
      patience: patience,
      now: { .noon }
    )
  }
}
