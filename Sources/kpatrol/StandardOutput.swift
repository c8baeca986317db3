import ArgumentParser
import Foundation

/// Where results go.
enum StandardOutput {
  /// Writes a text; where nobody reads any more, that ends the program as SIGPIPE would.
  static func write(_ text: String) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
      throw ExitCode(endedBy: SIGPIPE)
    }
  }
}
