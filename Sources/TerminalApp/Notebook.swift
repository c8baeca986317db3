import Inspection
import Journal
import LocalState
import Monitoring

/// What users keep from one start to the next: what they said of findings, and named views.
package struct Notebook: Sendable {
  static let nowhere = "There is no folder in which it could be kept."

  /// How often it is looked whether another program added to the notes.
  private static let interval = Duration.seconds(2)

  private let notes: FindingNotesFile
  private let viewsFile: ViewsFile
  private let author: String

  /// Keeps all in files of one folder.
  package init(folder: String, author: String) {
    notes = FindingNotesFile("\(folder)/findings.jsonl")
    viewsFile = ViewsFile("\(folder)/views.yaml")
    self.author = author
  }

  /// Tells the fleet what was said of findings, by other programs too, until the task is cancelled;
  /// what cannot be read is said once.
  func follow(_ fleet: Fleet, say: @Sendable (Message) -> Void) async {
    // Of several the last would cover the others.
    var sentences = viewsProblem.map { ["Views are not read. \($0)"] } ?? []
    var known = FindingNotes()
    var said: StateProblem?
    repeat {
      var problem: StateProblem?
      do {
        let read = try await notes.read()
        if read != known { await fleet.take(read) }
        known = read
        problem = await notes.problem
      } catch {
        problem = error
      }
      if let problem, problem != said { sentences.append("Not all notes are read. \(problem)") }
      said = problem
      if !sentences.isEmpty { say(.notice(sentences.joined(separator: " "))) }
      sentences = []
    } while (try? await Task.sleep(for: Self.interval)) != nil
  }

  /// Keeps what the user said, and has the fleet show it.
  func add(
    _ pending: [PendingNote],
    to fleet: Fleet,
    _ journal: JournalStore?
  ) async -> Message {
    let now = WallClock.system.now()
    let new = pending.map {
      FindingNote($0.content, $0.finding, author: author, time: now, reason: $0.reason)
    }
    do throws(StateProblem) {
      await fleet.take(try await notes.append(new))
    } catch {
      return .notice("Not kept. \(error)")
    }
    do throws(JournalProblem) {
      try await journal?.add(new)
      return .stale
    } catch {
      return .notice("Kept, and not journaled. \(error)")
    }
  }

  private var viewsProblem: StateProblem? {
    do {
      _ = try viewsFile.load()
      return nil
    } catch {
      return error
    }
  }

  /// The commands of the views by name; none where they cannot be read, which was said.
  func views() -> [String: String] { (try? viewsFile.load()) ?? [:] }

  func saveView(_ name: String, _ command: String?) -> Message {
    do {
      _ = try viewsFile.set(name, to: command)
      return .notice(
        command.map { "View \(name) is kept: \($0)" } ?? "View \(name) is forgotten."
      )
    } catch {
      return .notice("Not kept. \(error)")
    }
  }
}
