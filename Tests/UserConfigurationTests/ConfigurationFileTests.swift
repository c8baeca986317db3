import Foundation
import Inspection
import Testing
import YAMLReading

@testable import UserConfiguration

/// Which file is read, and what cannot be.
@Suite final class ConfigurationFileTests {
  private let folder: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Writes a file that says which theme; answers with its path.
  @discardableResult
  private func write(_ name: String, theme: String) throws -> String {
    let file = "\(folder)/\(name)"
    let parent = URL(filePath: file).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    try "theme: \(theme)\n".write(toFile: file, atomically: true, encoding: .utf8)
    return file
  }

  private func load(
    _ path: String? = nil,
    _ environment: [String: String] = [:]
  ) throws -> ConfigurationFile {
    try ConfigurationFile.load(explicitPath: path, environment: environment, checks: [])
  }

  @Test func theOptionComesBeforeTheVariableAndThatBeforeTheUsersOwn() throws {
    let option = try write("option", theme: "a")
    let variable = try write("variable", theme: "b")
    try write("xdg/kpatrol/config.yaml", theme: "c")
    try write("home/.config/kpatrol/config.yaml", theme: "d")
    var environment = [
      "HOME": "\(folder)/home", "XDG_CONFIG_HOME": "\(folder)/xdg", "KPATROL_CONFIG": variable,
    ]
    #expect(try load(option, environment).settings.theme == "a")
    #expect(try load(nil, environment).settings.theme == "b")
    environment["KPATROL_CONFIG"] = ""
    #expect(try load(nil, environment).settings.theme == "c")
    environment["XDG_CONFIG_HOME"] = "relative"
    #expect(try load(nil, environment).settings.theme == "d")
    environment["XDG_CONFIG_HOME"] = ""
    #expect(try load(nil, environment).settings.theme == "d")
  }

  @Test func aDefaultFileNeedNotBeThere() throws {
    let file = try load(nil, ["HOME": folder])
    #expect(file.path == nil)
    #expect(file.settings == Settings())
    #expect(file.place(of: "theme") == nil)
  }

  @Test func aFileThatIsNamedMustBeThere() {
    for (path, environment) in [("/nowhere/c", [:]), (nil, ["KPATROL_CONFIG": "/nowhere/c"])] {
      let error = #expect(throws: ConfigurationError.self) { try load(path, environment) }
      #expect(error?.description == "/nowhere/c: cannot be read: there is no such file")
    }
  }

  @Test func whatIsNoReadableFileIsToldEvenWhereTheDefaultStands() throws {
    let path = "\(folder)/.config/kpatrol/config.yaml"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let error = #expect(throws: ConfigurationError.self) { try load(nil, ["HOME": folder]) }
    #expect(error?.description == "\(path): cannot be read: Is a directory")
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func aFileThatMayNotBeReadIsTold() throws {
    let path = try write("secret", theme: "a")
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    let error = #expect(throws: ConfigurationError.self) { try load(path) }
    #expect(error?.description == "\(path): cannot be read: Permission denied")
  }

  @Test func aFileThatNeverEndsIsRefused() {
    let error = #expect(throws: ConfigurationError.self) { try load("/dev/zero") }
    #expect(error?.description == "/dev/zero: cannot be read: it is larger than 1 MiB")
  }

  @Test func aFileThatIsNoTextIsRefused() throws {
    let path = "\(folder)/binary"
    try Data([0x74, 0xff, 0xfe]).write(to: URL(filePath: path))
    let error = #expect(throws: ConfigurationError.self) { try load(path) }
    #expect(error?.description == "\(path): cannot be read: it is not UTF-8")
  }

  @Test func aValueKnowsWhereItWasWritten() throws {
    let file = try ConfigurationFile(
      parsing: "\ncontexts:\n  - a\n  - b\nchecks: { x/y: { settles: 1s } }",
      path: "f",
      checks: [ConfigurableCheck("x/y")]
    )
    #expect(file.place(of: "contexts")?.line == 2)
    #expect(file.place(of: "contexts[1]")?.line == 4)
    #expect(file.place(of: "checks.x/y.settles")?.line == 5)
    #expect(file.place(of: "checks.x/y.severity") == nil)
  }
}
