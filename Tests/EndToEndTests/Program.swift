import Foundation
import TestServers

/// The program that the tests were built with, without a terminal, and a folder for its files.
final class Program {
  struct Outcome {
    let code: Int32
    let out: Data
    let errors: String

    var text: String { String(decoding: out, as: UTF8.self) }
  }

  let folder = FileManager.default.temporaryDirectory
    .appending(path: "kpatrol-\(UInt64.random(in: 0 ... .max))")
  /// What the program printed, apart from what it wrote.
  private let printed = FileManager.default.temporaryDirectory
    .appending(path: "kpatrol-\(UInt64.random(in: 0 ... .max))")
  private var started: [Process] = []
  private var runs = 0

  init() throws {
    for folder in [folder, printed] {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
  }

  deinit {
    for process in started { process.terminate() }
    for folder in [folder, printed] { try? FileManager.default.removeItem(at: folder) }
  }

  func path(of name: String) -> String { folder.appending(path: name).path }

  /// Runs the program to its end.
  func run(
    _ arguments: String...,
    environment: [String: String] = [:]
  ) async throws -> Outcome {
    let (process, files) = try make(arguments, environment)
    try process.run()
    _ = await eventually { !process.isRunning }
    let printed = try files.map { try Data(contentsOf: $0) }
    return Outcome(
      code: process.terminationStatus,
      out: printed[0],
      errors: String(decoding: printed[1], as: UTF8.self)
    )
  }

  /// Starts the program, which is ended with this object; answers whether it came to print a text.
  func start(_ arguments: String..., untilItPrints text: String) async throws -> Bool {
    let (process, files) = try make(arguments, [:])
    try process.run()
    started.append(process)
    return try await eventually {
      String(decoding: try Data(contentsOf: files[0]), as: UTF8.self).contains(text)
    }
  }

  /// A process whose output and complaints go to files.
  private func make(
    _ arguments: [String],
    _ environment: [String: String]
  ) throws -> (Process, [URL]) {
    let process = Process()
    process.executableURL = URL(filePath: TerminalSession.program)
    process.arguments = arguments
    process.environment = ["HOME": folder.path, "PATH": "/usr/bin:/bin"]
      .merging(environment) { $1 }
    process.currentDirectoryURL = folder
    runs += 1
    let files = try ["out", "errors"].map { name in
      let url = printed.appending(path: "\(name)-\(runs)")
      try Data().write(to: url)
      return url
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    return (process, files)
  }
}
