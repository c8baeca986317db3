import KubernetesObjects
import Monitoring

/// What API servers said of objects that were in sight, as `kubectl get` prints it.
struct CellCache: Sendable {
  private struct Entry {
    var columns: [ResourceTable.Column] = []
    var cells: [String] = []
    var uid: ObjectUID
    /// Of which version it is, and which one was known when it was asked for.
    var version = ""
    var askedVersion: String
    /// Why it was not told.
    var failure: String?
    /// In which second it came.
    var second: Int
  }

  /// How many objects are asked for in one go.
  private static let batch = 12
  /// For how many seconds a failure is not tried again.
  private static let patience = 10
  /// From how many objects on those are forgotten that are in sight no longer.
  private static let limit = 1000

  private var entries: [ClusterObject: Entry] = [:]
  /// What is being asked for, and of which version.
  private var asked: [ClusterObject: (uid: ObjectUID, version: String)] = [:]
  private var second = 0
  /// The columns that were met, beside those that the graph tells.
  private(set) var columns: [ResourceTable.Column] = []
  /// Why the last cells did not come; `nil` where they did.
  private(set) var failure: String?
  /// Whether nobody makes tables of these objects.
  private(set) var isUntold = false

  /// Takes in that a second has passed: what has changed may be asked for again.
  mutating func tick() { second += 1 }

  /// What is to be asked for: rows of which nothing is known first, and such as have changed, but
  /// those no more often than once a second.
  mutating func request(_ rows: some Sequence<ResourcesPage.Row>) -> [ClusterObject] {
    guard asked.isEmpty, !isUntold else { return [] }
    let new = rows.filter { entries[$0.id]?.uid != $0.object.uid }
    let stale = rows.filter { row in
      guard let entry = entries[row.id], entry.uid == row.object.uid else { return false }
      let wait = entry.failure == nil ? 0 : Self.patience
      return row.object.resourceVersion != entry.version
        && (row.object.resourceVersion != entry.askedVersion || entry.failure != nil)
        && entry.second + wait < second
    }
    let wanted = (new + stale).prefix(Self.batch)
    for row in wanted { asked[row.id] = (row.object.uid, row.object.resourceVersion) }
    return wanted.map(\.id)
  }

  /// Takes in answers; those of other screens have been asked for by nobody here.
  mutating func take(_ answers: [ObjectCells], keeping rows: some Sequence<ResourcesPage.Row>) {
    for answer in answers {
      guard let question = asked.removeValue(forKey: answer.object) else { continue }
      var entry = Entry(uid: question.uid, askedVersion: question.version, second: second)
      switch answer.answer {
      case .row(let columns, let row):
        note(columns)
        entry.columns = columns
        entry.cells = row.cells
        entry.uid = row.uid
        entry.version = row.resourceVersion
        failure = nil
      case .gone: continue
      case .untold: isUntold = true
      case .failed(let reason):
        failure = reason
        // What was known stays in sight.
        entry.columns = entries[answer.object]?.columns ?? []
        entry.cells = entries[answer.object]?.cells ?? []
        entry.failure = reason
      }
      entries[answer.object] = entry
    }
    forget(keeping: rows)
  }

  /// What a column says of a row; `nil` while that is not known.
  func text(_ column: String, of row: ResourcesPage.Row) -> String? {
    guard let entry = entries[row.id], entry.uid == row.object.uid,
      let index = entry.columns.firstIndex(where: { $0.name == column })
    else { return nil }
    return entry.cells[index]
  }

  private mutating func note(_ new: [ResourceTable.Column]) {
    for column in new
    where !["Name", "Namespace", "Age"].contains(column.name)
      && !columns.contains(where: { $0.name == column.name })
    {
      columns.append(column)
    }
  }

  private mutating func forget(keeping rows: some Sequence<ResourcesPage.Row>) {
    guard entries.count > Self.limit else { return }
    let kept = Set(rows.map(\.id))
    entries = entries.filter { kept.contains($0.key) }
  }
}
