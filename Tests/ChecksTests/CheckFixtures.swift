import Checks
import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders

/// A cluster for a check to look at.
struct FixtureWorld: ExpressibleByArrayLiteral {
  /// What is there at noon.
  let objects: [any ObjectRecord]
  /// What was there before, oldest first, each state a minute before the next and the last one a
  /// minute before noon.
  let earlier: [[any ObjectRecord]]
  let serverVersion: String?

  init(
    _ objects: [any ObjectRecord],
    after earlier: [[any ObjectRecord]] = [],
    serverVersion: String? = nil
  ) {
    self.objects = objects
    self.earlier = earlier
    self.serverVersion = serverVersion
  }

  init(arrayLiteral objects: any ObjectRecord...) { self.init(objects) }

  /// The world as a graph in which all that checks read is known, but for one kind.
  func graph(unknown: ObjectKind? = nil) -> ClusterGraph {
    var graph = ClusterGraph()
    var touched: HandleSet = []
    let needed = Set(CheckFixture.knownKinds + objects.map(\.kind))
    let states = earlier + [objects]
    for (index, state) in states.enumerated() {
      graph.time = .noon + .seconds((index + 1 - states.count) * 60)
      for kind in needed.sorted() {
        let snapshots = state.filter { $0.kind == kind }.map { ObjectSnapshot($0) }
        graph.replace(kind, with: snapshots, touching: &touched)
      }
    }
    if let unknown {
      graph.setKnowledge(of: unknown, to: .unknown("not listed yet"), touching: &touched)
    }
    graph.setServerVersion(serverVersion.flatMap(KubernetesVersion.init), touching: &touched)
    return graph
  }

  /// The world without the objects of a kind.
  func without(_ kind: ObjectKind) -> FixtureWorld {
    FixtureWorld(
      objects.filter { $0.kind != kind },
      after: earlier.map { $0.filter { $0.kind != kind } },
      serverVersion: serverVersion
    )
  }
}

/// Worlds for one check: in the first it fires about a subject, in the others it is silent.
struct CheckFixture {
  /// The vertices that the check finds something about, by their names.
  let firesAbout: [String]
  let world: FixtureWorld
  /// The ordinary situations that must not be mistaken for the fault.
  let silent: [String: FixtureWorld]

  init(
    firesAbout: String...,
    in world: FixtureWorld,
    silent: [String: FixtureWorld]
  ) {
    self.firesAbout = firesAbout
    self.world = world
    self.silent = silent
  }

  /// One entry a check; the test that walks the catalogue misses a check without one.
  static let all: [CheckID: CheckFixture] = [
    conflict, dangling, danglingPolicies, danglingRouting, danglingServices, drift, risk, stuck,
    unhealthy, unhealthyNodes, unhealthyPods,
  ].reduce(into: [:]) { all, fixtures in all.merge(fixtures) { first, _ in first } }

  /// The kinds that are listed in every world, though there may be no object of them.
  static let knownKinds: [ObjectKind] =
    Catalogue.checks.flatMap(\.needs) + Kinds.all.map { $0.kind } + [APIResource.widgets.kind]
}
