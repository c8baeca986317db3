import Checks
import ClusterGraph
import HTTP
import Inspection
import KubernetesClient
import KubernetesObjects
import SimulatedCluster
import TestServers
import Testing
import WireFormats

@testable import Monitoring

/// Lists over several clusters, against API servers.
@Suite(.fewAtOnce) struct FleetResourcesTests {
  /// Two clusters that are followed until `body` ends.
  private func withFleet(
    _ body: (Fleet, [SimulatedCluster]) async throws -> Void
  ) async throws {
    let eventLoop = EventLoop()
    var clusters: [SimulatedCluster] = []
    for _ in 0..<2 {
      clusters.append(
        try await SimulatedCluster.start(
          SimulationOptions(scenario: .healthy, runsControllers: false)
        )
      )
    }
    let fleet = Fleet(
      zip(["prod", "stage"], clusters).map { $1.client($0, on: eventLoop) },
      options: MonitorOptions(checks: Catalogue.checks, settlePolicy: .singleLook)
    )
    let running = Task { await fleet.run() }
    #expect(
      await eventually { await fleet.statuses().allSatisfy { $0.connection == .watching } }
    )
    try await body(fleet, clusters)
    running.cancel()
    await running.value
    eventLoop.shutdown()
    for cluster in clusters { await cluster.stop() }
  }

  private func create(
    _ name: String,
    in cluster: SimulatedCluster,
    labels: [String: String] = [:],
    key: String? = nil
  ) throws {
    let keys: JSONValue = key.map { .object([$0: "x"]) } ?? [:]
    try cluster.create([
      "apiVersion": "v1", "kind": "ConfigMap", "data": keys,
      "metadata": [
        "name": .string(name), "namespace": "default",
        "labels": .object(labels.mapValues { .string($0) }),
      ],
    ])
  }

  private static let maps = ObjectKind("ConfigMap")

  @Test func objectsOfAllClustersAreInOneOrder() async throws {
    try await withFleet { fleet, clusters in
      for (index, cluster) in clusters.enumerated() {
        for number in 0..<200 {
          try create(
            "map-\(1000 + 2 * number + index)",
            in: cluster,
            labels: ["set": number < 3 ? "few" : "many"]
          )
        }
        try create("both", in: cluster, labels: ["set": "few"])
      }
      var query = ResourcesQuery(
        RowQuery(Self.maps, filter: FilterExpression(text: "map-")),
        limit: 20
      )
      #expect(await eventually { await fleet.resources(query).count == 400 })
      query.offset = 301
      query.locating = ClusterObject(
        cluster: "stage",
        key: ObjectKey(Self.maps, namespace: "default", name: "map-1123")
      )
      let page = await fleet.resources(query)
      #expect(page.rows.map(\.object.key.name) == (1301..<1321).map { "map-\($0)" })
      #expect(page.rows.prefix(2).map(\.cluster) == ["stage", "prod"])
      #expect(page.locatedIndex == 123 && page.offset == 301)
      #expect(page.visibility.map(\.visibility) == [.seen, .seen])
      query = ResourcesQuery(
        RowQuery(Self.maps, selector: try LabelSelector(parsing: "set in (few)"), order: .name)
      )
      let few = await fleet.resources(query)
      #expect(few.rows.map(\.object.key.name).first == "both")
      #expect(
        few.rows.prefix(2).map(\.cluster) == ["prod", "stage"],
        "Equals are in the clusters' order."
      )
      #expect(few.count == 8)
      query.cluster = "stage"
      #expect(await fleet.resources(query).count == 4)
      query = ResourcesQuery(RowQuery(ObjectKind("Widget", group: "example.com")))
      #expect(
        await fleet.resources(query).visibility.map(\.visibility) == [.notServed, .notServed]
      )
    }
  }

  @Test func cellsAreThoseThatKubectlPrints() async throws {
    try await withFleet { fleet, _ in
      let page = await fleet.resources(ResourcesQuery(RowQuery(Pod.kind), limit: 3))
      let absent = ClusterObject(
        cluster: "prod",
        key: ObjectKey(Pod.kind, namespace: "default", name: "nobody")
      )
      let answers = await fleet.cells(of: page.rows.map(\.id) + [absent])
      #expect(answers.count == 4)
      for answer in answers where answer.object != absent {
        guard case .row(let columns, let row) = answer.answer else {
          Issue.record("\(answer)")
          continue
        }
        #expect(columns.prefix(4).map(\.name) == ["Name", "Ready", "Status", "Restarts"])
        #expect(columns.contains(.init("Node", isWide: true)))
        #expect(Array(row.cells.prefix(3)) == [answer.object.key.name, "1/1", "Running"])
        let shown = page.rows.first { $0.id == answer.object }
        #expect(shown?.object.uid == row.uid)
        #expect(shown?.object.resourceVersion == row.resourceVersion)
      }
      #expect(answers.first { $0.object == absent }?.answer == .gone)
    }
  }

  @Test func whoMayListAndNotGetSeesTheCells() async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .healthy, runsControllers: false)
    )
    let rule = AccessRule(verbs: ["list", "watch"], resources: ["pods"])
    cluster.admit(User("reader", rules: [rule]), token: "limited")
    let eventLoop = EventLoop()
    let fleet = Fleet(
      [cluster.client("limited", on: eventLoop, token: "limited")],
      options: MonitorOptions(checks: Catalogue.checks)
    )
    let running = Task { await fleet.run() }
    let query = ResourcesQuery(RowQuery(Pod.kind), limit: 3)
    #expect(await eventually { await fleet.resources(query).rows.count == 3 })
    let objects = await fleet.resources(query).rows.map(\.id)
    for answer in await fleet.cells(of: objects) {
      guard case .row(_, let row) = answer.answer else {
        Issue.record("\(answer)")
        continue
      }
      #expect(Array(row.cells.prefix(3)) == [answer.object.key.name, "1/1", "Running"])
    }
    #expect(await fleet.monitors[0].kindsWithoutGet == [Pod.kind])
    let nodes = ColumnQuery(RowQuery(Node.kind, order: .column("Status")), cluster: nil)
    let progress = await fleet.loadColumn(nodes, isFirst: true)
    #expect(progress.isDone && progress.problem?.contains("nodes is forbidden") == true)
    running.cancel()
    await running.value
    eventLoop.shutdown()
    await cluster.stop()
  }

  @Test func wholeObjectsAreAskedForAndSecretsMasked() async throws {
    try await withFleet { fleet, clusters in
      try clusters[1].create([
        "apiVersion": "v1", "kind": "Secret", "type": "Opaque", "data": ["token": "c2VjcmV0"],
        "metadata": ["name": "token", "namespace": "default"],
      ])
      let key = ObjectKey(ObjectKind("Secret"), namespace: "default", name: "token")
      let secret = ClusterObject(cluster: "stage", key: key)
      guard case .object(let masked) = await fleet.object(secret, revealing: false),
        case .object(let revealed) = await fleet.object(secret, revealing: true)
      else {
        Issue.record("There is no such Secret.")
        return
      }
      #expect(masked[path: "data", "token"]?.stringValue?.hasPrefix("•••••• (6 bytes") == true)
      #expect(revealed[path: "data", "token"]?.stringValue == "secret")
      let absent = ClusterObject(
        cluster: "prod",
        key: ObjectKey(Pod.kind, namespace: "default", name: "nobody")
      )
      guard case .failed(let reason) = await fleet.object(absent, revealing: false) else {
        Issue.record("Nobody is there.")
        return
      }
      #expect(reason.contains("nobody"))
    }
  }

  @Test func rowsAreSortedByCellsThatTheGraphDoesNotKnow() async throws {
    try await withFleet { fleet, clusters in
      for (cluster, phase) in zip(clusters, ["Pending", "Failed"]) {
        var pod = cluster.objects(of: "pods")[3]
        pod[path: "status", "phase"] = .string(phase)
        try cluster.update(pod)
      }
      var rows = RowQuery(Pod.kind, order: .column("Status"))
      let query = ColumnQuery(rows, cluster: nil)
      #expect(await !fleet.resources(ResourcesQuery(rows)).isRanked)
      var progress = await fleet.loadColumn(query, isFirst: true)
      var pages = 1
      while !progress.isDone {
        progress = await fleet.loadColumn(query, isFirst: false)
        pages += 1
      }
      #expect(progress.problem == nil && pages == 2, "There is a page of each cluster.")
      #expect(progress.loaded == progress.total)
      func statuses() async -> [String] {
        let page = await fleet.resources(ResourcesQuery(rows, limit: 500))
        #expect(page.isRanked && page.count == progress.total)
        let answers = await fleet.cells(of: page.rows.map(\.id))
        return page.rows.compactMap { row in
          guard case .row(_, let cells)? = answers.first(where: { $0.object == row.id })?.answer
          else { return nil }
          return cells.cells[2]
        }
      }
      let ascending = await statuses()
      #expect(ascending.prefix(3) == ["Failed", "Pending", "Running"])
      rows.isReversed = true
      #expect(await statuses() == ascending.reversed())
      #expect(
        await fleet.loadColumn(ColumnQuery(RowQuery(Pod.kind), cluster: nil), isFirst: true).loaded
          == 0
      )
    }
  }

  @Test func whatHasFindingsIsShownAloneAndWorstFirst() async throws {
    try await withFleet { fleet, clusters in
      let pods = clusters[1].objects(of: "pods", namespace: "shop").prefix(3)
      let sharing = Set(pods.dropFirst().compactMap { $0[path: "metadata", "name"]?.stringValue })
      for pod in pods.dropFirst() {
        var pod = pod
        let address = pods[1][path: "status", "podIP"] ?? .null
        pod[path: "status", "podIP"] = address
        pod[path: "status", "podIPs"] = [["ip": address]]
        try clusters[1].update(pod)
      }
      let query = ResourcesQuery(RowQuery(Pod.kind, order: .weight, onlyWeighted: true))
      #expect(
        await eventually {
          let rows = await fleet.resources(query).rows
          let worst = rows.prefix { $0.object.findings?.worst.check == "conflict/pod-address" }
          return Set(worst.map(\.object.key.name)) == sharing
            && worst.allSatisfy { $0.cluster == "stage" }
        }
      )
      let page = await fleet.resources(query)
      let severities = page.rows.compactMap { $0.object.findings?.worst.severity }
      #expect(severities.count == page.rows.count && severities == severities.sorted())
      let all = await fleet.resources(ResourcesQuery(RowQuery(Pod.kind), limit: 500))
      let found = all.rows.filter { $0.object.findings != nil }
      #expect(Set(found.map(\.id)) == Set(page.rows.map(\.id)) && all.count > page.count)
    }
  }

  @Test func aNewVersionThatLooksTheSameIsTold() async throws {
    try await withFleet { fleet, clusters in
      try create("seen", in: clusters[0], key: "a")
      let query = ResourcesQuery(RowQuery(Self.maps, filter: FilterExpression(text: "seen")))
      #expect(await eventually { await fleet.resources(query).count == 1 })
      let old = await fleet.resources(query).rows[0].object.resourceVersion
      let told = Task {
        for await _ in fleet.changes {
          let row = await fleet.resources(query).rows.first
          if let row, row.object.resourceVersion != old { return true }
        }
        return false
      }
      var map = try #require(
        clusters[0].objects(of: "configmaps")
          .first { $0[path: "metadata", "name"]?.stringValue == "seen" }
      )
      map[path: "metadata", "annotations"] = ["unseen": "b"]
      try clusters[0].update(map)
      #expect(await told.value)
    }
  }

  @Test func commandsMayNameWhatTheClustersHave() async throws {
    try await withFleet { fleet, _ in
      let contents = await fleet.contents()
      #expect(contents.clusters == ["prod", "stage"])
      #expect(contents.namespaces.contains("kube-system") && contents.knowsAllNamespaces)
      #expect(contents.checks.contains("conflict/pod-address"))
      let pods = contents.resources.first { $0.kind == Pod.kind }
      #expect(pods?.plural == "pods" && pods?.shortNames == ["po"])
      #expect(Set(contents.resources.map(\.kind)).count == contents.resources.count)
    }
  }
}
