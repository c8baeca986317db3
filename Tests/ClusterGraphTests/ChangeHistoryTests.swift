import KubernetesObjects
import ObjectBuilders
import Testing

@testable import ClusterGraph

@Suite struct ChangeHistoryTests {
  private func entry(_ name: String, at seconds: Int) -> ChangeHistory.Entry {
    ChangeHistory.Entry(
      time: .noon + .seconds(seconds),
      key: Pod.sample(name).key,
      old: nil,
      new: Pod.sample(name),
      manager: "kubelet"
    )
  }

  @Test func theLastChangesAreKeptAndFoundNewestFirst() {
    var history = ChangeHistory(capacity: 5)
    #expect(history.changes(of: [Pod.sample("a").key], limit: 3).isEmpty)
    for second in 0..<12 { history.append(entry(second.isMultiple(of: 2) ? "a" : "b", at: second)) }
    #expect(history.count == 5)
    let found = history.changes(of: [Pod.sample("a").key], limit: 10)
    #expect(found.map(\.time) == [.noon + .seconds(10), .noon + .seconds(8)])
    let both = history.changes(of: [Pod.sample("a").key, Pod.sample("b").key], limit: 3)
    #expect(both.map(\.time) == [11, 10, 9].map { .noon + .seconds($0) })
  }

  @Test func aGraphRemembersChangesButNotAFirstList() throws {
    var graph = ClusterGraph()
    var touched: HandleSet = []
    graph.time = .noon
    graph.replace(Pod.kind, with: [ObjectSnapshot(Pod.sample())], touching: &touched)
    #expect(graph.history.count == 0)
    graph.time = .noon + .seconds(5)
    let snapshot = ObjectSnapshot(
      record: Pod.sample(phase: .succeeded),
      version: ObjectVersion(resourceVersion: "2", manager: "kubelet")
    )
    graph.upsert(snapshot, touching: &touched)
    graph.upsert(snapshot, touching: &touched)
    let change = try #require(graph.history.changes(of: [Pod.sample().key], limit: 9).first)
    #expect(graph.history.count == 1)
    #expect(change.time == .noon + .seconds(5) && change.manager == "kubelet")
    let fields = try #require(change.new).changes(since: try #require(change.old))
    #expect(fields == [FieldChange(path: "status.phase", old: "Running", new: "Succeeded")])
    graph.remove(Pod.sample().key, touching: &touched)
    #expect(graph.history.changes(of: [Pod.sample().key], limit: 9).first?.new == nil)
  }

  @Test func differencesAreToldByField() {
    var node = Node.sample(ready: .isFalse, podCIDRs: ["10.0.0.0/24"])
    let old = Node.sample(ready: .isTrue)
    node.metadata.labels = ["zone": "z1"]
    node.metadata.deletionTimestamp = .noon
    #expect(
      node.changes(since: old) == [
        FieldChange(path: "metadata.deletionTimestamp", old: "", new: "2026-11-23T12:00:00Z"),
        FieldChange(path: "metadata.labels[zone]", old: "", new: "z1"),
        FieldChange(path: "spec.podCIDRs", old: "", new: "10.0.0.0/24"),
        FieldChange(path: "status.conditions[Ready].status", old: "True", new: "False"),
      ]
    )
    #expect(old.changes(since: old).isEmpty)
  }

  @Test func listsAreComparedByTheNamesOfTheirElements() {
    var old = Pod.sample()
    old.milestones = [.scheduled, .ready]
    var main = ContainerStatus()
    main.name = "main"
    main.state = .running
    old.containers = [main]
    var pod = old
    pod.milestones = .scheduled
    pod.conditions = [Condition(type: "Ready", status: .isFalse, reason: "ContainersNotReady")]
    var sidecar = main
    sidecar.name = "proxy"
    main.state = .waiting(reason: "CrashLoopBackOff", message: "back-off 5m0s restarting")
    main.restartCount = 7
    pod.containers = [sidecar, main]
    pod.template.options = .hostNetwork
    let changes = Dictionary(
      uniqueKeysWithValues: pod.changes(since: old).map { ($0.path, "\($0.old) -> \($0.new)") }
    )
    let containers = "status.containerStatuses"
    #expect(changes["\(containers)[main].state"] == "running -> waiting: CrashLoopBackOff")
    #expect(changes["\(containers)[main].restartCount"] == "0 -> 7")
    #expect(changes["\(containers)[proxy]"]?.contains("state: running") == true)
    let ready = changes["status.conditions[Ready]"]
    #expect(ready?.hasPrefix("True -> ") == true)
    #expect(ready?.contains("reason: ContainersNotReady") == true)
    #expect(changes["spec.hostNetwork"] == " -> true")
    #expect(changes.count == 5)
  }

  @Test func mapsAreComparedKeyByKey() {
    let hard = ["pods": "9", "cpu": "4"]
    let old = ResourceQuota.sample(used: ["cpu": "1", "memory": "1Gi", "pods": "3"], hard: hard)
    let new = ResourceQuota.sample(used: ["cpu": "2", "memory": "1Gi"], hard: hard)
    #expect(
      new.changes(since: old) == [
        FieldChange(path: "status.used[pods]", old: "3", new: ""),
        FieldChange(path: "status.used[cpu]", old: "1", new: "2"),
      ]
    )
  }

  @Test func whatIsLongIsTold() {
    func slice(_ names: [String]) -> EndpointSlice {
      var slice = EndpointSlice(metadata: .sample("cart", namespace: "shop"))
      slice.endpoints = names.map { name in
        var endpoint = EndpointSlice.Endpoint()
        endpoint.target = ObjectMention()
        endpoint.target?.name = name
        return endpoint
      }
      return slice
    }
    let names = (0..<50).map { "cart-\($0)" }
    let changes = slice(names.dropLast() + ["new"]).changes(since: slice(names))
    #expect(changes.map(\.path) == ["endpoints[cart-49]", "endpoints[new]"])
    #expect(changes.allSatisfy { $0.old.count <= 60 && $0.new.count <= 60 })
  }

  @Test func whatChangesAllTheTimeIsNoChange() {
    let old = Lease.sample(renewed: .noon)
    #expect(Lease.sample(renewed: .noon + .seconds(10)).changes(since: old).isEmpty)
  }
}
