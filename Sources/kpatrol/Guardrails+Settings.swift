import Healing
import UserConfiguration

extension Guardrails {
  /// What the configuration says must not be changed, the same for whoever changes anything.
  init(_ settings: Settings, isReadOnly: Bool, isOfSnapshots: Bool = false) {
    self.init(
      isReadOnly: isReadOnly,
      isOfSnapshots: isOfSnapshots,
      readOnlyContexts: settings.readOnlyContexts,
      protectedNamespaces: settings.protectedNamespaces,
      protectedLabels: settings.protectedLabels,
      limits: settings.healLimits
    )
  }
}
