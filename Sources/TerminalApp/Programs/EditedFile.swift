import Foundation
import LocalState

/// The file that a user edits, in a folder that is theirs alone and goes with it.
struct EditedFile {
  let path: String
  private let folder: String

  /// `name` is what the editor shows, and tells by its ending that it is YAML.
  init(named name: String, in temporaryFolder: String) throws(StateProblem) {
    // Editors leave copies beside what they edit.
    folder = "\(temporaryFolder)/kpatrol-edit-\(UInt64.random(in: 0 ... .max))"
    let safe = name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "-" }
    path = "\(folder)/\(String(safe.prefix(100))).yaml"
    guard mkdir(folder, 0o700) == 0 else { throw StateProblem(folder) }
  }

  func write(_ text: String) throws(StateProblem) { try PrivateFile.write(text, to: path) }

  /// What stands in it by now; `nil` where it is gone or no text.
  func read() -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
