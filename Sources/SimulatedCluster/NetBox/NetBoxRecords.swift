import Foundation
import WireFormats

/// What a NetBox knows of a simulated cluster that it agrees with.
enum NetBoxRecords {
  /// Records a device for each Node, a virtual machine for every sixth, their addresses, and the ranges
  /// that the cluster takes addresses from.
  static func record(_ world: World, in netBox: SimulatedNetBox) {
    for (index, node) in world.objects(.nodes).enumerated() {
      record(node, isVirtual: index % 6 == 5, in: netBox)
    }
    netBox.put(prefix("192.0.2.0/24", status: "active"), in: .prefixes)
    var pods = prefix("10.244.0.0/16", status: "active")
    pods["custom_fields"] = ["kubernetes_cluster": .string(SimulatedNetBox.clusterName)]
    netBox.put(pods, in: .prefixes)
    netBox.put(prefix("10.0.0.0/8", status: "container"), in: .prefixes)
  }

  private static func record(
    _ node: StoredObject,
    isVirtual: Bool,
    in netBox: SimulatedNetBox
  ) {
    let zone = node.labels["topology.kubernetes.io/zone"] ?? .null
    var machine: JSONValue = [
      "name": .string(node.name),
      "status": choice("active"),
      "site": ["name": zone, "slug": zone],
      "tenant": ["name": "Shop", "slug": "shop"],
      "serial": .string("SIM-\(node.name)"),
      "cluster": ["name": .string(SimulatedNetBox.clusterName)],
      "custom_fields": [
        "provider_id": node.value[path: "spec", "providerID"] ?? .null,
        "system_uuid": node.value[path: "status", "nodeInfo", "systemUUID"] ?? .null,
      ],
    ]
    let addresses = node.value[path: "status", "addresses"]?.arrayValue ?? []
    for address in addresses where address["type"] == "InternalIP" {
      guard let text = address["address"]?.stringValue else { continue }
      machine["primary_ip4"] = ["address": .string("\(text)/24")]
      let holder = isVirtual ? "virtual_machine" : "device"
      netBox.put(self.address("\(text)/24", of: node.name, as: holder), in: .addresses)
    }
    // What machines of metal have besides.
    if !isVirtual { machine["rack"] = .null }
    netBox.put(machine, in: isVirtual ? .virtualMachines : .devices)
  }

  /// An address that is allocated to the cluster, and to a machine of it if that is told.
  static func address(
    _ text: String,
    of machine: String? = nil,
    as holder: String = "device"
  ) -> JSONValue {
    [
      "address": .string(text), "status": choice("active"), "vrf": .null, "dns_name": "",
      "assigned_object": machine.map { name in
        .object(["name": "eth0", holder: ["name": .string(name)]])
      } ?? .null,
      "custom_fields": ["kubernetes_cluster": .string(SimulatedNetBox.clusterName)],
    ]
  }

  private static func prefix(_ text: String, status: String) -> JSONValue {
    ["prefix": .string(text), "status": choice(status), "vrf": .null, "custom_fields": [:]]
  }

  /// How NetBox writes one of several values.
  static func choice(_ value: String) -> JSONValue {
    ["value": .string(value), "label": .string(value.capitalized)]
  }
}
