import GRDB
import Journal

/// What the outbox's tables are like.
enum OutboxSchema {
  /// What was not told is found out from what there is, so that the last second before a power cut may be lost.
  static var layout: StateDatabase.Layout {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { try $0.execute(sql: first) }
    return StateDatabase.Layout(label: "outbox", migrator: migrator, outlastsPowerCuts: false)
  }

  /// Times are milliseconds since 1970; documents are JSON.
  ///
  /// A finding's state is one of ``ToldState``.
  private static let first = """
    CREATE TABLE event (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      lane INTEGER NOT NULL,
      about TEXT NOT NULL,
      type TEXT NOT NULL,
      id TEXT NOT NULL,
      document BLOB NOT NULL,
      made INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX eventAbout ON event(about, number);
    CREATE TABLE told (
      finding TEXT PRIMARY KEY,
      cluster TEXT NOT NULL,
      checkID TEXT NOT NULL,
      since INTEGER NOT NULL,
      revision INTEGER NOT NULL,
      digest TEXT NOT NULL,
      state INTEGER NOT NULL,
      time INTEGER NOT NULL,
      document BLOB NOT NULL
    ) STRICT;
    CREATE INDEX toldOfCluster ON told(cluster, state);
    CREATE INDEX toldOver ON told(state, time) WHERE state <> 1;
    CREATE TABLE size (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      events INTEGER NOT NULL,
      bytes INTEGER NOT NULL
    ) STRICT;
    INSERT INTO size VALUES (1, 0, 0);
    CREATE TRIGGER eventAdded AFTER INSERT ON event BEGIN
      UPDATE size SET events = events + 1, bytes = bytes + length(NEW.document);
    END;
    CREATE TRIGGER eventRemoved AFTER DELETE ON event BEGIN
      UPDATE size SET events = events - 1, bytes = bytes - length(OLD.document);
    END;
    CREATE TRIGGER eventReplaced AFTER UPDATE OF document ON event BEGIN
      UPDATE size SET bytes = bytes + length(NEW.document) - length(OLD.document);
    END;
    """
}

/// What the sink has been told of a finding, or will be for it waits.
enum ToldState: Int64 {
  /// That it is over; kept for a while, so that it is told apart from another that is like it.
  case over = 0
  case raised = 1
  /// That it was raised; that it is over found no room yet.
  case overUntold = 2
}
