import GRDB
package import KubernetesObjects

/// A finding from when it was raised until it was resolved.
package struct Occurrence: Sendable, Equatable {
  package let finding: String
  package let cluster: String
  package let check: String
  package let severity: String
  package let subject: String
  package let message: String
  /// Since when its condition held.
  package let since: Timestamp
  package let raised: Timestamp
  /// `nil` where it is not over.
  package let resolved: Timestamp?
  /// Whether somebody looked when it ended; else it was only found over, then.
  package let wasSeenEnding: Bool

  init(_ row: Row) {
    finding = row["finding"]
    cluster = row["cluster"]
    check = row["checkID"]
    severity = row["severity"]
    subject = row["subject"]
    message = row["message"]
    since = Timestamp(millisecondsSince1970: row["since"])
    raised = Timestamp(millisecondsSince1970: row["raised"])
    let resolved: Int64? = row["resolved"]
    self.resolved = resolved.map(Timestamp.init(millisecondsSince1970:))
    wasSeenEnding = row["wasSeenEnding"]
  }

  /// What became of it, in words.
  package var outcome: String {
    guard let resolved else { return "not over" }
    let duration = DurationText.rough(raised.elapsed(to: resolved))
    return wasSeenEnding ? "resolved after \(duration)" : "found over after \(duration)"
  }
}

/// What a person said of a finding, as the journal has it.
package struct RecordedNote: Sendable, Equatable {
  package let finding: String
  /// `acknowledged`, `muted`, `unacknowledged` or `unmuted`.
  package let content: String
  package let until: Timestamp?
  package let author: String
  package let time: Timestamp
  package let reason: String

  init(_ row: Row) {
    finding = row["finding"]
    content = row["content"]
    let until: Int64? = row["until"]
    self.until = until.map(Timestamp.init(millisecondsSince1970:))
    author = row["author"]
    time = Timestamp(millisecondsSince1970: row["time"])
    reason = row["reason"]
  }
}
