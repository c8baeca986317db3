import GRDB

/// What the journal's tables are like, and how they became so.
enum JournalSchema {
  /// What is written of a heal must be there after a power cut as well.
  static var layout: StateDatabase.Layout {
    StateDatabase.Layout(label: "journal", migrator: migrator, outlastsPowerCuts: true)
  }

  /// The steps from an empty file to what this program knows; one that was shipped is never changed.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { try $0.execute(sql: first) }
    migrator.registerMigration("2") { try $0.execute(sql: batches) }
    migrator.registerMigration("3") { try $0.execute(sql: namespaces) }
    return migrator
  }

  /// Where a finding's subject is: who looks at a part of the namespaces ends no more than what is there.
  ///
  /// `NULL` where an older program wrote it.
  private static let namespaces = "ALTER TABLE occurrence ADD COLUMN namespace TEXT;"

  /// What was confirmed together, each plan of it as a document.
  private static let batches = """
    CREATE TABLE batch (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      author TEXT NOT NULL,
      program TEXT NOT NULL,
      begun INTEGER NOT NULL,
      plans TEXT NOT NULL,
      ended INTEGER,
      reason TEXT
    ) STRICT;
    CREATE INDEX batchByTime ON batch(begun);
    CREATE INDEX unfinishedBatch ON batch(id) WHERE ended IS NULL;
    ALTER TABLE heal ADD COLUMN batch INTEGER;
    CREATE INDEX healOfBatch ON heal(batch) WHERE batch IS NOT NULL;
    """

  /// Times are milliseconds since 1970; documents are JSON.
  private static let first = """
    CREATE TABLE occurrence (
      id INTEGER PRIMARY KEY,
      finding TEXT NOT NULL,
      cluster TEXT NOT NULL,
      checkID TEXT NOT NULL,
      severity TEXT NOT NULL,
      subject TEXT NOT NULL,
      message TEXT NOT NULL,
      since INTEGER NOT NULL,
      raised INTEGER NOT NULL,
      resolved INTEGER,
      wasSeenEnding INTEGER NOT NULL DEFAULT 1
    ) STRICT;
    CREATE UNIQUE INDEX openOccurrence ON occurrence(finding) WHERE resolved IS NULL;
    CREATE INDEX occurrenceOfFinding ON occurrence(finding, resolved);
    CREATE INDEX occurrenceByTime ON occurrence(raised);
    CREATE TABLE note (
      id INTEGER PRIMARY KEY,
      finding TEXT NOT NULL,
      content TEXT NOT NULL,
      until INTEGER,
      author TEXT NOT NULL,
      time INTEGER NOT NULL,
      reason TEXT NOT NULL,
      UNIQUE (finding, content, time, author)
    ) STRICT;
    CREATE INDEX noteByTime ON note(time);
    CREATE TABLE heal (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      cluster TEXT NOT NULL,
      finding TEXT,
      undoes INTEGER,
      title TEXT NOT NULL,
      author TEXT NOT NULL,
      program TEXT NOT NULL,
      begun INTEGER NOT NULL,
      intent TEXT NOT NULL,
      outcome TEXT,
      detail TEXT,
      ended INTEGER
    ) STRICT;
    CREATE INDEX healByTime ON heal(begun);
    CREATE INDEX healOfFinding ON heal(finding) WHERE finding IS NOT NULL;
    CREATE INDEX undoOfHeal ON heal(undoes) WHERE undoes IS NOT NULL;
    CREATE INDEX unfinishedHeal ON heal(id) WHERE outcome IS NULL;
    CREATE TABLE call (
      id INTEGER PRIMARY KEY,
      heal INTEGER NOT NULL REFERENCES heal(id) ON DELETE CASCADE,
      step INTEGER NOT NULL,
      sent INTEGER NOT NULL,
      target TEXT NOT NULL,
      method TEXT NOT NULL,
      path TEXT NOT NULL,
      contentType TEXT NOT NULL,
      body TEXT NOT NULL,
      backup TEXT,
      answered INTEGER,
      isAccepted INTEGER,
      answer TEXT,
      UNIQUE (heal, step)
    ) STRICT;
    CREATE TABLE proof (
      id INTEGER PRIMARY KEY,
      heal INTEGER NOT NULL REFERENCES heal(id) ON DELETE CASCADE,
      time INTEGER NOT NULL,
      proof TEXT NOT NULL
    ) STRICT;
    CREATE INDEX proofOfHeal ON proof(heal);
    """
}
