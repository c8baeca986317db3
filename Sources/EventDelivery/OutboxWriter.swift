import CloudEvents
import Foundation
import GRDB
import Inspection
import KubernetesObjects
import WireFormats

/// Writes changes within one transaction: an event, and that it is told, are there together or not at all.
///
/// What finds no room is not told, and counts as not told: once there is room the same change is found again.
struct OutboxWriter {
  private static let laneCount: UInt64 = 64

  private let database: Database
  private let limits: OutboxLimits
  /// Whether events of a type are told at all.
  private let tells: (String) -> Bool
  private var events: Int
  private var bytes: Int
  private(set) var dropped: DroppedEvents = [:]

  init(_ database: Database, _ limits: OutboxLimits, tells: @escaping (String) -> Bool) throws {
    self.database = database
    self.limits = limits
    self.tells = tells
    let size = try Row.fetchOne(database, sql: "SELECT events, bytes FROM size")
    events = size?["events"] ?? 0
    bytes = size?["bytes"] ?? 0
  }

  mutating func take(_ change: OutboxChange) throws {
    switch change {
    case .there(let finding, let time): try note(finding, at: time)
    case .over(let id, let time):
      if let told = try Told(of: id.description, in: database) { try end(told, at: time) }
    case .elsewhere(let id):
      try database.cachedStatement(sql: "DELETE FROM told WHERE finding = ?")
        .execute(arguments: [id.description])
    case .looked(let look): try take(look)
    case .event(let event, let about, let time): _ = try add(event, about: about, at: time)
    }
  }

  // MARK: Findings

  private mutating func note(_ finding: OutboxFinding, at time: Timestamp) throws {
    let old = try Told(of: finding.id.description, in: database)
    guard let old, old.state != .over else {
      // The same occurrence over again must not look like the event that told it first.
      let isAgain = old?.since == finding.since.millisecondsSince1970
      let told = Told(finding, revision: isAgain ? (old?.revision ?? 0) + 1 : 0, at: time)
      if try add(.raised, told, finding.document, at: time) { try told.write(to: database) }
      return
    }
    guard old.digest != finding.digest else {
      if old.state == .overUntold { try old.with(.raised, at: time).write(to: database) }
      return
    }
    var new = Told(finding, revision: old.revision + 1, at: time)
    new.since = old.since
    if try add(.changed, new, finding.document, at: time) {
      try new.write(to: database)
    } else if old.state == .overUntold {
      try old.with(.raised, at: time).write(to: database)
    }
  }

  private mutating func end(_ told: Told, at time: Timestamp) throws {
    guard told.state != .over else { return }
    var over = told.with(.over, at: time)
    over.revision += 1
    let document = (try? JSONValue(parsing: told.document)) ?? .object([:])
    if try add(.resolved, over, document, at: time) {
      over.document = []
      try over.write(to: database)
    } else if told.state == .raised {
      try told.with(.overUntold, at: time).write(to: database)
    }
  }

  private mutating func take(_ look: FirstLook) throws {
    let findings = Set(look.findings.map(\.description))
    for told in try Told.fetchAll(of: look.cluster, in: database)
    where !findings.contains(told.finding) {
      guard look.sees(CheckID(stringLiteral: told.check), in: told.namespace) else { continue }
      try end(told, at: look.time)
    }
  }

  /// Tells what found no room before, the oldest first, as far as there is room now.
  mutating func tellUntold() throws {
    for told in try Told.fetchUntold(limit: 1_000, in: database) {
      guard hasRoom(for: told.document.count) else { return }
      try end(told, at: Timestamp(millisecondsSince1970: told.time))
    }
  }

  // MARK: Events

  /// Adds an event; `false` where there is no room for it.
  private mutating func add(
    _ kind: FindingEvent.Kind,
    _ told: Told,
    _ document: JSONValue,
    at time: Timestamp
  ) throws -> Bool {
    guard tells(kind.type) else { return true }
    let event = FindingEvent(
      kind: kind,
      document: document,
      since: told.since,
      revision: told.revision
    ).cloudEvent(at: time)
    if kind == .changed, try replace(event, about: told.finding) { return true }
    return try add(event, about: told.finding, at: time)
  }

  private mutating func add(
    _ event: CloudEvent,
    about: String,
    at time: Timestamp
  ) throws -> Bool {
    guard tells(event.type) else { return true }
    let document = event.json.encoded()
    guard hasRoom(for: document.count) else {
      dropped[event.type, default: 0] += 1
      return false
    }
    events += 1
    bytes += document.count
    try database.cachedStatement(
      sql: "INSERT INTO event (lane, about, type, id, document, made) VALUES (?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [
      Self.lane(of: about), about, event.type, event.id, Data(document),
      time.millisecondsSince1970,
    ])
    return true
  }

  /// Puts a change in the place of one that waits as the last of its finding: what changes often does not
  /// pile up.
  private mutating func replace(_ event: CloudEvent, about: String) throws -> Bool {
    let last = try Row.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT number, type, length(document) AS size FROM event
          WHERE about = ? ORDER BY number DESC LIMIT 1
          """
      ),
      arguments: [about]
    )
    guard let last, last["type"] == event.type else { return false }
    let document = event.json.encoded()
    bytes += document.count - (last["size"] as Int)
    try database.cachedStatement(sql: "UPDATE event SET id = ?, document = ? WHERE number = ?")
      .execute(arguments: [event.id, Data(document), last["number"] as Int64])
    return true
  }

  private func hasRoom(for size: Int) -> Bool {
    events < limits.events && bytes + size <= limits.bytes
  }

  /// Events about one thing are in one lane, and leave it in order.
  static func lane(of about: String) -> Int64 { Int64(StableHash(about).value % laneCount) }
}
