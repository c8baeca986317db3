import Checks
import Inspection
import KubernetesObjects
import Rules
import Testing
import WireFormats

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

  /// KPatrol's own checks about any custom kind, or about kinds that a pack is about, too.
  private static let ownChecks = Catalogue.checks.filter { check in
    ["unhealthy/condition", "stuck/gateway"].contains(check.id)
  }

  @Test(arguments: RulePackFiles.read([folder]).compactMap(\.pack).map(\.name))
  func whatABuiltInCheckFindsTooIsOneFinding(name: String) throws {
    let pack = try #require(
      RulePackFiles.read([Self.folder]).compactMap(\.pack).first { $0.name == name }
    )
    for test in pack.tests {
      var world = World(pack, beside: Self.ownChecks)
      for object in test.objects {
        let metadata = object["metadata"]
        let kind = ObjectKind(
          object["kind"]?.stringValue ?? "",
          apiVersion: object["apiVersion"]?.stringValue ?? ""
        )
        let path = [metadata?["namespace"], metadata?["name"]].compactMap { $0?.stringValue }
        try world.put(kind, path.joined(separator: "/"), object)
      }
      let found = world.inspector.findings + world.inspector.suspects
      let checks = Self.ownChecks + pack.checks
      let causes = Causes(found, checks: checks, in: world.graph).causes
      for finding in found where Self.ownChecks.contains(where: { $0.id == finding.check }) {
        let others = found.filter { $0.subject == finding.subject && $0.check != finding.check }
        #expect(
          others.isEmpty || causes[finding.id] != nil,
          "\(test.name): \(finding.check) and \(others.map(\.check)) about \(finding.subject)"
        )
      }
    }
  }
}
