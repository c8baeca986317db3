import ClusterGraph
import KubernetesObjects

/// The facts that are known of vertices, and whom a change of one concerns.
///
/// A fact is worked out only of vertices that somebody could read it of.
struct FactTable: Sendable {
  private var facts: [ObjectIdentifier: any Facts] = [:]
  private var typesByKind = KindTable<[ObjectIdentifier]>()

  init(_ types: [any DerivedFact.Type]) {
    for type in types { add(type) }
  }

  private mutating func add<Fact: DerivedFact>(_ type: Fact.Type) {
    guard facts[ObjectIdentifier(type)] == nil else { return }
    facts[ObjectIdentifier(type)] = FactsOfType<Fact>()
    let kind = Fact.Subject.kind
    typesByKind[kind] = (typesByKind[kind] ?? []) + [ObjectIdentifier(type)]
  }

  func fact<Fact: DerivedFact>(_ type: Fact.Type, of handle: Handle) -> Fact? {
    (facts[ObjectIdentifier(type)] as? FactsOfType<Fact>)?.values[handle]
  }

  /// Works out the facts of the touched vertices again, and adds to `touched` those who read what
  /// has changed.
  mutating func update(touching touched: inout HandleSet, in graph: ClusterGraph) {
    guard !typesByKind.isEmpty else { return }
    var woken: HandleSet = []
    for handle in touched {
      guard let types = typesByKind.value(forKindOf: handle, in: graph) else { continue }
      let relations = touched.relations(changedAt: handle)
      for type in types {
        facts[type]?.update(handle, on: relations, in: graph, waking: &woken)
      }
    }
    touched.formUnion(woken)
  }
}

/// The facts of one type.
private protocol Facts: Sendable {
  /// Works out the fact of a vertex again, of which something along edges of `relations` has changed.
  mutating func update(
    _ handle: Handle,
    on relations: RelationSet,
    in graph: ClusterGraph,
    waking woken: inout HandleSet
  )
}

private struct FactsOfType<Fact: DerivedFact>: Facts {
  var values: [Handle: Fact] = [:]
  /// Along which edges was ever looked, as for a check's runs.
  private var read = RelationSet((Fact.readers + Fact.readingTargets).map { RelationSet($0) })
    .union(.itself)

  mutating func update(
    _ handle: Handle,
    on relations: RelationSet,
    in graph: ClusterGraph,
    waking woken: inout HandleSet
  ) {
    guard relations == .all || !read.isDisjoint(with: relations) else { return }
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
