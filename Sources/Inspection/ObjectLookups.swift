import ClusterGraph
import KubernetesObjects

/// Who looked up which object by its name, so that they are inspected again when that object changes.
///
/// An object that is looked up has no edge from whoever does so: the name is worked out while looking.
struct ObjectLookups: Sendable {
  private var askers: [ObjectKey: Set<Handle>] = [:]
  /// How many objects of each kind are looked up, by which what is not is known soonest.
  private var kinds: [ObjectKind: Int] = [:]

  /// Adds to `touched` those that looked up one of its objects.
  mutating func wake(touching touched: inout HandleSet, in graph: ClusterGraph) {
    guard !askers.isEmpty else { return }
    var woken: Set<Handle> = []
    for handle in touched {
      guard let kind = graph.kind(of: handle), kinds[kind] != nil,
        let key = graph.id(of: handle)?.objectKey, let asking = askers.removeValue(forKey: key)
      else { continue }
      // Whoever looks it up again says so.
      kinds[kind] = kinds[kind].flatMap { $0 > 1 ? $0 - 1 : nil }
      woken.formUnion(asking)
    }
    touched.formUnion(woken)
  }

  /// Remembers what was looked up in one round.
  mutating func add(_ round: Round) {
    for (key, asking) in round.askers {
      if askers[key] == nil { kinds[key.kind, default: 0] += 1 }
      askers[key, default: []].formUnion(asking)
    }
  }

  /// The lookups of one round of inspection; the views of a round share it.
  final class Round {
    fileprivate var askers: [ObjectKey: Set<Handle>] = [:]

    func note(_ key: ObjectKey, askedBy handle: Handle) {
      askers[key, default: []].insert(handle)
    }
  }
}
