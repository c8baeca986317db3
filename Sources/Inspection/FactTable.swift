import ClusterGraph
import KubernetesObjects

/// The facts that are known of vertices, and whom a change of one concerns.
///
/// A fact is worked out only of vertices that somebody could read it of.
struct FactTable: Sendable {
  private var facts: [any Facts] = []
  private var positions: [ObjectIdentifier: Int] = [:]
  /// The positions of the facts of each kind.
  private var positionsByKind = KindTable<[Int]>()

  init(_ types: [any DerivedFact.Type]) {
    for type in types { add(type) }
  }

  private mutating func add<Fact: DerivedFact>(_ type: Fact.Type) {
    guard positions[ObjectIdentifier(type)] == nil else { return }
    positions[ObjectIdentifier(type)] = facts.count
    let kind = Fact.Subject.kind
    positionsByKind[kind] = (positionsByKind[kind] ?? []) + [facts.count]
    facts.append(FactsOfType<Fact>())
  }

  func fact<Fact: DerivedFact>(_ type: Fact.Type, of handle: Handle) -> Fact? {
    positions[ObjectIdentifier(type)].flatMap { facts[$0] as? FactsOfType<Fact> }?.values[handle]
  }

  /// Works out the facts of the touched vertices again, and adds to `touched` those who read what
  /// has changed.
  mutating func update(touching touched: inout HandleSet, in graph: ClusterGraph) {
    guard !facts.isEmpty else { return }
    var woken: HandleSet = []
    for handle in touched {
      guard let positions = positionsByKind.value(forKindOf: handle, in: graph) else { continue }
      let relations = touched.relations(changedAt: handle)
      for position in positions where facts[position].isUpdated(on: relations) {
        facts[position].update(handle, in: graph, waking: &woken)
      }
    }
    touched.formUnion(woken)
  }
}

/// The facts of one type.
private protocol Facts: Sendable {
  /// Whether a change along edges of `relations` may change a fact.
  func isUpdated(on relations: RelationSet) -> Bool

  /// Works out the fact of a vertex again.
  mutating func update(
    _ handle: Handle,
    in graph: ClusterGraph,
    waking woken: inout HandleSet
  )
}

private struct FactsOfType<Fact: DerivedFact>: Facts {
  var values: [Handle: Fact] = [:]
  /// Along which edges was ever looked, as for a check's runs.
  private var read = RelationSet((Fact.readers + Fact.readingTargets).map { RelationSet($0) })
    .union(.itself)

  func isUpdated(on relations: RelationSet) -> Bool {
    relations == .all || !read.isDisjoint(with: relations)
  }

  mutating func update(
    _ handle: Handle,
    in graph: ClusterGraph,
    waking woken: inout HandleSet
  ) {
    let isRead = Fact.readers.contains { graph.hasReferrer(handle, over: $0) }
    let targets = Fact.readingTargets.flatMap { graph.targets(of: handle, over: $0) }
    var new: Fact?
    if isRead || !targets.isEmpty,
      let subject = graph.record(of: handle)?.typed(as: Fact.Subject.self)
    {
      let view = ClusterView(graph, around: handle)
      new = Fact(of: subject, in: view)
      read.formUnion(view.takeRead())
    }
    guard new != values[handle] else { return }
    values[handle] = new
    for target in targets { woken.insert(target.handle) }
    for relation in Fact.readers {
      for reader in graph.referrers(of: handle, over: relation) { woken.insert(reader.handle) }
    }
  }
}
