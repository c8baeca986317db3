import Foundation
import TestServers
import Testing

/// The table that sets our reflector beside client-go's names tests: each of them must be there.
@Suite(.fewAtOnce) struct ReflectorTableTests {
  @Test func everyTestThatIsNamedExists() throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let document = try String(
      contentsOf: tests.deletingLastPathComponent().appending(path: "ARCHITECTURE.md"),
      encoding: .utf8
    )
    let section = try #require(
      document.split(separator: "\n## ").first { $0.hasPrefix("The reflector beside") }
    )
    let rows = section.split(separator: "\n").filter { $0.hasPrefix("|") }.dropFirst(2)
    #expect(rows.count > 20)
    let sources = try Self.sources(in: tests)
    for row in rows {
      let shown = row.split(separator: "|").last ?? ""
      let names = shown.matches(of: /`(\w+)`/).map(\.1)
      #expect(!names.isEmpty, "No test shows: \(row)")
      for name in names {
        let isThere = ["func \(name)(", "struct \(name) {"].contains(where: sources.contains)
        #expect(isThere, "There is no test \(name).")
      }
    }
  }

  private static func sources(in folder: URL) throws -> String {
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    var sources = ""
    for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
      sources += try String(contentsOf: file, encoding: .utf8)
    }
    return sources
  }
}
