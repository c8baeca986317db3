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
    patience: EvictionPatience = .standard
  ) {
    self.init(
      api: api,
      elsewhere: elsewhere,
      context: context,
      server: "https://example.com",
      guardrails: guardrails,
      journal: journal,
      patience: patience,
      now: { .noon }
    )
  }
}
