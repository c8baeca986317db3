import Foundation
import KubernetesObjects
import LocalState

/// Files that users have screens written into.
enum SavedText {
  /// What is saved: each sort stands in a folder of its own, and has names of its own.
  enum Sort {
    /// The lines of a log.
    case log
    /// A screen as it was seen.
    case screen

    fileprivate var folder: String { self == .log ? "logs" : "screens" }
    fileprivate var suffix: String { self == .log ? "log" : "txt" }
  }

  /// Writes lines into a new file that only the user may read, and answers what to say of it.
  static func save(
    _ lines: [String],
    _ sort: Sort,
    named name: String,
    in stateFolder: String?,
    at time: Timestamp
  ) -> String {
    guard let stateFolder else { return "Nothing is saved: there is no home directory." }
    let safe = name.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-" }
    let start =
      "\(stateFolder)/\(sort.folder)/\(String(safe.prefix(120)))_\(time.rfc3339.filter(\.isNumber))"
    var path = "\(start).\(sort.suffix)"
    var number = 1
    while FileManager.default.fileExists(atPath: path) {
      number += 1
      path = "\(start)-\(number).\(sort.suffix)"
    }
    do throws(StateProblem) {
      // A log may tell what is nobody else's business.
      try PrivateFile.write(lines.map { $0 + "\n" }.joined(), to: path)
      return "\(lines.count) lines saved in \(path)"
    } catch {
      return "Not saved. \(error)"
    }
  }
}
