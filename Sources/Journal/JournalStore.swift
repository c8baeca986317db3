import GRDB

/// What happened, kept in a file: when findings came and went, what people said of them, and every heal
/// with what it changed and how that was before.
///
/// Several programs may have it open. Where it cannot be written nothing is healed, and all else goes on.
package actor JournalStore {
  private enum Place {
    case file(String)
    case memory
    case nowhere
  }

  private let place: Place
  private var opened: StateDatabase?
  private var opening: Task<Result<StateDatabase, JournalProblem>, Never>?

  /// The journal in a folder; where that is `nil`, nothing can be journaled.
  package init(folder: String?) {
    place = folder.map { .file("\($0)/journal.sqlite") } ?? .nowhere
  }

  private init(inMemory: Void) { place = .memory }

  /// One that ends with the program, as the clusters do of which it tells.
  package static var inMemory: JournalStore { JournalStore(inMemory: ()) }

  /// Opens it, and says why that cannot be done.
  package func problem() async -> JournalProblem? {
    do throws(JournalProblem) {
      _ = try await database()
      return nil
    } catch {
      return error
    }
  }

  /// The file that is open; opened now where it was not yet, could not be, or is another one by now.
  func database() async throws(JournalProblem) -> StateDatabase {
    if let opened, opened.isInPlace { return opened }
    opened = nil
    let task = opening ?? Task { [place] in await Self.open(place) }
    opening = task
    let result = await task.value
    opening = nil
    opened = try result.get()
    return try result.get()
  }

  private static func open(_ place: Place) async -> Result<StateDatabase, JournalProblem> {
    do throws(JournalProblem) {
      switch place {
      case .file(let path):
        return .success(try await StateDatabase.open(path, JournalSchema.layout))
      case .memory: return .success(try StateDatabase.inMemory(JournalSchema.layout))
      case .nowhere: throw .noFolder
      }
    } catch {
      return .failure(error)
    }
  }
}
