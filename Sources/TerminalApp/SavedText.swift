import Foundation
import KubernetesObjects

/// Files that users have screens written into.
enum SavedText {
  /// Writes lines into a new file and answers what to say of it.
  static func save(
    _ lines: [String],
    as name: String,
    at time: Timestamp,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String {
    let folder = folder(environment)
    let safe = String(name.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-" })
    let stamp = time.rfc3339.filter(\.isNumber)
    do {
      try FileManager.default.createDirectory(
        atPath: folder,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
      var path = "\(folder)/\(safe.prefix(120))_\(stamp).log"
      var number = 1
      while FileManager.default.fileExists(atPath: path) {
        number += 1
        path = "\(folder)/\(safe.prefix(120))_\(stamp)-\(number).log"
      }
      let text = lines.map { $0 + "\n" }.joined()
      // A log may tell what is nobody else's business.
      guard
        FileManager.default.createFile(
          atPath: path,
          contents: Data(text.utf8),
          attributes: [.posixPermissions: 0o600]
        )
      else { return "Not saved: \(path) cannot be written." }
      return "\(lines.count) lines saved in \(path)"
    } catch {
      return "Not saved: \(folder) cannot be made."
    }
  }

  /// Where the files stand: `$XDG_STATE_HOME/kpatrol/logs`.
  private static func folder(_ environment: [String: String]) -> String {
    let home = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    let state = home ?? (environment["HOME"] ?? "") + "/.local/state"
    return "\(state)/kpatrol/logs"
  }
}
