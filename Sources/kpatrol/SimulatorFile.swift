import Foundation
import YAMLReading

/// A file that a simulated cluster writes, and may write again; nobody else's.
struct SimulatorFile {
  /// The first line, the second one of a program, by which such a file is known again.
  private static let mark = "# Written by kpatrol sim, which overwrites it."

  private let path: String

  init(_ path: String) { self.path = path }

  /// Writes the file, which nobody else can read at any time, for there is a secret in it.
  func write(_ text: String, isProgram: Bool = false) throws(SimulatorFileError) {
    guard try isOurs() else { throw .foreign(path: path) }
    let temporary = "\(path).\(getpid())"
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, isProgram ? 0o700 : 0o600)
    guard file >= 0 else { throw .unwritable(path: path, reason: Self.systemReason) }
    defer { unlink(temporary) }
    let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(Self.marked(text).utf8))
    } catch {
      throw .unwritable(path: path, reason: Self.systemReason)
    }
    guard rename(temporary, path) == 0 else {
      throw .unwritable(path: path, reason: Self.systemReason)
    }
  }

  /// A program's first line says what runs it.
  private static func marked(_ text: String) -> String {
    guard text.hasPrefix("#!"), let end = text.firstIndex(of: "\n") else {
      return "\(mark)\n\(text)"
    }
    return "\(text[...end])\(mark)\n\(text[text.index(after: end)...])"
  }

  /// Whether the file may be replaced: there is none, it is empty, or it was written by us.
  private func isOurs() throws(SimulatorFileError) -> Bool {
    do {
      guard let text = try FileText.text(of: path, megabytes: 1) else { return true }
      let lines = text.split(separator: "\n", maxSplits: 2)
      return text.isEmpty || lines.prefix(2).contains { $0 == Self.mark }
    } catch {
      throw .unwritable(path: path, reason: error.reason)
    }
  }

  private static var systemReason: String { String(cString: strerror(errno)) }
}

/// Why a simulated cluster's file is not written.
enum SimulatorFileError: Error, CustomStringConvertible {
  case foreign(path: String)
  case unwritable(path: String, reason: String)

  var description: String {
    switch self {
    case .foreign(let path):
      "\(path): not overwritten, for no simulated cluster wrote it. Name another file."
    case .unwritable(let path, let reason): "\(path): cannot be written: \(reason)."
    }
  }
}
