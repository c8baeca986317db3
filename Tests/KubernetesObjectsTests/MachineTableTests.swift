import ObjectBuilders
import Testing

@testable import KubernetesObjects

/// A Node finds its machine by the identity that says most.
@Suite struct MachineTableTests {
  private static func machine(_ change: (inout RegisteredMachine) -> Void) -> RegisteredMachine {
    var machine = RegisteredMachine()
    change(&machine)
    return machine
  }

  private static func node(
    _ name: String = "node-1",
    provider: String = "",
    system: String = "",
    address: String = ""
  ) -> Node {
    var node = Node.sample(name)
    node.providerID = provider
    node.systemUUID = system
    node.addresses = [IPAddress(address)].compactMap(\.self)
    return node
  }

  private static func found(_ node: Node, _ machines: RegisteredMachine...) -> [Int] {
    MachineTable(machines).positions(of: node, inCluster: "test")
  }

  @Test func anIdentityThatSaysMoreComesFirst() {
    let node = Self.node(provider: "aws:///i-1", system: "A", address: "192.0.2.1")
    let byAddress = Self.machine { $0.addresses = node.addresses }
    let byName = Self.machine { $0.hostname = "NODE-1" }
    let bySystem = Self.machine { $0.systemUUID = "a" }
    let byProvider = Self.machine { $0.providerID = "aws:///I-1" }
    #expect(Self.found(node, byAddress, byName, bySystem, byProvider) == [3])
    #expect(Self.found(node, byAddress, byName, bySystem) == [2])
    #expect(Self.found(node, byAddress, byName) == [1])
    #expect(Self.found(node, byAddress) == [0])
    #expect(Self.found(node, Self.machine { $0.hostname = "node-2" }).isEmpty)
  }

  @Test(
    "Names are compared with their domains where both have one",
    arguments: [
      ("node-1", "node-1.example.com", true), ("node-1.example.com", "node-1", true),
      ("node-1.example.com", "node-1.example.org", false), ("10.0.0.1", "10.0.0.2", false),
      ("10.0.0.1", "10.0.0.1", true), ("node-1", "node-10", false),
    ]
  )
  func comparesNames(name: String, hostname: String, isSame: Bool) {
    let machine = Self.machine { $0.hostname = hostname }
    #expect(Self.found(Self.node(name), machine).isEmpty == !isSame)
  }

  @Test func aUUIDIsTheSameInEitherOrderOfBytes() {
    let node = Self.node(system: "4c4c4544-0034-5910-8048-b4c04f313233")
    let machine = Self.machine { $0.systemUUID = "44454C4C-3400-1059-8048-B4C04F313233" }
    #expect(Self.found(node, machine) == [0])
  }

  @Test func machinesOfOtherClustersComeLast() {
    let other = Self.machine { machine in
      machine.hostname = "node-1"
      machine.cluster = "other"
    }
    let ours = Self.machine { machine in
      machine.hostname = "node-1"
      machine.cluster = "test"
    }
    #expect(Self.found(Self.node(), other, ours) == [1])
    #expect(Self.found(Self.node(), other) == [0])
  }

  @Test func recordsWithOneNameAreToldApart() {
    let twin = Self.machine { $0.hostname = "node-1" }
    let nameless = Self.machine { $0.cluster = "test" }
    let names = MachineTable([twin, twin, nameless]).machines.map(\.name)
    #expect(names == ["node-1", "node-1 (record 2)", "record 3"])
  }
}
