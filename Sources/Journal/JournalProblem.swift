import GRDB
package import LocalState

/// Why nothing can be written into the journal, or read from it.
package enum JournalProblem: Error, Equatable, Sendable {
  /// Nobody says where the user's files are.
  case noFolder
  /// Its file cannot be made or opened.
  case unusable(StateProblem)
  case damaged(path: String, reason: String)
  /// A newer KPatrol has changed what the file is like.
  case newer(path: String)
  case diskFull(path: String)
  /// Another program has kept it locked for longer than anybody waits.
  case busy(path: String)
  case failed(path: String, reason: String)

  /// What SQLite says of a file.
  init(_ error: any Error, path: String) {
    guard let error = error as? DatabaseError else {
      self = .failed(path: path, reason: "\(error)")
      return
    }
    let reason = error.message ?? error.resultCode.description
    switch error.resultCode.primaryResultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(path: path, reason: reason)
    case .SQLITE_FULL: self = .diskFull(path: path)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
    default: self = .failed(path: path, reason: reason)
    }
  }
}

extension JournalProblem: CustomStringConvertible {
  /// What is wrong, then what helps.
  package var description: String {
    switch self {
    case .noFolder:
      "There is no folder for the journal. Set HOME or XDG_STATE_HOME, then start again."
    case .unusable(let problem): "\(problem). Make it writable, then try again."
    case .damaged(let path, let reason):
      "\(path) is damaged (\(reason)). Move it away; a new one is begun then."
    case .newer(let path):
      "\(path) was written by a newer KPatrol. Use that one, or move the file away."
    case .diskFull(let path): "\(path): the disk is full. Free some space, then try again."
    case .busy(let path): "\(path) is locked by another program. Try again when that is done."
    case .failed(let path, let reason):
      "\(path) cannot be used (\(reason)). See whether the file is yours, and its disk writable."
    }
  }
}
