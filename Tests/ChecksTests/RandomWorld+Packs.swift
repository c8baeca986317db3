import ClusterGraph
import KubernetesObjects
import ObjectBuilders
import WireFormats

/// What packs of rules read of a random world besides records.
extension RandomWorld {
  /// A custom object or a ConfigMap as JSON, with fields that packs read.
  mutating func writtenObject(at now: Timestamp) -> (JSONValue, APIResource) {
    let names = ["a", "b", "cart"]
    var object: [String: JSONValue] = [:]
    let isWidget = Bool.random(using: &random)
    if isWidget {
      let times = (0..<pick([0, 1, 2])).map { _ in
        JSONValue.string((now + .seconds(Int.random(in: -600...600, using: &random))).rfc3339)
      }
      object["spec"] = [
        "size": .integer(pick([0, 1, 2, 3])), "times": .array(times),
        "refs": .array(names.prefix(pick([0, 1, 2])).map { .string($0) }),
        "parts": .array(names.suffix(pick([0, 1, 2])).map { .string($0) }),
      ]
    } else {
      object["data"] = [
        "mode": .string(pick(["on", "off"])), "node": .string(pick(["node-1", "node-2"])),
      ]
    }
    object["metadata"] = [
      "name": .string(pick(names)), "namespace": .string(pick(["shop", "payments"])),
      "uid": .string(pick(["1", "1", "2"])),
      "labels": ["app": .string(pick(["cart", "web"]))],
    ]
    return (.object(object), isWidget ? .widgets : .configMaps)
  }
}

extension APIResource {
  fileprivate static let configMaps = APIResource(
    kind: ConfigMap.kind,
    version: "v1",
    plural: "configmaps",
    isNamespaced: true,
    verbs: ["list", "watch"]
  )
}
