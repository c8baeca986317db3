import CoreFoundation
import Foundation
import LocalState

/// A file for results, which is whole or not there.
enum OutputFile {
  /// Writes a file with what `body` hands over, piece by piece, and puts it in the place of the one
  /// that is there.
  static func write(
    to path: String,
    _ body: (_ write: @escaping @Sendable (String) throws -> Void) async throws -> Void
  ) async throws {
    // Foundation may hide the members of `stat`, depending on what is compiled together.
    let known = FileStatus(of: path)
    guard known?.isPlainFile ?? true else {
      // A pipe or a device is written to, not replaced.
      let file = try FileHandle(forWritingTo: URL(filePath: path))
      return try await body { try file.write(contentsOf: Data($0.utf8)) }
    }
    let target = URL(filePath: path).resolvingSymlinksInPath()
    let folder = target.deletingLastPathComponent()
    let draft = folder.appending(path: ".\(target.lastPathComponent).\(UUID().uuidString)")
    do {
      try Data().write(to: draft, options: .withoutOverwriting)
      // Who may not read the old one shall not read the new one.
      if let known { chmod(draft.path, known.permissions) }
      let file = try FileHandle(forWritingTo: draft)
      try await body { try file.write(contentsOf: Data($0.utf8)) }
      try file.close()
      guard rename(draft.path, target.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    } catch {
      try? FileManager.default.removeItem(at: draft)
      throw error
    }
  }
}
