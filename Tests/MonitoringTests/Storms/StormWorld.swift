import ObjectBuilders
import SimulatedCluster
import WireFormats

/// The objects of a storm, which change at random, and what they must come to.
///
/// Each change is one: a creation, an update to something else, or a deletion of what is there.
struct StormWorld {
  struct Name: Hashable {
    let plural: String
    let name: String
  }

  static let plurals = [
    "pods", "nodes", "persistentvolumes", "configmaps", "widgets.example.com",
  ]
  static let namespace = "shop"

  /// What each object has in its label `serial`, a number that no other change has.
  private(set) var serials: [Name: Int] = [:]
  private(set) var creations = 0
  private(set) var updates = 0
  private(set) var deletions = 0
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  var changes: Int { creations + updates + deletions }

  /// Makes what must be there before anything else is.
  func prepare(_ cluster: SimulatedCluster) throws {
    try cluster.create(
      ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(Self.namespace)]]
    )
    try cluster.create(Self.definition)
  }

  /// Changes one object.
  mutating func change(_ cluster: SimulatedCluster) throws {
    let plural = Self.plurals.randomElement(using: &random) ?? ""
    let name = Name(plural: plural, name: "\(Int.random(in: 0..<40, using: &random))")
    let isNamespaced = plural != "nodes" && plural != "persistentvolumes"
    let namespace = isNamespaced ? Self.namespace : ""
    let isThere = serials[name] != nil
    if isThere, Int.random(in: 0..<3, using: &random) == 0 {
      deletions += cluster.remove(plural, namespace: namespace, name: name.name) ? 1 : 0
      serials[name] = nil
      return
    }
    let serial = changes
    let object = object(name, serial, in: namespace)
    if isThere {
      try cluster.update(object)
      updates += 1
    } else {
      try cluster.create(object)
      creations += 1
    }
    serials[name] = serial
  }

  private mutating func object(_ name: Name, _ serial: Int, in namespace: String) -> JSONValue {
    var object: JSONValue = ["apiVersion": "v1", "metadata": ["name": .string(name.name)]]
    if !namespace.isEmpty { object[path: "metadata", "namespace"] = .string(namespace) }
    let number = Int.random(in: 0..<8, using: &random)
    object[path: "metadata", "labels"] = [
      "number": .string("\(number)"), "serial": .string("\(serial)"),
    ]
    let isGood = number < 4
    switch name.plural {
    case "pods":
      object["kind"] = "Pod"
      // A Pod stays on its Node.
      object["spec"] = [
        "nodeName": .string(name.name),
        "containers": [["name": "main", "image": .string("x:\(number)")]],
      ]
      object["status"] = [
        "phase": isGood ? "Running" : "Pending", "podIP": .string("10.0.0.\(number)"),
      ]
    case "nodes":
      object["kind"] = "Node"
      object["status"] = ["conditions": [["type": "Ready", "status": isGood ? "True" : "False"]]]
    case "persistentvolumes":
      object["kind"] = "PersistentVolume"
      object["spec"] = ["capacity": ["storage": .string("\(number + 1)Gi")]]
      object["status"] = ["phase": isGood ? "Released" : "Available"]
    case "configmaps":
      object["kind"] = "ConfigMap"
      object["data"] = ["number": .string(String(repeating: "x", count: number))]
    default:
      object["apiVersion"] = "example.com/v1"
      object["kind"] = "Widget"
    }
    return object
  }

  private static let definition: JSONValue = [
    "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
    "metadata": ["name": "widgets.example.com"],
    "spec": [
      "group": "example.com", "scope": "Namespaced",
      "names": ["plural": "widgets", "singular": "widget", "kind": "Widget"],
      "versions": [["name": "v1", "served": true, "storage": true]],
    ],
  ]
}
