import Checks
import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders
import Testing

/// How much work an event makes: as much as its neighbourhood, whatever the size of the cluster.
@Suite struct WorkTests {
  private struct Work: Equatable {
    var touched: Set<String>
    var checksRun: Int
  }

  private static let podsPerNode = 10

  private var graph = ClusterGraph()
  private var inspector = Inspector(cluster: "test", checks: Catalogue.checks)

  private static func node(_ number: Int, ready: Condition.Status = .isTrue) -> Node {
    Node.sample("node-\(number)", ready: ready)
  }

  private static func pod(_ number: Int) -> Pod {
    var pod = Pod.sample(
      "pod-\(number)",
      node: "node-\(number / podsPerNode)",
      addresses: ["10.\(number >> 16).\(number >> 8 & 255).\(number & 255)"],
      owner: "app-\(number / 100)"
    )
    pod.metadata.labels = ["app": "app-\(number / 100)"]
    return pod
  }

  private mutating func fill(pods: Int) {
    let nodes = (0..<pods / Self.podsPerNode).map { ObjectSnapshot(Self.node($0)) }
    let services = (0..<pods / 100).map { number in
      var service = Service(metadata: .sample("app-\(number)", namespace: "shop"))
      service.selector = ["app": "app-\(number)"]
      return ObjectSnapshot(service)
    }
    var touched: HandleSet = []
    graph.replace(Node.kind, with: nodes, touching: &touched)
    graph.replace(Service.kind, with: services, touching: &touched)
    graph.replace(
      Pod.kind,
      with: (0..<pods).map { ObjectSnapshot(Self.pod($0)) },
      touching: &touched
    )
    _ = inspector.inspect(touched, in: graph, at: .noon, watchedFromStart: false)
  }

  private mutating func work(
    _ change: (inout ClusterGraph, inout HandleSet) -> Void
  ) -> Work {
    var touched: HandleSet = []
    change(&graph, &touched)
    let names = Set(touched.compactMap { graph.id(of: $0)?.description })
    let before = inspector.checksRun
    _ = inspector.inspect(touched, in: graph, at: .noon, watchedFromStart: true)
    return Work(touched: names, checksRun: inspector.checksRun - before)
  }

  private mutating func work(_ record: any ObjectRecord) -> Work {
    work { graph, touched in
      graph.upsert(ObjectSnapshot(record, version: "2"), touching: &touched)
    }
  }

  @Test(arguments: [1_000, 50_000])
  mutating func anEventCostsItsNeighbourhood(pods: Int) {
    fill(pods: pods)
    // A heartbeat that says nothing new, and a relist of all that is there.
    #expect(work(Self.node(7)) == Work(touched: [], checksRun: 0))
    let relist = work { graph, touched in
      graph.replace(
        Pod.kind,
        with: (0..<pods).map { ObjectSnapshot(Self.pod($0), version: "3") },
        touching: &touched
      )
    }
    #expect(relist == Work(touched: [], checksRun: 0))

    var condition = Self.node(7)
    condition.conditions[0].message = "kubelet is posting ready status, again"
    #expect(work(condition).touched == ["Node node-7"])

    let lost = work(Self.node(7, ready: .unknown))
    let its = (70..<80).map { "Pod shop/pod-\($0)" }
    #expect(lost.touched == Set(its + ["Node node-7"]))
    #expect(lost.checksRun <= lost.touched.count * Catalogue.checks.count)

    var finished = Self.pod(71)
    finished.phase = .succeeded
    let ended = work(finished)
    #expect(
      ended.touched == [
        "Pod shop/pod-71", "Node node-7", "Address 10.0.0.71", "Service shop/app-0",
        "ReplicaSet.apps shop/app-0",
      ]
    )
    #expect(ended.checksRun <= ended.touched.count * Catalogue.checks.count)
  }
}
