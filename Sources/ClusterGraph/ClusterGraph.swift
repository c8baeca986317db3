package import KubernetesObjects

/// A cluster in memory: objects as vertices, and every way in which one names another as an edge.
///
/// A change costs as much as its own edges, whatever the size of the cluster. Vertices that nobody
/// needs any more stay until ``freeUnusedVertices()``, so that whoever was told of a change can
/// still look at them.
package struct ClusterGraph: Sendable {
  private var vertices: [Vertex?] = []
  private var freeHandles: [Handle] = []
  private var handles: [VertexID: Handle] = [:]
  private var knowledge: [ObjectKind: Knowledge] = [:]
  private var objectsByKind: [ObjectKind: Set<Handle>] = [:]
  /// Objects that are named but not there.
  private var absentByKind: [ObjectKind: Set<Handle>] = [:]
  private var possiblyUnused: Set<Handle> = []
  /// How many objects are in the graph.
  package private(set) var objectCount = 0

  package init() {}
}

// MARK: - Changes

extension ClusterGraph {
  /// Takes in a new or changed object.
  ///
  /// Adds to `touched` the vertex and its neighbours before and after; nothing where the record
  /// equals the one that is there.
  package mutating func upsert(_ snapshot: ObjectSnapshot, touching touched: inout Set<Handle>) {
    let record = snapshot.record
    let handle = handle(making: .object(record.key))
    self[handle].resourceVersion = snapshot.resourceVersion
    if let old = self[handle].record {
      guard !record.isEqual(to: old) else { return }
    } else {
      objectCount += 1
      objectsByKind[record.kind, default: []].insert(handle)
      absentByKind[record.kind]?.remove(handle)
    }
    touchNeighbourhood(of: handle, &touched)
    self[handle].record = record
    connect(handle, to: record.references)
    touchNeighbourhood(of: handle, &touched)
  }

  /// Takes an object out; what names it then names an absent vertex.
  package mutating func remove(_ key: ObjectKey, touching touched: inout Set<Handle>) {
    guard let handle = handles[.object(key)], self[handle].record != nil else { return }
    touchNeighbourhood(of: handle, &touched)
    self[handle].record = nil
    self[handle].resourceVersion = ""
    connect(handle, to: [])
    objectsByKind[key.kind]?.remove(handle)
    absentByKind[key.kind, default: []].insert(handle)
    objectCount -= 1
    possiblyUnused.insert(handle)
  }

  /// Takes in a whole list of `kind` at once, as after a relist; the kind is known from then on.
  ///
  /// Objects that equal what is there touch nothing. A `namespace` narrows the list to its
  /// objects, and those of others stay.
  package mutating func replace(
    _ kind: ObjectKind,
    in namespace: String? = nil,
    with snapshots: [ObjectSnapshot],
    touching touched: inout Set<Handle>
  ) {
    let listed = Set(snapshots.map(\.record.key))
    for handle in objectsByKind[kind] ?? [] {
      guard let key = self[handle].record?.key, !listed.contains(key) else { continue }
      guard namespace == nil || key.namespace == namespace else { continue }
      remove(key, touching: &touched)
    }
    for snapshot in snapshots { upsert(snapshot, touching: &touched) }
    setKnowledge(of: kind, to: .known(in: namespace), touching: &touched)
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
    guard knowledge[kind] != newKnowledge else { return }
    knowledge[kind] = newKnowledge
    for handle in absentByKind[kind] ?? [] { touchNeighbourhood(of: handle, &touched) }
    for handle in objectsByKind[CustomResourceDefinition.kind] ?? [] {
      let definition = self[handle].record as? CustomResourceDefinition
      if definition?.definedKind == kind { touched.insert(handle) }
    }
  }

  /// Forgets vertices that are neither there nor named, and says which they were.
  @discardableResult
  package mutating func freeUnusedVertices() -> [Handle] {
    let unused = possiblyUnused.filter { vertices[$0.position]?.isUnused == true }
    for handle in unused {
      let id = self[handle].id
      handles[id] = nil
      if let kind = id.objectKey?.kind { absentByKind[kind]?.remove(handle) }
      vertices[handle.position] = nil
      freeHandles.append(handle)
    }
    possiblyUnused = []
    return Array(unused)
  }
}

// MARK: - Questions

extension ClusterGraph {
  package func handle(of id: VertexID) -> Handle? { handles[id] }

  package func id(of handle: Handle) -> VertexID? { vertices[handle.position]?.id }

  package func record(of handle: Handle) -> (any ObjectRecord)? {
    vertices[handle.position]?.record
  }

  package func record(_ key: ObjectKey) -> (any ObjectRecord)? {
    handles[.object(key)].flatMap(record(of:))
  }

  /// The version of the object's last known state; empty where it is absent.
  package func resourceVersion(_ key: ObjectKey) -> String {
    handles[.object(key)].flatMap { vertices[$0.position]?.resourceVersion } ?? ""
  }

  package func knowledge(of kind: ObjectKind) -> Knowledge {
    knowledge[kind] ?? .unknown("not listed yet")
  }

  /// All vertices, for an inspection from nothing.
  package var allHandles: Set<Handle> { Set(handles.values) }

  /// How many vertices are stored, absent ones included.
  package var vertexCount: Int { handles.count }

  /// The keys of all objects of a kind.
  package func keys(of kind: ObjectKind) -> [ObjectKey] {
    (objectsByKind[kind] ?? []).compactMap { vertices[$0.position]?.record?.key }
  }

  /// How many objects of a kind there are.
  package func count(of kind: ObjectKind) -> Int { objectsByKind[kind]?.count ?? 0 }

  package func presence(of id: VertexID) -> Presence {
    guard case .object(let key) = id else { return .notAnObject }
    if let record = record(key) { return .present(record) }
    switch knowledge(of: key.kind) {
    case .known: return .absent
    case .knownIn(let namespace):
      return key.namespace == namespace
        ? .absent : .unknown("only namespace \(namespace) is followed")
    case .unknown(let reason): return .unknown(reason)
    }
  }

  /// The vertices that `handle` names, over edges of `relation` or all.
  package func targets(of handle: Handle, over relation: Relation? = nil) -> [Neighbour] {
    (vertices[handle.position]?.outgoing ?? []).compactMap { edge in
      guard relation == nil || edge.relation == relation else { return nil }
      return neighbour(edge.target, over: edge.relation, isOutgoing: true)
    }
  }

  /// The vertices that name `handle`, over edges of `relation` or all, in no order.
  package func referrers(of handle: Handle, over relation: Relation? = nil) -> [Neighbour] {
    var neighbours: [Neighbour] = []
    vertices[handle.position]?.incoming.forEach { edgeRelation, source in
      guard relation == nil || edgeRelation == relation,
        let neighbour = neighbour(source, over: edgeRelation, isOutgoing: false)
      else { return }
      neighbours.append(neighbour)
    }
    return neighbours
  }

  /// Whether anybody names `handle` over an edge of `relation`.
  package func hasReferrer(_ handle: Handle, over relation: Relation) -> Bool {
    vertices[handle.position]?.incoming.contains(relation) ?? false
  }

  private func neighbour(
    _ handle: Handle,
    over relation: Relation,
    isOutgoing: Bool
  ) -> Neighbour? {
    guard let vertex = vertices[handle.position] else { return nil }
    return Neighbour(
      relation: relation,
      isOutgoing: isOutgoing,
      id: vertex.id,
      presence: vertex.record.map(Presence.present) ?? presence(of: vertex.id)
    )
  }
}

// MARK: - Storage

extension ClusterGraph {
  /// The vertex at a handle that is known to be in use.
  private subscript(handle: Handle) -> Vertex {
    get {
      guard let vertex = vertices[handle.position] else {
        preconditionFailure("A freed handle was used.")
      }
      return vertex
    }
    _modify {
      guard var vertex = vertices[handle.position] else {
        preconditionFailure("A freed handle was used.")
      }
      vertices[handle.position] = nil  // Leaves `vertex` as the only owner: edits are in place.
      defer { vertices[handle.position] = vertex }
      yield &vertex
    }
  }

  private mutating func handle(making id: VertexID) -> Handle {
    if let handle = handles[id] { return handle }
    let handle: Handle
    if let free = freeHandles.popLast() {
      handle = free
      vertices[handle.position] = Vertex(id: id)
    } else {
      handle = Handle(vertices.count)
      vertices.append(Vertex(id: id))
    }
    handles[id] = handle
    if let kind = id.objectKey?.kind { absentByKind[kind, default: []].insert(handle) }
    return handle
  }

  /// Makes the edges of `handle` those of `references`, and changes only what differs.
  private mutating func connect(_ handle: Handle, to references: [Reference]) {
    let old = self[handle].outgoing
    var new: [Edge] = []
    new.reserveCapacity(references.count)
    for reference in references {
      let edge = Edge(relation: reference.relation, target: self.handle(making: reference.target))
      if !new.contains(edge) { new.append(edge) }
    }
    for edge in old where !new.contains(edge) {
      self[edge.target].incoming.remove(edge.relation, from: handle)
      possiblyUnused.insert(edge.target)
    }
    for edge in new where !old.contains(edge) {
      self[edge.target].incoming.insert(edge.relation, from: handle)
    }
    self[handle].outgoing = new
  }

  private func touchNeighbourhood(of handle: Handle, _ touched: inout Set<Handle>) {
    guard let vertex = vertices[handle.position] else { return }
    touched.insert(handle)
    for edge in vertex.outgoing { touched.insert(edge.target) }
    vertex.incoming.forEach { _, source in touched.insert(source) }
  }
}
