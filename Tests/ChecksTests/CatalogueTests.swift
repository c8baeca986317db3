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
      for remedy in finding.remedies { #expect(Remedies.remedy(remedy) != nil) }
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
      let listed = fixture.world.filter { $0.kind != kind }
      #expect(try Self.found(by: id, in: listed, unknown: kind).isEmpty, "\(kind)")
    }
  }

  @Test("A condition within its window is a suspect, not a finding", arguments: ids)
  func settles(id: CheckID) throws {
    let check = try #require(Catalogue.check(id))
    let fixture = try #require(CheckFixture.all[id])
    var inspector = Inspector(cluster: "test", checks: [check])
    let graph = Self.graph(of: fixture.world)
    let delta = inspector.inspect(
      graph.allHandles,
      in: graph,
      at: .noon,
      watchedFromStart: true
    )
    #expect(delta.raised.isEmpty && !inspector.suspects.isEmpty)
    #expect(inspector.advance(to: .noon + check.settles, in: graph).raised.count == fixture.firesAbout.count)
  }

  /// What a check finds once every window has passed.
  private static func found(
    by id: CheckID,
    in world: [any ObjectRecord],
    unknown: ObjectKind? = nil
  ) throws -> [Finding] {
    let check = try #require(Catalogue.check(id))
    var inspector = Inspector(cluster: "test", checks: [check])
    let graph = graph(of: world, unknown: unknown)
    _ = inspector.inspect(graph.allHandles, in: graph, at: .noon, watchedFromStart: true)
    return inspector.advance(to: .noon + check.settles, in: graph).raised
  }

  private static func graph(
    of world: [any ObjectRecord],
    unknown: ObjectKind? = nil
  ) -> ClusterGraph {
    var graph = ClusterGraph()
    var touched: Set<Handle> = []
    let needed = Catalogue.checks.flatMap(\.needs) + [APIResource.widgets.kind]
    for kind in Set(needed + world.map(\.kind)) {
      let objects = world.filter { $0.kind == kind }.map { ObjectSnapshot($0) }
      graph.replace(kind, with: objects, touching: &touched)
      let knowledge = kind == unknown ? Knowledge.unknown("not listed yet") : .known
      graph.setKnowledge(of: kind, to: knowledge, touching: &touched)
    }
    return graph
  }
}
