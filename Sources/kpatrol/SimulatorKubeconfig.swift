import Foundation
import YAMLReading

/// A kubeconfig file that a simulated cluster writes, and may write again; nobody else's.
struct SimulatorKubeconfig {
  /// The first line, by which such a file is known again.
  private static let mark = "# Written by kpatrol sim, which overwrites it."

  private let path: String

  init(_ path: String) { self.path = path }

  /// Writes the file, which nobody else can read at any time, for there is a token in it.
  func write(_ kubeconfig: String) throws(SimulatorKubeconfigError) {
    guard try isOurs() else { throw .foreign(path: path) }
    let temporary = "\(path).\(getpid())"
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .unwritable(path: path, reason: Self.systemReason) }
    defer { unlink(temporary) }
    let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data("\(Self.mark)\n\(kubeconfig)".utf8))
    } catch {
      throw .unwritable(path: path, reason: Self.systemReason)
    }
    guard rename(temporary, path) == 0 else {
      throw .unwritable(path: path, reason: Self.systemReason)
    }
  }

  /// Whether the file may be replaced: there is none, it is empty, or it was written by us.
  private func isOurs() throws(SimulatorKubeconfigError) -> Bool {
    do {
      guard let text = try FileText.text(of: path, megabytes: 1) else { return true }
      return text.isEmpty || text.hasPrefix(Self.mark)
    } catch {
      throw .unwritable(path: path, reason: error.reason)
    }
  }

  private static var systemReason: String { String(cString: strerror(errno)) }
}

/// Why a simulated cluster's kubeconfig is not written.
enum SimulatorKubeconfigError: Error, CustomStringConvertible {
  case foreign(path: String)
  case unwritable(path: String, reason: String)

  var description: String {
    switch self {
    case .foreign(let path):
      "\(path): not overwritten, for it is no kubeconfig of a simulated cluster. Name another file."
    case .unwritable(let path, let reason): "\(path): cannot be written: \(reason)."
    }
  }
}
