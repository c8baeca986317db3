import KubernetesObjects
import Monitoring

/// What API servers said of objects that were in sight, as `kubectl get` prints it.
struct CellCache: Sendable {
  private struct Entry {
    var columns: [ResourceTable.Column] = []
    var cells: [String] = []
    /// Of which object and version it is; `nil` where nothing came.
    var uid: ObjectUID?
    var version: String?
    /// Of which object and version it was asked for.
    var asked: Question
    /// Why it was not told.
    var failure: String?
    /// In which second it came.
    var second: Int
  }

  private struct Question: Equatable {
    let uid: ObjectUID
    let version: String
  }

  /// How many objects are asked for in one go.
  private static let batch = 12
  /// For how many seconds a failure is not tried again.
  private static let patience = 10
  /// From how many objects on those are forgotten that are in sight no longer.
  private static let limit = 1000

  private var entries: [ClusterObject: Entry] = [:]
  /// What is being asked for.
  private var asked: [ClusterObject: Question] = [:]
  private var second = 0
  /// The columns that were met, beside those that the graph tells.
  private(set) var columns: [ResourceTable.Column] = []
  /// Why the last cells did not come; `nil` where they did.
  private(set) var failure: String?
  /// Whether nobody makes tables of these objects.
  private(set) var isUntold = false

  /// Takes in that a second has passed: what has changed may be asked for again.
  mutating func tick() { second += 1 }

  /// What is to be asked for, a few objects of each cluster that has answered what it was asked: rows
  /// of which nothing is known first, and such as have changed, but those no more often than once a
  /// second.
  mutating func request(_ rows: some Sequence<ResourcesPage.Row>) -> [[ClusterObject]] {
    guard !isUntold else { return [] }
    let busy = Set(asked.keys.map(\.cluster))
    let rows = rows.filter { !busy.contains($0.cluster) }
    let wanted = rows.filter { entries[$0.id] == nil } + rows.filter(isStale)
    var batches: [String: [ClusterObject]] = [:]
    for row in wanted where batches[row.cluster, default: []].count < Self.batch {
      batches[row.cluster, default: []].append(row.id)
      asked[row.id] = Question(uid: row.object.uid, version: row.object.resourceVersion)
    }
    return batches.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Whether something else is to be said of a row by now.
  private func isStale(_ row: ResourcesPage.Row) -> Bool {
    guard let entry = entries[row.id] else { return false }
    let object = row.object
    if entry.failure != nil { return entry.second + Self.patience < second }
    // The answer may be newer than what the graph knows, which then has not changed since.
    let isKnown = entry.uid == object.uid && entry.version == object.resourceVersion
    let wasAsked =
      entry.asked == Question(uid: object.uid, version: object.resourceVersion)
    guard !isKnown, !wasAsked else { return false }
    return entry.asked.uid != object.uid || entry.second < second
  }

  /// Takes in answers; those of other screens have been asked for by nobody here.
  mutating func take(_ answers: [ObjectCells], keeping rows: some Sequence<ResourcesPage.Row>) {
    for answer in answers {
      guard let question = asked.removeValue(forKey: answer.object) else { continue }
      var entry = Entry(asked: question, second: second)
      switch answer.answer {
      case .row(let columns, let row):
        note(columns)
        entry.columns = columns
        entry.cells = row.cells
        entry.uid = row.uid
        entry.version = row.resourceVersion
        failure = nil
      case .gone: break
      case .untold: isUntold = true
      case .failed(let reason):
        failure = reason
        // What was known stays in sight.
        entry = entries[answer.object] ?? entry
        entry.second = second
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
