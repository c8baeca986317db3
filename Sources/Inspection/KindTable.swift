import ClusterGraph
import KubernetesObjects

/// Values by kinds, found by the numbers that a graph gives them: asked for each vertex that is
/// touched, a table of kinds would hash their names each time.
struct KindTable<Value: Sendable>: Sendable {
  private struct Entry: Sendable {
    let kind: ObjectKind
    let value: Value?
  }

  private var values: [ObjectKind: Value] = [:]
  /// What was found, by the kinds' numbers.
  private var found: [Entry?] = []

  var isEmpty: Bool { values.isEmpty }

  subscript(kind: ObjectKind) -> Value? {
    get { values[kind] }
    set {
      values[kind] = newValue
      found = []
    }
  }

  /// The value for the kind of an object, there or not; `nil` for a vertex that is no object.
  mutating func value(forKindOf handle: Handle, in graph: ClusterGraph) -> Value? {
    guard let number = graph.kindNumber(of: handle) else { return nil }
    let kind = graph.kind(numbered: number)
    // Another graph may number its kinds otherwise.
    if number < found.count, let entry = found[number], entry.kind == kind { return entry.value }
    if number >= found.count { found += Array(repeating: nil, count: number + 1 - found.count) }
    found[number] = Entry(kind: kind, value: values[kind])
    return values[kind]
  }
}
