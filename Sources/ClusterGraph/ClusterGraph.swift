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
  var namespaces = NamespaceTable()
  var selections = SelectionIndex()
  var momentsByObject: [Handle: [Moment]] = [:]
  /// What holds for the cluster as a whole.
  package internal(set) var surroundings = ClusterSurroundings()
  var capacitySum = CapacitySum()
  var zoneCounts = ZoneCounts()
  var inventories = InventoryLinks()
  var projections = ProjectionStore()
  var possiblyUnused: HandleSet = []
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
    touching touched: inout HandleSet
  ) -> Handle {
    let key = snapshot.record.key
    let kind = index(of: key.kind)
    let namespace = namespaces.index(making: key.namespace)
    let handle = handle(naming: .object(kind, namespace, name: key.name))
    let old = record(of: handle)
    let difference = old.map {
      snapshot.record.difference(from: $0, at: time) { [store] in store.relations(of: handle) }
    }
    let record = difference?.successor ?? snapshot.record
    let isProjectedAnew = setProjection(
      snapshot.projected,
      of: handle,
      key.kind,
      isOther: old.map { $0.metadata.uid != record.metadata.uid } ?? true,
      isUnchanged: { [store] in store.resourceVersion(of: handle) == snapshot.resourceVersion }
    )
    if difference?.hasToBeSeen == true { touched.insert(handle) }
    if let difference, difference.isNone {
      // Of two that are equal the old one stays, so that what it shares with others stays shared.
      store.setRecord(
        difference.successor,
        resourceVersion: snapshot.resourceVersion,
        of: handle
      )
      if isProjectedAnew { takeInProjection(of: handle, key, &touched) }
      return handle
    }
    store.setRecord(record, resourceVersion: snapshot.resourceVersion, of: handle)
    if let difference {
      noteMoments(of: handle, difference)
    } else {
      objectCount += 1
      kinds[kind.position].objects.insert(handle)
      kinds[kind.position].absent.remove(handle)
    }
    note(key, kind, from: old, to: record, by: snapshot.version.manager)
    let renamed = difference?.namingAnew ?? .all
    if !renamed.isEmpty {
      let declared = renamed.contains(.declared) ? declaredReferences(of: handle, key) : []
      connect(handle, to: record.references(over: renamed) + declared, over: renamed, &touched)
    }
    if isProjectedAnew { takeInProjection(of: handle, key, &touched) }
    let place = SelectionIndex.Place(kind: kind, namespace: key.namespace)
    if difference?.changesLabels ?? true { relabel(handle, place, from: old, to: record, &touched) }
    if difference?.changesSelections ?? true {
      reselect(handle, in: key.namespace, by: record.selections, &touched)
    }
    touchNeighbourhood(
      of: handle,
      over: difference?.seeing ?? .all,
      seenAtItself: difference?.seenAtItself ?? .all,
      &touched
    )
    noteWhole(of: key.kind, kinds[kind.position].traits, from: old, to: record, &touched)
    return handle
  }

  /// Takes an object out; what names it then names an absent vertex.
  package mutating func remove(_ key: ObjectKey, touching touched: inout HandleSet) {
    guard let handle = handle(of: .object(key)), let old = record(of: handle) else { return }
    let kind = index(of: key.kind)
    touchNeighbourhood(of: handle, over: .all, &touched)
    note(key, kind, from: old, to: nil, by: "")
    connect(handle, to: [], over: .all, &touched)
    store.removeContent(of: handle)
    projections.entries[handle] = nil
    momentsByObject[handle] = nil
    let place = SelectionIndex.Place(kind: kind, namespace: key.namespace)
    relabel(handle, place, from: old, to: nil, &touched)
    reselect(handle, in: key.namespace, by: [], &touched)
    kinds[kind.position].objects.remove(handle)
    kinds[kind.position].absent.insert(handle)
    objectCount -= 1
    possiblyUnused.insert(handle)
    noteWhole(of: key.kind, kinds[kind.position].traits, from: old, to: nil, &touched)
  }

  /// Takes in what a change tells of the cluster as a whole.
  private mutating func noteWhole(
    of kind: ObjectKind,
    _ traits: KindTraits,
    from old: (any ObjectRecord)?,
    to new: (any ObjectRecord)?,
    _ touched: inout HandleSet
  ) {
    if traits.contains(.node) {
      zoneCounts.count(new?.typed(as: Node.self), insteadOf: old?.typed(as: Node.self))
      updateCapacity(from: old, to: new, touching: &touched)
    }
    if traits.contains(.surrounding) { updateSurroundings(after: kind, touching: &touched) }
  }

  /// Remembers a change; what a kind's first list brings is none.
  private mutating func note(
    _ key: ObjectKey,
    _ kind: KindIndex,
    from old: (any ObjectRecord)?,
    to new: (any ObjectRecord)?,
    by manager: String
  ) {
    // Events tell of changes, and are none themselves.
    guard !kinds[kind.position].traits.contains(.event) else { return }
    if case .unknown = kinds[kind.position].knowledge { return }
    history.append(
      ChangeHistory.Entry(time: time, key: key, old: old, new: new, manager: manager)
    )
  }

  /// Says whether `kind` is known, and where it is not, whether that is so because its objects may not be seen.
  ///
  /// Touches what names its objects, and for a custom kind its definition: a check that could not
  /// tell may tell now, or no longer.
  package mutating func setKnowledge(
    of kind: ObjectKind,
    to newKnowledge: Knowledge,
    isForbidden: Bool = false,
    touching touched: inout HandleSet
  ) {
    let index = index(of: kind).position
    guard kinds[index].knowledge != newKnowledge || kinds[index].isForbidden != isForbidden else {
      return
    }
    kinds[index].knowledge = newKnowledge
    kinds[index].isForbidden = isForbidden
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
      handles.remove(handle, hash: name.tableHash, in: store.vertices)
      if let kind = name.kind { kinds[kind.position].absent.remove(handle) }
      self[handle] = Vertex(.free)
      freeHandles.append(handle)
    }
    possiblyUnused.removeAll()
    return unused
  }
}

// MARK: - Questions

extension ClusterGraph {
  package func handle(of id: VertexID) -> Handle? {
    name(of: id).flatMap { handles.first(named: $0, hash: $0.tableHash, in: store.vertices) }
  }

  package func id(of handle: Handle) -> VertexID? {
    isInUse(handle) ? id(of: self[handle].name) : nil
  }

  package func record(of handle: Handle) -> (any ObjectRecord)? {
    store.record(of: handle)
  }

  /// The kind of an object, there or not; `nil` for a vertex that is no object.
  package func kind(of handle: Handle) -> ObjectKind? {
    guard isInUse(handle) else { return nil }
    return self[handle].name.kind.map { kinds[$0.position].kind }
  }

  /// The number that this graph gave the kind of an object, there or not, for good; `nil` for a vertex that is no
  /// object.
  package func kindNumber(of handle: Handle) -> Int? {
    isInUse(handle) ? self[handle].name.kind?.position : nil
  }

  package func kind(numbered number: Int) -> ObjectKind { kinds[number].kind }

  package func record(_ key: ObjectKey) -> (any ObjectRecord)? {
    handle(of: .object(key)).flatMap(record(of:))
  }

  /// The version of the object's last known state; empty where it is absent.
  package func resourceVersion(_ key: ObjectKey) -> String {
    handle(of: .object(key)).flatMap(store.resourceVersion(of:)) ?? ""
  }

  /// All vertices, for an inspection from nothing.
  package var allHandles: HandleSet {
    var all: HandleSet = []
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

  /// The vertices that `handle` names or selects over edges of `relation`, without what they are.
  package func targetHandles(of handle: Handle, over relation: Relation) -> [Handle] {
    let named = outgoing(of: handle).filter { $0.relation == relation }.map(\.target)
    return relation == .selection ? named + selected(by: handle) : named
  }

  /// The vertices that name `handle` over edges of `relation`, without what they are, in no order.
  package func referrerHandles(of handle: Handle, over relation: Relation) -> [Handle] {
    var handles: [Handle] = []
    self[handle].incoming.forEach { edgeRelation, source in
      if edgeRelation == relation { handles.append(source) }
    }
    return handles
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
      return isAbsent(edge.target)
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

  func isOptional(_ relation: Relation, from source: Handle, to target: Handle) -> Bool {
    outgoing(of: source).first { $0.relation == relation && $0.target == target }?.isOptional
      ?? false
  }

  func neighbour(
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
      presence: record(of: handle).map(Presence.present) ?? absence(of: id)
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

  func outgoing(of handle: Handle) -> ArraySlice<Edge> { store.outgoing(of: handle) }

  /// Whether the handle is one of a vertex, and not freed.
  private func isInUse(_ handle: Handle) -> Bool {
    handle.position < store.vertices.count && !self[handle].isFree
  }

  /// The handle of a vertex, which is made where there is none; `guess` is one that it may be.
  mutating func handle(making id: VertexID, guess: Handle? = nil) -> Handle {
    let name = name(making: id)
    if let guess, self[guess].name == name { return guess }
    return handle(naming: name)
  }

  /// The handle of the vertex with a name, which is made where there is none.
  private mutating func handle(naming name: VertexName) -> Handle {
    let hash = name.tableHash
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
}
