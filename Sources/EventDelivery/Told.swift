import Foundation
import GRDB
import Inspection
import KubernetesObjects
import WireFormats

/// What the sink was told of a finding, or will be for it waits.
struct Told {
  let finding: String
  let cluster: String
  let check: String
  var since: Int64
  var revision: Int64
  let digest: String
  var state: ToldState
  var time: Int64
  /// The finding's JSON as it was told last; empty once that it is over was told.
  var document: [UInt8]

  /// A finding that is there.
  init(_ found: OutboxFinding, revision: Int64, at time: Timestamp) {
    finding = found.id.description
    cluster = found.cluster
    check = found.check.description
    since = found.since.millisecondsSince1970
    self.revision = revision
    digest = found.digest
    state = .raised
    self.time = time.millisecondsSince1970
    document = found.document.encoded()
  }

  private init(_ row: Row) {
    finding = row["finding"]
    cluster = row["cluster"]
    check = row["checkID"]
    since = row["since"]
    revision = row["revision"]
    digest = row["digest"]
    state = ToldState(rawValue: row["state"]) ?? .over
    time = row["time"]
    document = Array(row["document"] as Data)
  }

  init?(of finding: String, in database: Database) throws {
    let statement = try database.cachedStatement(sql: "SELECT * FROM told WHERE finding = ?")
    guard let row = try Row.fetchOne(statement, arguments: [finding]) else { return nil }
    self.init(row)
  }

  /// Those of a cluster of which was told that they are there.
  static func fetchAll(of cluster: String, in database: Database) throws -> [Told] {
    try Row.fetchAll(
      database,
      sql: "SELECT * FROM told WHERE cluster = ? AND state = 1",
      arguments: [cluster]
    ).map { Told($0) }
  }

  /// Those of which could not be told that they are over, the oldest first.
  static func fetchUntold(limit: Int, in database: Database) throws -> [Told] {
    try Row.fetchAll(
      database,
      sql: "SELECT * FROM told WHERE state = 2 ORDER BY time LIMIT ?",
      arguments: [limit]
    ).map { Told($0) }
  }

  /// Where its subject is; empty where that is in no namespace.
  var namespace: String {
    let document = try? JSONValue(parsing: document)
    return document?[path: "subject", "namespace"]?.stringValue ?? ""
  }

  func with(_ state: ToldState, at time: Timestamp) -> Told {
    var told = self
    told.state = state
    told.time = time.millisecondsSince1970
    return told
  }

  func write(to database: Database) throws {
    try database.cachedStatement(
      sql: """
        INSERT INTO told
          (finding, cluster, checkID, since, revision, digest, state, time, document)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (finding) DO UPDATE SET since = excluded.since,
          revision = excluded.revision, digest = excluded.digest, state = excluded.state,
          time = excluded.time, document = excluded.document
        """
    ).execute(arguments: [
      finding, cluster, check, since, revision, digest, state.rawValue, time, Data(document),
    ])
  }
}
