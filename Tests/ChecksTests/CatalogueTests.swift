import Checks
import ClusterGraph
import Healing
import Inspection
import KubernetesObjects
import ObjectBuilders
import Testing

/// What holds for every check of the catalogue.
@Suite struct CatalogueTests {
  private static let ids = Catalogue.checks.map(\.id)

  @Test func idsAreUniqueAndSorted() {
    let ids = Self.ids.map(\.description)
    #expect(ids == Set(ids).sorted())
  }

  @Test func everyCheckHasFixturesAndNoFixtureIsLeftOver() {
    #expect(Set(CheckFixture.all.keys) == Set(Self.ids))
  }

  @Test func aCheckIsBlindWithoutEachKindThatItIsAbout() throws {
    let size = try #require(Catalogue.check("risk/config-size"))
    #expect(size.needs.isEmpty && size.blindWithout == [ConfigMap.kind, Secret.kind])
    for check in Catalogue.checks { #expect(check.blindWithout.isSuperset(of: check.needs)) }
  }

  @Test("Every check explains itself", arguments: ids)
  func explains(id: CheckID) throws {
    let check = try #require(Catalogue.check(id))
    #expect(!check.title.isEmpty && !check.title.hasSuffix("."))
    #expect(check.explanation.contains("Verify: kubectl "))
  }

  @Test("Every check fires", arguments: ids)
  func fires(id: CheckID) throws {
    let fixture = try #require(CheckFixture.all[id])
    let found = try Self.found(by: id, in: fixture.world)
    #expect(found.map(\.subject.name).sorted() == fixture.firesAbout.sorted())
    for finding in found {
      #expect(!finding.message.isEmpty && !finding.evidence.isEmpty)
      #expect(!finding.message.unicodeScalars.contains { $0.value < 32 })
      let declared = try #require(Catalogue.check(id)).remedies
      for remedy in finding.remedies {
        #expect(Remedies.remedy(remedy) != nil)
        #expect(declared.contains(remedy), "\(remedy) is offered, and not listed")
      }
    }
  }

  @Test("Every check is silent in ordinary situations", arguments: ids)
  func isSilent(id: CheckID) throws {
    let fixture = try #require(CheckFixture.all[id])
    #expect(!fixture.silent.isEmpty)
    for (situation, world) in fixture.silent {
      #expect(try Self.found(by: id, in: world).isEmpty, "\(situation)")
    }
  }

  @Test("What is not listed is not missing", arguments: ids)
  func knowsThatItDoesNotKnow(id: CheckID) throws {
    let needs = try #require(Catalogue.check(id)).needs
    let fixture = try #require(CheckFixture.all[id])
    for kind in needs {
      let listed = fixture.world.without(kind)
      #expect(try Self.found(by: id, in: listed, unknown: kind).isEmpty, "\(kind)")
    }
  }

  @Test("A condition within its window is a suspect, not a finding", arguments: ids)
  func settles(id: CheckID) throws {
    let check = try #require(Catalogue.check(id))
    guard check.settles > .zero else { return }
    let fixture = try #require(CheckFixture.all[id])
    var inspector = Inspector(cluster: "test", checks: [check])
    let graph = fixture.world.graph()
    let delta = inspector.inspect(
      graph.allHandles,
      in: graph,
      at: .noon,
      watchedFromStart: true
    )
    #expect(delta.raised.isEmpty && !inspector.suspects.isEmpty)
    let settled = inspector.advance(to: .noon + check.settles, in: graph)
    #expect(settled.raised.count == fixture.firesAbout.count)
  }

  /// What a check finds once every window has passed.
  private static func found(
    by id: CheckID,
    in world: FixtureWorld,
    unknown: ObjectKind? = nil
  ) throws -> [Finding] {
    let check = try #require(Catalogue.check(id))
    var inspector = Inspector(cluster: "test", checks: [check])
    let graph = world.graph(unknown: unknown)
    _ = inspector.inspect(graph.allHandles, in: graph, at: .noon, watchedFromStart: true)
    _ = inspector.advance(to: .noon + check.settles, in: graph)
    return inspector.findings
  }
}
