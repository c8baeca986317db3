import Foundation
import TestServers

/// The program that the tests were built with, without a terminal, and a folder for its files.
final class Program {
  /// A run that may be under way.
  struct Run {
    fileprivate let process: Process
    fileprivate let files: [URL]
  }

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
    try await end(begin(arguments, environment))
  }

  func run(
    _ arguments: [String],
    _ environment: [String: String] = [:]
  ) async throws -> Outcome { try await end(begin(arguments, environment)) }

  /// Starts the program; ``end(_:)`` waits for its end.
  func begin(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Run {
    let (process, files) = try make(arguments, environment)
    try process.run()
    started.append(process)
    return Run(process: process, files: files)
  }

  /// Waits until a run has printed a text.
  func prints(_ text: String, _ run: Run) async -> Bool {
    await eventually {
      (try? String(contentsOf: run.files[0], encoding: .utf8))?.contains(text) == true
    }
  }

  /// Waits until a run has complained with a text, or logged it.
  func complains(_ text: String, _ run: Run) async -> Bool {
    await eventually { errors(of: run).contains(text) }
  }

  /// What a run has complained of so far, or logged.
  func errors(of run: Run) -> String {
    (try? String(contentsOf: run.files[1], encoding: .utf8)) ?? ""
  }

  func send(_ signal: Int32, to run: Run) { kill(run.process.processIdentifier, signal) }

  /// What a run came to.
  func end(_ run: Run) async throws -> Outcome {
    _ = await eventually { !run.process.isRunning }
    run.process.terminate()
    run.process.waitUntilExit()
    let printed = try run.files.map { try Data(contentsOf: $0) }
    return Outcome(
      code: run.process.terminationStatus,
      out: printed[0],
      errors: String(decoding: printed[1], as: UTF8.self)
    )
  }

  /// Starts the program, which is ended with this object; answers whether it came to print a text.
  func start(_ arguments: String..., untilItPrints text: String) async throws -> Bool {
    try await start(arguments, untilItPrints: text)
  }

  func start(_ arguments: [String], untilItPrints text: String) async throws -> Bool {
    let run = try begin(arguments)
    return try await eventually {
      String(decoding: try Data(contentsOf: run.files[0]), as: UTF8.self).contains(text)
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
