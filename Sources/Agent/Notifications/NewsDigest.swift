import Inspection
import KubernetesObjects
import Monitoring
import WireFormats

/// What a webhook is to be told next: what was raised, changed and resolved since it was told last.
///
/// Its memory is what the receiver knows, so that what comes and goes while it cannot be reached takes no room,
/// and is told to nobody. A value without a clock or a network.
struct NewsDigest: Sendable {
  /// What comes so soon after another is told together with it.
  static let window = Duration.seconds(5)
  /// So many findings a message tells of, of each sort.
  static let limit = 100

  private struct Seen: Sendable {
    let known: KnownFinding
    let version: FindingVersion
  }

  /// What the receiver knows.
  private var told: [FindingID: Seen] = [:]
  /// What is otherwise now; `nil` where it is over.
  private var pending: [FindingID: Seen?] = [:]
  private var due: Timestamp?

  /// The findings that it knows of.
  var ids: Set<FindingID> { Set(told.keys).union(pending.keys) }

  /// When something is to be told; `nil` where nothing is.
  var nextDue: Timestamp? { pending.isEmpty ? nil : due }

  /// Takes in how a finding is now; what is no news is taken for told.
  mutating func note(
    _ id: FindingID,
    _ known: KnownFinding?,
    _ version: FindingVersion,
    isNews: Bool,
    at now: Timestamp
  ) {
    let seen = known.map { Seen(known: $0, version: version) }
    guard isNews else {
      told[id] = seen
      pending[id] = nil
      return
    }
    let isAsTold = Self.says(told[id]?.known, theSameAs: known)
    guard !isAsTold else {
      pending[id] = nil
      return
    }
    if pending.isEmpty { due = now + Self.window }
    pending[id] = .some(seen)
  }

  /// People are told again only of what they would read.
  private static func says(_ old: KnownFinding?, theSameAs new: KnownFinding?) -> Bool {
    guard let old, let new else { return old == nil && new == nil }
    return old.finding.severity == new.finding.severity
      && old.finding.message == new.finding.message && old.team == new.team
  }

  /// The message to send, if its time has come.
  func message(from name: String, at now: Timestamp) -> JSONValue? {
    guard let due = nextDue, due <= now else { return nil }
    var raised: [Seen] = []
    var changed: [Seen] = []
    var resolved: [Seen] = []
    for (id, seen) in pending {
      switch (told[id], seen) {
      case (nil, let seen?): raised.append(seen)
      case (_?, let seen?): changed.append(seen)
      case (let old?, nil): resolved.append(old)
      case (nil, nil): break
      }
    }
    let all = [("raised", raised), ("changed", changed), ("resolved", resolved)]
      .map { ($0.0, $0.1.sorted { Finding.precedes($0.known.finding, $1.known.finding) }) }
    var message: JSONValue = [
      "apiVersion": .string(FindingDocument.apiVersion), "kind": "FindingsNotification",
      "receiver": .string(name), "text": .string(Self.text(all)),
    ]
    var leftOut = 0
    for (name, findings) in all {
      message[name] = .array(
        findings.prefix(Self.limit).map { FindingDocument.value(of: $0.known, $0.version) }
      )
      leftOut += max(0, findings.count - Self.limit)
    }
    message["leftOut"] = .integer(Int64(leftOut))
    return message
  }

  /// Takes in that what was pending was told.
  mutating func noteTold() {
    for (id, seen) in pending { told[id] = seen }
    pending = [:]
    due = nil
  }

  /// A line for people: how many of each, and the worst.
  private static func text(_ all: [(String, [Seen])]) -> String {
    let counts = all.filter { !$0.1.isEmpty }.map { "\($0.1.count) \($0.0)" }
    let worst = all.prefix(2).flatMap(\.1).map(\.known.finding).min(by: Finding.precedes)
    guard let finding = worst ?? all.flatMap(\.1).first?.known.finding else { return "" }
    return counts.joined(separator: ", ") + " · \(finding.cluster) · \(finding.severity.name) "
      + "\(finding.check): \(finding.message)"
  }
}
