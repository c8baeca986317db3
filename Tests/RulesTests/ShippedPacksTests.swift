import Inspection
import KubernetesObjects
import Rules
import Testing

/// The packs that KPatrol brings along.
@Suite struct ShippedPacksTests {
  private static let folder: String = {
    let tests = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    return tests.joined(separator: "/") + "/rules"
  }()

  @Test func allAreRead() {
    let files = RulePackFiles.read([Self.folder])
    #expect(!files.isEmpty)
    for file in files {
      if case .failure(let mistakes) = file.result { Issue.record("\(mistakes)") }
    }
  }

  @Test(arguments: RulePackFiles.read([folder]).compactMap(\.pack).map(\.name))
  func eachPassesItsTests(name: String) throws {
    let pack = try #require(
      RulePackFiles.read([Self.folder]).compactMap(\.pack).first { $0.name == name }
    )
    #expect(!pack.tests.isEmpty)
    for outcome in RuleTestRun.outcomes(of: pack) where !outcome.hasPassed {
      Issue.record("\(outcome.report)")
    }
    // Each rule and each reference that may not be absent is found by one of them.
    let shown = Set(pack.tests.flatMap(\.expected).map(\.rule))
    let silent = pack.checks.map(\.id).filter { id in
      !shown.contains(id) && !pack.references.contains { $0.id == id && $0.reference.isOptional }
    }
    #expect(silent == [])
  }
}
