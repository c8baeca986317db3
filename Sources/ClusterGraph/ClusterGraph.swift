package import KubernetesObjects

/// A cluster in memory: objects as vertices, and every way in which one names another as an edge.
///
/// A change costs as much as its own edges, whatever the size of the cluster. Vertices that nobody
/// needs any more stay until ``freeUnusedVertices()``, so that whoever was told of a change can
/// still look at them.
package struct ClusterGraph: Sendable {
  var store = VertexStore()
  private var freeHandles: [Handle] = []
  private var handles = HandleTable()
  var kinds: [KindState] = []
  var kindIndices: [ObjectKind: KindIndex] = [:]
  var selections = SelectionIndex()
  var momentsByObject: [Handle: [Moment]] = [:]
  /// What holds for the cluster as a whole.
  package internal(set) var surroundings = ClusterSurroundings()
  var capacitySum = CapacitySum()
  var inventories = InventoryLinks()
  private var possiblyUnused: Set<Handle> = []
  /// What changed lately, at the time that ``time`` tells.
  package private(set) var history = ChangeHistory()
  /// When changes that come now happen.
  package var time = Timestamp(millisecondsSince1970: 0)
  /// How often it has changed which kinds are known.
  package private(set) var knowledgeChanges = 0
  /// How many objects are in the graph.
  package private(set) var objectCount = 0

  package init() {}
}

// MARK: - Changes

extension ClusterGraph {
  /// Takes in a new or changed object.
  ///
  /// Adds to `touched` the vertex and those of its neighbours, before and after, that see the
  /// difference; nothing where the record equals the one that is there. Answers the vertex.
  @discardableResult
  package mutating func upsert(
    _ snapshot: ObjectSnapshot,
    touching touched: inout Set<Handle>
  ) -> Handle {
    var record = snapshot.record
    let handle = handle(making: .object(record.key))
    let old = self.record(of: handle)
    if let old, record.succeed(old, at: time) { touched.insert(handle) }
    // Even of an equal one, for what it has that is unnoticed.
    store.setRecord(record, resourceVersion: snapshot.resourceVersion, of: handle)
    var seeing = RelationSet.all
    if let old {
      guard !record.isEqual(to: old) else { return handle }
      noteMoments(of: handle, from: old, to: record)
      seeing = record.relationsSeeingDifference(to: old, among: relations(of: handle))
    } else {
      objectCount += 1
      let kind = index(of: record.kind).position
      kinds[kind].objects.insert(handle)
      kinds[kind].absent.remove(handle)
    }
    note(record.key, from: old, to: record, by: snapshot.version.manager)
    connect(handle, to: record.references, &touched)
    select(handle, from: old, to: record, touching: &touched)
    touchNeighbourhood(of: handle, over: seeing, &touched)
    updateSurroundings(after: record.kind, touching: &touched)
    updateCapacity(from: old, to: record, touching: &touched)
    return handle
  }

  /// Takes an object out; what names it then names an absent vertex.
  package mutating func remove(_ key: ObjectKey, touching touched: inout Set<Handle>) {
    guard let handle = handle(of: .object(key)), let old = record(of: handle) else { return }
    touchNeighbourhood(of: handle, over: .all, &touched)
    note(key, from: old, to: nil, by: "")
    connect(handle, to: [], &touched)
    store.removeContent(of: handle)
    momentsByObject[handle] = nil
    select(handle, from: old, to: nil, touching: &touched)
    let kind = index(of: key.kind).position
    kinds[kind].objects.remove(handle)
    kinds[kind].absent.insert(handle)
    objectCount -= 1
    possiblyUnused.insert(handle)
    updateSurroundings(after: key.kind, touching: &touched)
    updateCapacity(from: old, to: nil, touching: &touched)
  }

  /// Remembers a change; what a kind's first list brings is none.
  private mutating func note(
    _ key: ObjectKey,
    from old: (any ObjectRecord)?,
    to new: (any ObjectRecord)?,
    by manager: String
  ) {
    // Events tell of changes, and are none themselves.
    guard key.kind != Event.kind else { return }
    if case .unknown = knowledge(of: key.kind) { return }
    history.append(
      ChangeHistory.Entry(time: time, key: key, old: old, new: new, manager: manager)
    )
  }

  /// Says whether `kind` is known.
  ///
  /// Touches what names its objects, and for a custom kind its definition: a check that could not
  /// tell may tell now, or no longer.
  package mutating func setKnowledge(
    of kind: ObjectKind,
    to newKnowledge: Knowledge,
    touching touched: inout Set<Handle>
  ) {
    let index = index(of: kind).position
    guard kinds[index].knowledge != newKnowledge else { return }
    kinds[index].knowledge = newKnowledge
    knowledgeChanges += 1
    for handle in kinds[index].absent { touchNeighbourhood(of: handle, over: .all, &touched) }
    for handle in state(of: CustomResourceDefinition.kind)?.objects ?? [] {
      let definition = record(of: handle) as? CustomResourceDefinition
      if definition?.definedKind == kind { touched.insert(handle) }
    }
  }

  /// Forgets vertices that are neither there nor named, and says which they were.
  @discardableResult
  package mutating func freeUnusedVertices() -> [Handle] {
    let unused = possiblyUnused.filter { self[$0].isUnused }
    for handle in unused {
      let name = self[handle].name
      handles.remove(handle, hash: name.hashValue, in: store.vertices)
      if let kind = name.kind { kinds[kind.position].absent.remove(handle) }
      self[handle] = Vertex(.free)
      freeHandles.append(handle)
    }
    possiblyUnused = []
    return Array(unused)
  }
}

// MARK: - Questions

extension ClusterGraph {
  package func handle(of id: VertexID) -> Handle? {
    name(of: id).flatMap { handles.first(named: $0, hash: $0.hashValue, in: store.vertices) }
  }

  package func id(of handle: Handle) -> VertexID? {
    isInUse(handle) ? id(of: self[handle].name) : nil
  }

  package func record(of handle: Handle) -> (any ObjectRecord)? {
    store.content(of: handle)?.record
  }

  /// The kind of an object, there or not; `nil` for a vertex that is no object.
  package func kind(of handle: Handle) -> ObjectKind? {
    guard isInUse(handle) else { return nil }
    return self[handle].name.kind.map { kinds[$0.position].kind }
  }

  package func record(_ key: ObjectKey) -> (any ObjectRecord)? {
    handle(of: .object(key)).flatMap(record(of:))
  }

  /// The version of the object's last known state; empty where it is absent.
  package func resourceVersion(_ key: ObjectKey) -> String {
    handle(of: .object(key)).flatMap { store.content(of: $0)?.resourceVersion } ?? ""
  }

  /// All vertices, for an inspection from nothing.
  package var allHandles: Set<Handle> {
    var all: Set<Handle> = []
    handles.forEach { all.insert($0) }
    return all
  }

  /// How many vertices are stored, absent ones included.
  package var vertexCount: Int { handles.count }

  /// The vertices that `handle` names or selects, over edges of `relation` or all.
  package func targets(of handle: Handle, over relation: Relation? = nil) -> [Neighbour] {
    var neighbours: [Neighbour] = outgoing(of: handle).compactMap { edge in
      guard relation == nil || edge.relation == relation else { return nil }
      return neighbour(
        edge.target,
        over: edge.relation,
        isOutgoing: true,
        isOptional: edge.isOptional
      )
    }
    guard relation == nil || relation == .selection else { return neighbours }
    neighbours += selected(by: handle).compactMap {
      neighbour($0, over: .selection, isOutgoing: true)
    }
    return neighbours
  }

  /// The vertices that name `handle`, over edges of `relation` or all, in no order.
  package func referrers(of handle: Handle, over relation: Relation? = nil) -> [Neighbour] {
    var neighbours: [Neighbour] = []
    self[handle].incoming.forEach { edgeRelation, source in
      guard relation == nil || edgeRelation == relation,
        let neighbour = neighbour(
          source,
          over: edgeRelation,
          isOutgoing: false,
          isOptional: isOptional(edgeRelation, from: source, to: handle)
        )
      else { return }
      neighbours.append(neighbour)
    }
    return neighbours
  }

  /// Whether anybody names `handle` over an edge of `relation`.
  package func hasReferrer(_ handle: Handle, over relation: Relation) -> Bool {
    self[handle].incoming.contains(relation)
  }

  /// Whether `handle` names over `relation` what it needs and what is known not to be there.
  package func misses(_ handle: Handle, over relation: Relation) -> Bool {
    outgoing(of: handle).contains { edge in
      guard edge.relation == relation, !edge.isOptional, !self[edge.target].hasContent else {
        return false
      }
      return id(of: edge.target).map { presence(of: $0).isAbsent } ?? false
    }
  }

  /// Whether an object that is there and that `handle` names over `relation` fulfils `condition`.
  package func hasTarget(
    of handle: Handle,
    over relation: Relation,
    where condition: (any ObjectRecord) -> Bool
  ) -> Bool {
    outgoing(of: handle).contains { edge in
      edge.relation == relation && (record(of: edge.target).map(condition) ?? false)
    }
  }

  /// Whether any object for which `isWanted` holds names `handle` over an edge of `relation`.
  package func hasReferrer(
    _ handle: Handle,
    over relation: Relation,
    where isWanted: (_ kind: ObjectKind, _ name: String) -> Bool
  ) -> Bool {
    self[handle].incoming.contains(relation) { source in
      guard case .object(let kind, _, let name) = self[source].name else { return false }
      return isWanted(kinds[kind.position].kind, name)
    }
  }

  private func isOptional(_ relation: Relation, from source: Handle, to target: Handle) -> Bool {
    outgoing(of: source).first { $0.relation == relation && $0.target == target }?.isOptional
      ?? false
  }

  private func neighbour(
    _ handle: Handle,
    over relation: Relation,
    isOutgoing: Bool,
    isOptional: Bool = false
  ) -> Neighbour? {
    guard let id = id(of: handle) else { return nil }
    return Neighbour(
      handle: handle,
      relation: relation,
      isOutgoing: isOutgoing,
      isOptional: isOptional,
      id: id,
      presence: record(of: handle).map(Presence.present) ?? presence(of: id)
    )
  }
}

// MARK: - Storage

extension ClusterGraph {
  /// The vertex at a handle; see ``isInUse(_:)``.
  subscript(handle: Handle) -> Vertex {
    _read { yield store[handle] }
    _modify { yield &store[handle] }
  }

  private func outgoing(of handle: Handle) -> [Edge] { store.content(of: handle)?.outgoing ?? [] }

  /// Whether the handle is one of a vertex, and not freed.
  private func isInUse(_ handle: Handle) -> Bool {
    handle.position < store.vertices.count && self[handle].name != .free
  }

  private mutating func handle(making id: VertexID) -> Handle {
    let name = name(making: id)
    let hash = name.hashValue
    if let handle = handles.first(named: name, hash: hash, in: store.vertices) { return handle }
    let handle: Handle
    if let free = freeHandles.popLast() {
      handle = free
      self[handle] = Vertex(name)
    } else {
      handle = store.append(Vertex(name))
    }
    handles.insert(handle, hash: hash, in: store.vertices)
    if let kind = name.kind { kinds[kind.position].absent.insert(handle) }
    return handle
  }

  /// Makes the edges of `handle` those of `references`; changes and touches only what differs.
  private mutating func connect(
    _ handle: Handle,
    to references: [Reference],
    _ touched: inout Set<Handle>
  ) {
    let old = outgoing(of: handle)
    let new = edges(of: references)
    guard new != old else { return }
    for edge in Self.edges(of: old, missingIn: new) {
      self[edge.target].incoming.remove(edge.relation, from: handle)
      possiblyUnused.insert(edge.target)
      touched.insert(edge.target)
    }
    for edge in Self.edges(of: new, missingIn: old) {
      self[edge.target].incoming.insert(edge.relation, from: handle)
      touched.insert(edge.target)
    }
    store.setOutgoing(new, of: handle)
  }

  /// An edge for each relation to each target; it is optional if all references say so.
  private mutating func edges(of references: [Reference]) -> [Edge] {
    var edges: [Edge] = []
    edges.reserveCapacity(references.count)
    var positions: [Edge: Int] = [:]
    for reference in references {
      let edge = Edge(
        relation: reference.relation,
        isOptional: false,
        target: handle(making: reference.target)
      )
      let known =
        references.count > Self.manyEdges
        ? positions[edge] : edges.firstIndex { $0.isParallel(to: edge) }
      if let known {
        if !reference.isOptional { edges[known].isOptional = false }
        continue
      }
      if references.count > Self.manyEdges { positions[edge] = edges.count }
      edges.append(edge)
      edges[edges.count - 1].isOptional = reference.isOptional
    }
    // A copy has no room to spare.
    return edges.count == references.count ? edges : Array(edges[...])
  }

  /// The edges that have no parallel one among `others`.
  private static func edges(of edges: [Edge], missingIn others: [Edge]) -> [Edge] {
    guard others.count > manyEdges else {
      return edges.filter { edge in !others.contains { $0.isParallel(to: edge) } }
    }
    let known = Set(
      others.map { Edge(relation: $0.relation, isOptional: false, target: $0.target) }
    )
    return edges.filter {
      !known.contains(Edge(relation: $0.relation, isOptional: false, target: $0.target))
    }
  }

  /// From how many edges of a vertex on a table finds one sooner than a look at each.
  private static var manyEdges: Int { 32 }

  /// The relations of a vertex's edges; more where there are very many.
  private func relations(of handle: Handle) -> RelationSet {
    guard self[handle].incoming.count <= Self.manyEdges else { return .all }
    var relations = RelationSet(.selection)
    for edge in outgoing(of: handle) { relations.insert(RelationSet(edge.relation)) }
    self[handle].incoming.forEach { relation, _ in relations.insert(RelationSet(relation)) }
    return relations
  }

  /// Touches a vertex and its neighbours over some relations.
  private func touchNeighbourhood(
    of handle: Handle,
    over relations: RelationSet,
    _ touched: inout Set<Handle>
  ) {
    touched.insert(handle)
    for edge in outgoing(of: handle) where relations.contains(edge.relation) {
      touched.insert(edge.target)
    }
    self[handle].incoming.forEach { relation, source in
      if relations.contains(relation) { touched.insert(source) }
    }
    if relations.contains(.selection) { touched.formUnion(selected(by: handle)) }
  }
}
