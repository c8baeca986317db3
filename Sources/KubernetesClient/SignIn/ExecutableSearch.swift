import Foundation

/// Finds programs as a shell does.
package enum ExecutableSearch {
  /// The path of a command; `nil` where there is no such program.
  package static func path(of command: String, in searchPath: String?) -> String? {
    if command.contains("/") { return isExecutable(command) ? command : nil }
    let folders = (searchPath ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
    // Like Go, and unlike shells, we run nothing from wherever we happen to be.
    return folders.lazy.filter { $0.hasPrefix("/") }.map { "\($0)/\(command)" }
      .first(where: isExecutable)
  }

  private static func isExecutable(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && !isFolder.boolValue && FileManager.default.isExecutableFile(atPath: path)
  }
}
