import KubernetesObjects

/// What a vertex has that is an object, and there.
struct ObjectContent: Sendable {
  var record: any ObjectRecord
  var resourceVersion: String
  var outgoing: [Edge] = []
}

/// All vertices of a graph by their handles.
///
/// What only objects have is stored apart: half of a large cluster's vertices are addresses, and
/// objects that somebody names though they are not there.
struct VertexStore: Sendable {
  private(set) var vertices: [Vertex] = []
  private var contents: [ObjectContent?] = []
  private var freePositions: [UInt32] = []

  /// The vertex at a handle, in use or freed.
  subscript(handle: Handle) -> Vertex {
    _read { yield vertices[handle.position] }
    _modify { yield &vertices[handle.position] }
  }

  /// What is there at a handle.
  func content(of handle: Handle) -> ObjectContent? {
    let vertex = self[handle]
    return vertex.hasContent ? contents[Int(vertex.contentPosition)] : nil
  }

  mutating func append(_ vertex: Vertex) -> Handle {
    vertices.append(vertex)
    return Handle(vertices.count - 1)
  }

  /// Takes in an object's new state; its edges stay.
  mutating func setRecord(
    _ record: any ObjectRecord,
    resourceVersion: String,
    of handle: Handle
  ) {
    guard self[handle].hasContent else {
      insert(ObjectContent(record: record, resourceVersion: resourceVersion), at: handle)
      return
    }
    let position = Int(self[handle].contentPosition)
    contents[position]?.record = record
    contents[position]?.resourceVersion = resourceVersion
  }

  mutating func setOutgoing(_ edges: [Edge], of handle: Handle) {
    contents[Int(self[handle].contentPosition)]?.outgoing = edges
  }

  mutating func removeContent(of handle: Handle) {
    guard self[handle].hasContent else { return }
    contents[Int(self[handle].contentPosition)] = nil
    freePositions.append(self[handle].contentPosition)
    self[handle].contentPosition = Vertex.noContent
  }

  private mutating func insert(_ content: ObjectContent, at handle: Handle) {
    if let position = freePositions.popLast() {
      contents[Int(position)] = content
      self[handle].contentPosition = position
    } else {
      self[handle].contentPosition = UInt32(contents.count)
      contents.append(content)
    }
  }
}
