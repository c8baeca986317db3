import KubernetesObjects

/// All vertices of a graph by their handles.
///
/// What only objects have that are there is stored apart: half of a large cluster's vertices are
/// addresses, and objects that somebody names though they are not there. And of these each part by
/// itself, so that whoever asks for one copies no others.
struct VertexStore: Sendable {
  private(set) var vertices: [Vertex] = []
  private var records: [(any ObjectRecord)?] = []
  private var versions = VersionStore()
  private var outgoing = EdgeStore()
  private var freePositions: [UInt32] = []

  /// The vertex at a handle, in use or freed.
  subscript(handle: Handle) -> Vertex {
    _read { yield vertices[handle.position] }
    _modify { yield &vertices[handle.position] }
  }

  /// The object that is there at a handle.
  func record(of handle: Handle) -> (any ObjectRecord)? {
    position(of: handle).flatMap { records[$0] }
  }

  /// The labels of the object that is there at a handle.
  func labels(of handle: Handle) -> Labels? {
    position(of: handle).flatMap { records[$0]?.labels }
  }

  func resourceVersion(of handle: Handle) -> String? {
    position(of: handle).map { versions[$0] }
  }

  func outgoing(of handle: Handle) -> ArraySlice<Edge> {
    position(of: handle).map { outgoing[$0] } ?? []
  }

  /// From how many edges of a vertex on a table finds one sooner than a look at each.
  static var manyEdges: Int { 32 }

  /// The relations of a vertex's edges; more where there are very many.
  func relations(of handle: Handle) -> RelationSet {
    guard self[handle].incoming.count <= Self.manyEdges else { return .all }
    var relations = RelationSet(.selection)
    for edge in outgoing(of: handle) { relations.insert(edge.relation) }
    self[handle].incoming.forEach { relation, _ in relations.insert(relation) }
    return relations
  }

  private func position(of handle: Handle) -> Int? {
    let position = vertices[handle.position].contentPosition
    return position == Vertex.noContent ? nil : Int(position)
  }

  mutating func append(_ vertex: Vertex) -> Handle {
    vertices.append(vertex)
    return Handle(vertices.count - 1)
  }

  /// Takes in an object's new state, its record `nil` where it equals the old one; its edges stay.
  mutating func setRecord(
    _ record: (any ObjectRecord)?,
    resourceVersion: String,
    of handle: Handle
  ) {
    let position = position(of: handle) ?? makePosition(of: handle)
    if let record { records[position] = record }
    versions[position] = resourceVersion
  }

  /// Gives an object other edges.
  mutating func setOutgoing(_ edges: [Edge], of handle: Handle) {
    guard let position = position(of: handle) else { return }
    outgoing.set(edges, at: position)
  }

  mutating func removeContent(of handle: Handle) {
    guard let position = position(of: handle) else { return }
    records[position] = nil
    versions[position] = ""
    outgoing.set([], at: position)
    freePositions.append(UInt32(position))
    self[handle].contentPosition = Vertex.noContent
  }

  private mutating func makePosition(of handle: Handle) -> Int {
    if let free = freePositions.popLast() {
      self[handle].contentPosition = free
      return Int(free)
    }
    self[handle].contentPosition = UInt32(records.count)
    records.append(nil)
    versions.append()
    outgoing.append()
    return records.count - 1
  }
}
