import Foundation

/// The programs that are measured, and what they are measured beside.
enum Programs {
  static let curl = "/usr/bin/curl"

  /// The release build of KPatrol beside this one.
  static func kpatrol() throws -> String {
    let own = Bundle.main.executablePath ?? CommandLine.arguments[0]
    let path = URL(filePath: own).resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "kpatrol").path
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw BenchmarkFailure("\(path) is missing: swift build -c release --product kpatrol")
    }
    return path
  }

  /// A folder of its own, readable for nobody else; who asks removes it.
  static func makeFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "kpatrol-bench-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(
      at: folder,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    return folder
  }

  /// Runs a program and answers what it printed, and how many seconds it took until it closed its output.
  static func run(
    _ executable: String,
    _ arguments: [String],
    environment: [String: String] = [:]
  ) throws -> (output: [UInt8], seconds: Double) {
    let output = Pipe()
    let start = ContinuousClock.now
    let program = try Lifeline(
      executable,
      arguments,
      environment: ProcessInfo.processInfo.environment.merging(environment) { $1 },
      standard: .output(output)
    )
    defer { program.end() }
    let bytes = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
    return (bytes, start.duration(to: .now).seconds)
  }
}
