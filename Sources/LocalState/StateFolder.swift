import Glibc

/// The folder in which KPatrol keeps what is to be there at the next start.
package enum StateFolder {
  /// As the XDG base directory specification places it, which has relative paths ignored.
  ///
  /// `nil` where there is no home.
  package static func path(_ environment: [String: String]) -> String? {
    if let folder = environment["XDG_STATE_HOME"], folder.hasPrefix("/") {
      return "\(folder)/kpatrol"
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return "\(home)/.local/state/kpatrol"
  }

  /// Makes the folder of a file, and those that it is in, where they are not there, for the user alone.
  package static func make(for path: String) throws(StateProblem) {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += "/\(part)"
      guard mkdir(folder, 0o700) == 0 || errno == EEXIST || access(folder, F_OK) == 0 else {
        throw StateProblem(folder)
      }
    }
  }
}

/// Why what was to be kept is not, or cannot be read.
package struct StateProblem: Error, Equatable, Sendable, CustomStringConvertible {
  package let description: String

  package init(path: String, reason: String) { description = "\(path): \(reason)" }

  /// What the system says at the moment.
  package init(_ path: String) {
    description = "\(path): \(String(cString: strerror(errno)))"
  }
}
