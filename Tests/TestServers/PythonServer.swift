import Foundation

/// A service in Python or Swift as a process of its own, which may die and come back at the same port.
package final class PythonServer: Sendable {
  package struct NotReady: Error, CustomStringConvertible {
    package let description: String
  }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  package static let example = root.appending(path: "Examples/remote-check/check.py").path
  package static let flooding = root.appending(path: "Tests/RemoteChecksTests/flooding.py").path
  /// A sink of events, which tells what it took for them.
  package static let sink = root.appending(path: "Tests/EventDeliveryTests/sink.py").path
  private static let python = root.appending(path: ".build/python").path

  package let port: Int
  private let process: Process

  /// Installs what the example needs, where it is not there; fails where that cannot be.
  package static func setUp() throws {
    let process = Process()
    process.executableURL = root.appending(path: "Scripts/set-up-python")
    process.arguments = [python]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw NotReady(description: "Scripts/set-up-python failed: is there a network, and PyPI?")
    }
  }

  /// Starts a program in Python, and waits until it listens.
  package convenience init(_ path: String, port: Int = 0, _ arguments: String...) async throws {
    try await self.init(
      URL(filePath: "\(Self.python)/bin/python3"),
      [path, "--port", "\(port)"] + arguments
    )
  }

  /// Starts one of this package's programs, which takes its port from its environment.
  package convenience init(program name: String) async throws {
    try await self.init(Self.root.appending(path: ".build/debug/\(name)"), [], ["PORT": "0"])
  }

  private init(
    _ executable: URL,
    _ arguments: [String],
    _ environment: [String: String]? = nil
  ) async throws {
    let output = FileManager.default.temporaryDirectory.appending(path: "check-\(UUID())")
    _ = FileManager.default.createFile(atPath: output.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: output) }
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    if let environment { process.environment = environment }
    process.standardOutput = try FileHandle(forWritingTo: output)
    // What it says of connections that broke is nobody's; and whoever reads our errors waits for its end.
    process.standardError = FileHandle.nullDevice
    try process.run()
    self.process = process
    let told = Shared(0)
    let isListening = await eventually {
      let text = (try? String(contentsOf: output, encoding: .utf8)) ?? ""
      guard text.hasSuffix("\n"), let number = text.split(separator: ":").last else {
        return !process.isRunning
      }
      told.change { $0 = Int(number.dropLast()) ?? 0 }
      return true
    }
    self.port = told.value
    guard isListening, self.port > 0 else {
      throw NotReady(description: "\(executable.path) \(arguments) does not listen")
    }
  }

  deinit { die() }

  package var url: String { "http://127.0.0.1:\(port)" }

  /// Ends it as the kernel does that needs its memory.
  package func die() {
    guard process.isRunning else { return }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
