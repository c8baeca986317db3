import Foundation

/// Makes files that a test wrote programs.
package enum Executable {
  /// Lets a file be run.
  ///
  /// The program is a copy that another process wrote: a process that some other test starts at that
  /// moment may hold the file open for writing as its inheritance, and Linux runs no such file
  /// (`Text file busy`).
  package static func make(_ path: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    let copy = #"cp "$0" "$0.new" && chmod 755 "$0.new" && mv "$0.new" "$0""#
    process.arguments = ["-c", copy, path]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
  }
}
