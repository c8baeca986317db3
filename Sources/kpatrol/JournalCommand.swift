import ArgumentParser
import Foundation
import Healing
import Journal
import KubernetesObjects
import LocalState
import Reporting
import TerminalApp
import WireFormats

/// Shows what happened, and takes heals back.
struct JournalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "journal",
    abstract: "Shows what happened to findings and what was healed, and takes heals back.",
    discussion: """
      The journal is journal.sqlite in $XDG_STATE_HOME/kpatrol, or ~/.local/state/kpatrol. \
      Exit codes: 0 done, 1 refused or failed, 2 a mistake of the command line, or a journal that cannot \
      be read.
      """,
    subcommands: [List.self, Show.self, Undo.self, Export.self],
    defaultSubcommand: List.self
  )

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists what happened, newest first.")

    @Option(
      help: "Only what happened since then: a time such as 2026-11-26T12:00:00Z, or 90m, 8h, 7d."
    )
    var since: JournalMoment?

    @Option(help: "Only what happened in this cluster: the name of its context.")
    var cluster: String?

    @Option(
      help: "Only lines of this kind: batch, finding, heal or note; may be given several times."
    )
    var kind: [JournalEntry.Kind] = []

    @Option(name: [.short, .long], help: "The form of the output: table or json.")
    var output = ListChecks.Form.table

    @Option(help: "At most so many lines.")
    var limit = 1000

    func run() async throws {
      let kinds = kind.isEmpty ? JournalEntry.Kind.allCases : kind
      let query = JournalQuery(
        since: since?.time,
        cluster: cluster,
        kinds: Set(kinds),
        limit: max(1, limit)
      )
      let entries = try await JournalFile.read { journal throws(JournalProblem) in
        try await journal.entries(query)
      }
      let found = entries ?? []
      try StandardOutput.write(
        output == .json ? JournalTable.json(found) : JournalTable.text(found)
      )
      guard found.isEmpty, output == .table else { return }
      FileHandle.standardError.write(Data("Nothing of that sort is journaled yet.\n".utf8))
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows all that is known of a heal, of a batch, or of a finding.",
      discussion: "Of a heal with the backups of what it changed, as YAML."
    )

    @Argument(
      help: "The number of a heal, or the id of a batch or a finding, as journal list tells it."
    )
    var id: String

    func run() async throws {
      let text: String? = try await JournalFile.read { journal throws(JournalProblem) in
        if let number = Int64(id), id.utf8.count < 16 {
          return try await journal.heal(HealIntent.ID(number)).map(JournalTable.text(of:))
        }
        if let number = id.split(separator: "batch-").first.flatMap({ Int64($0) }),
          id == "batch-\(number)"
        {
          return try await journal.batch(BatchIntent.ID(number)).map(JournalTable.text(of:))
        }
        return try await journal.finding(id).map(JournalTable.text(of:))
      }
      guard let text else { throw JournalFile.unknown(id) }
      try StandardOutput.write(text)
    }
  }

  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints the whole journal as JSON lines, for other programs.",
      discussion: """
        An object a line; its "type" is finding, note, heal or batch, its "version" 1. Members are only ever added; \
        what is not known is left out. Times are as in RFC 3339. Of Secrets no values are in it.
        """
    )

    @Option(help: "Write into this file, whole or not at all.")
    var outputFile: String?

    func run() async throws {
      let (journal, path) = try JournalFile.standard()
      guard FileManager.default.fileExists(atPath: path) else { return }
      do {
        guard let outputFile else {
          return try await journal.export { try StandardOutput.write($0) }
        }
        try await OutputFile.write(to: outputFile) { write in try await journal.export(write) }
      } catch let problem as JournalProblem {
        throw UsageFailure(problem)
      }
    }
  }
}

/// The journal of the user who runs the command.
enum JournalFile {
  static func standard() throws -> (journal: JournalStore, path: String) {
    guard let folder = StateFolder.path(ProcessInfo.processInfo.environment) else {
      throw UsageFailure(JournalProblem.noFolder)
    }
    return (JournalStore(folder: folder), "\(folder)/journal.sqlite")
  }

  /// Reads from it; `nil` where there is none, which is not made for that.
  static func read<Value: Sendable>(
    _ body: (JournalStore) async throws(JournalProblem) -> Value?
  ) async throws -> Value? {
    let (journal, path) = try standard()
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do {
      return try await body(journal)
    } catch {
      throw UsageFailure(error)
    }
  }

  static func unknown(_ id: String) -> UsageFailure {
    UsageFailure("The journal knows nothing of \(id). kpatrol journal list tells what there is.")
  }
}

/// A point in time as the command line tells it, or how long ago that was.
struct JournalMoment: ExpressibleByArgument {
  let time: Timestamp

  init?(argument: String) {
    if let time = Timestamp(rfc3339: argument) {
      self.time = time
    } else if let duration = DurationText.duration(argument) {
      let now = Timestamp(millisecondsSince1970: Int64(Date.now.timeIntervalSince1970 * 1000))
      time = now - duration
    } else {
      return nil
    }
  }
}

extension JournalEntry.Kind: ExpressibleByArgument {}
