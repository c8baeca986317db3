import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders
import Testing

/// Finds Services without a ConfigMap of their own name in the namespace `settings`.
private struct Configured: Check {
  let id: CheckID = "dangling/configured"
  let title = "Configured"
  let severity = Severity.warning
  let settles = Duration.zero
  let needs = [Service.kind]
  let explanation = ""
  /// Not all that are such subjects.
  let scope = SubjectScope.kind(Service.kind)

  func inspect(_ subject: ObjectSubject, in cluster: ClusterView) -> [Observation] {
    let key = ObjectKey(ConfigMap.kind, namespace: "settings", name: subject.metadata.name)
    return cluster.lookUp(key).presence.isAbsent ? [Observation("absent")] : []
  }
}

/// Whoever looks up an object by its name is inspected again when that object changes.
@Suite struct ObjectLookupTests {
  private var world = InspectedGraph(Configured())

  @Test mutating func whatIsLookedUpWakesWhoeverLookedItUp() {
    _ = world.inspect { $0.setKnowledge(of: ConfigMap.kind, to: .known, touching: &$1) }
    let service = Service(metadata: .sample("cart", namespace: "shop"))
    #expect(world.inspect { $0.upsert(ObjectSnapshot(service), touching: &$1) } == ["shop/cart"])
    let settings = ConfigMap(metadata: .sample("cart", namespace: "settings"))
    for _ in 1...2 {
      #expect(world.inspect { $0.upsert(ObjectSnapshot(settings), touching: &$1) }.isEmpty)
      #expect(world.inspect { $0.remove(settings.key, touching: &$1) } == ["shop/cart"])
    }
  }

  @Test mutating func whatNobodyLookedUpWakesNobody() {
    let service = Service(metadata: .sample("cart", namespace: "shop"))
    _ = world.inspect { $0.upsert(ObjectSnapshot(service), touching: &$1) }
    let runs = world.inspector.checksRun
    let other = ConfigMap(metadata: .sample("other", namespace: "settings"))
    _ = world.inspect { $0.upsert(ObjectSnapshot(other), touching: &$1) }
    // A check that is about Services alone is run on nothing else.
    #expect(world.inspector.checksRun == runs)
  }
}
