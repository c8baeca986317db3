import KubernetesObjects
import Monitoring

/// The objects that somebody marked in a list, to do something with all of them.
struct ObjectMarks: Sendable {
  /// How many are marked at once at most.
  static let limit = 1000

  /// An object that was made anew under the same name is another one.
  private var marked: [ClusterObject: ObjectUID] = [:]
  /// In which order they were marked.
  private var order: [ClusterObject] = []
  /// The row that was marked last, from which a range goes on.
  var anchor: Int?
  /// What was asked for, to be marked.
  var pending: ResourcesQuery?

  var isEmpty: Bool { marked.isEmpty }
  var count: Int { marked.count }
  /// The marked ones, in the order in which they were marked.
  var objects: [ClusterObject] { order }

  func contains(_ row: ResourcesPage.Row) -> Bool { marked[row.id] == row.object.uid }

  mutating func toggle(_ row: ResourcesPage.Row) {
    if contains(row) { remove(row.id) } else { add([row]) }
  }

  mutating func add(_ rows: [ResourcesPage.Row]) {
    pending = nil
    for row in rows where count < Self.limit || marked[row.id] != nil {
      if marked.updateValue(row.object.uid, forKey: row.id) == nil { order.append(row.id) }
    }
  }

  mutating func clear() { self = ObjectMarks() }

  /// Takes in how objects are by now: what is about to go, or was made anew, is marked no longer.
  mutating func update(_ rows: [ResourcesPage.Row]) {
    guard !isEmpty else { return }
    for row in rows where marked[row.id] != nil && !contains(row) { remove(row.id) }
  }

  private mutating func remove(_ object: ClusterObject) {
    marked[object] = nil
    order.removeAll { $0 == object }
  }
}
