import KubernetesObjects

/// What the user was told in this run, the oldest first.
struct NoticeLog: Sendable, Equatable {
  struct Entry: Sendable, Equatable {
    let time: Timestamp?
    let text: String
    /// How many times it was told without anything else between.
    var count = 1
  }

  /// How much is kept.
  static let limit = 500

  private(set) var entries: [Entry] = []

  mutating func add(_ text: String, at time: Timestamp?) {
    var count = 1
    if let last = entries.last, last.text == text { count += entries.removeLast().count }
    entries.append(Entry(time: time, text: text, count: count))
    if entries.count > Self.limit { entries.removeFirst() }
  }
}
