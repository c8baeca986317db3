import Foundation
import TestServers
import Testing

/// `Scripts/set-up` where all packages are there, by programs that stand in for the system's.
@Suite(.fewAtOnce) struct SetUpTests {
  @Test("Nothing is installed where nothing is missing", arguments: [true, false])
  func packages(isInstalled: Bool) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "set-up-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let log = folder.appending(path: "log")
    let programs = [
      "swift": "", "dpkg-query": "echo '\(isInstalled ? "installed" : "not-installed")'",
      "apt-get": "echo \"$@\" >> '\(log.path)'", "sudo": "\"$@\"",
    ]
    for (name, body) in programs {
      let file = folder.appending(path: name)
      try "#!/bin/sh\n\(body)\n".write(to: file, atomically: true, encoding: .utf8)
      try Executable.make(file.path)
    }
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let process = Process()
    process.executableURL = root.appending(path: "Scripts/set-up")
    process.arguments = ["tmux"]
    process.environment = ["PATH": "\(folder.path):/usr/bin:/bin"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let calls = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
    #expect(text.isEmpty == isInstalled)
    #expect(calls.isEmpty == isInstalled)
    #expect(isInstalled || calls.contains("install") && calls.contains("tmux"))
  }
}
