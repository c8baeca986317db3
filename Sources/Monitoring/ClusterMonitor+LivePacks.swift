import ClusterGraph
import Healing
import KubernetesClient
import KubernetesObjects
import NameMatching
import WireFormats

/// Rules that a cluster brings itself.
extension ClusterMonitor {
  /// Notes the ConfigMaps with packs among objects that came, and those that are gone.
  func noteLivePacks(_ came: [ObjectSnapshot], gone: [ObjectKey] = [], of kind: ObjectKind) {
    guard kind == ConfigMap.kind, !options.trustedRuleNamespaces.isEmpty else { return }
    for snapshot in came where mayBringRules(snapshot.record.metadata.namespace) {
      let isPack = snapshot.record.metadata.labels[LivePacks.label] != nil
      livePacks.note(snapshot.record.key, isPack ? snapshot.resourceVersion : nil)
    }
    for key in gone { livePacks.note(key, nil) }
    readLivePacks()
  }

  /// Forgets those that a list did not bring.
  func forgetLivePacks(of kind: ObjectKind) {
    guard kind == ConfigMap.kind else { return }
    for key in livePacks.keys where graph.record(key) == nil { livePacks.note(key, nil) }
    readLivePacks()
  }

  private func mayBringRules(_ namespace: String) -> Bool {
    options.trustedRuleNamespaces.contains { $0.matches(namespace) }
  }

  /// Why the remedies of a namespace's packs are not carried out; `nil` where they may be.
  private func reasonToHealNothing(_ namespace: String) -> String? {
    guard !options.healingRuleNamespaces.contains(where: { $0.matches(namespace) }) else {
      return nil
    }
    return "It is of a pack in namespace \(namespace), whose remedies are not trusted: "
      + "rules.healingNamespaces of the configuration may name it."
  }

  private func readLivePacks() {
    guard livePacks.reading == nil, livePacks.next != nil || livePacks.hasLeftOvers else { return }
    livePacks.reading = Task { [weak self] in await self?.readAllLivePacks() }
  }

  private func readAllLivePacks() async {
    while let (key, version) = livePacks.next, let resource = resources[ConfigMap.kind] {
      do throws(KubernetesError) {
        let object = try await source.object(key, of: resource)
        let data = object["data"]?.objectValue?.compactMapValues(\.stringValue) ?? [:]
        livePacks.take(data, of: key, version, inertReason: reasonToHealNothing(key.namespace))
      } catch {
        livePacks.noteFailure("\(error)", of: key, version)
      }
    }
    livePacks.dropLeftOvers()
    livePacks.reading = nil
    putRulesInForce()
  }
}
