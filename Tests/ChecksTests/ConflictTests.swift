import Checks
import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders
import Testing

/// How much conflicts matter, and whom they are told about.
@Suite struct ConflictTests {
  private func findings(_ id: CheckID, _ objects: [any ObjectRecord]) throws -> [Finding] {
    let check = try #require(Catalogue.check(id))
    var inspector = Inspector(cluster: "test", checks: [check])
    let graph = FixtureWorld(objects).graph()
    _ = inspector.inspect(graph.allHandles, in: graph, at: .noon, watchedFromStart: true)
    _ = inspector.advance(to: .noon + check.settles, in: graph)
    return inspector.findings
  }

  private func service(external address: String, port: UInt16) -> Service {
    var service = Service(metadata: .sample("web", namespace: "shop"))
    service.externalAddresses = [address].compactMap(IPAddress.init)
    service.ports = [Service.Port()]
    service.ports[0].number = port
    return service
  }

  @Test func aPodInTheRangeOfServicesIsAWarning() throws {
    var range = ServiceCIDR(metadata: .sample("kubernetes"))
    range.ranges = [IPPrefix("10.96.0.0/16")].compactMap(\.self)
    let found = try findings(
      "conflict/pod-service-address",
      [
        range, Pod.sample("in", addresses: ["10.96.0.7"]),
        Pod.sample("out", addresses: ["10.0.0.7"]),
      ]
    )
    #expect(found.map(\.severity) == [.warning])
    #expect(
      found.map(\.message) == [
        "Address 10.96.0.7 of Pod shop/in lies in the Services' range 10.96.0.0/16"
      ]
    )
  }

  @Test(
    "A Service may take a Node's address, but not a port that the Node lives by",
    arguments: [(80, Severity.info), (10250, .critical)] as [(UInt16, Severity)]
  )
  func externalAddress(port: UInt16, severity: Severity) throws {
    var node = Node.sample()
    node.addresses = [IPAddress("192.0.2.1")].compactMap(\.self)
    let found = try findings(
      "conflict/external-address",
      [node, service(external: "192.0.2.1", port: port)]
    )
    #expect(found.map(\.severity) == [severity])
  }

  @Test(
    "What was cloned with its machineID is a warning",
    arguments: [("s", Severity.critical), ("", .warning)]
  )
  func machines(system: String, severity: Severity) throws {
    let nodes = ["a", "b"].map { name in
      var node = Node.sample(name)
      node.machineID = "m"
      node.systemUUID = system
      return node
    }
    #expect(try findings("conflict/machine-identity", nodes).map(\.severity) == [severity])
  }

  @Test(
    "Storage that is never attached bears two writers",
    arguments: [(true, Severity.critical), (false, .warning)]
  )
  func writers(isAttached: Bool, severity: Severity) throws {
    var volume = PersistentVolume.sample()
    volume.accessModes = .readWriteOnce
    var claim = PersistentVolumeClaim(metadata: .sample("data", namespace: "shop"))
    claim.volumeName = "pv-1"
    var attachment = VolumeAttachment(metadata: .sample("csi-1"))
    attachment.volumeName = isAttached ? "pv-1" : "pv-2"
    let pods = ["node-1", "node-2"].map { node in
      var pod = Pod.sample("on-\(node)", node: node)
      pod.template.claims = ["data"]
      return pod
    }
    let found = try findings(
      "conflict/single-writer-volume",
      [volume, claim, attachment] + pods
    )
    #expect(found.map(\.severity) == [severity])
  }

  @Test func largeRangesThatOverlapAreReportedOnce() throws {
    let found = try findings(
      "conflict/pod-cidr",
      [
        Node.sample("a", podCIDRs: ["10.0.0.0/12"]), Node.sample("b", podCIDRs: ["10.0.0.0/13"]),
        Node.sample("c", podCIDRs: ["10.8.0.0/14"]),
      ]
    )
    #expect(found.count == 2)
  }
}
