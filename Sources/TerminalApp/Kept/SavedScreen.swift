import Foundation
import LocalState

/// Screens that are saved as text.
enum SavedScreen {
  /// Writes lines to a new file that only the user may read, and answers what to tell.
  static func save(_ lines: [String], named name: String, in stateFolder: String?) -> String {
    guard let stateFolder else { return "Nothing is saved: there is no home directory." }
    let folder = "\(stateFolder)/screens"
    let time = Date.now.formatted(
      .iso8601.year().month().day().time(includingFractionalSeconds: true).timeSeparator(.omitted)
    )
    let safe = name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }.prefix(60)
    let path = "\(folder)/\(String(safe))-\(time).txt"
    do {
      try PrivateFile.write(lines.map { $0 + "\n" }.joined(), to: path)
      return "Saved as \(path)"
    } catch {
      return "Not written. \(error)"
    }
  }
}
