import WireFormats

/// What the metrics API (`metrics.k8s.io/v1beta1`) tells of Pods and Nodes: made up from what they
/// request and have, and always the same.
///
/// It is there where a metrics-server runs.
struct Metrics {
  static let group = "metrics.k8s.io"
  private static let version = "v1beta1"

  static let resources = [
    ServedResource(
      "nodes",
      "NodeMetrics",
      group: group,
      version: version,
      singular: "",
      isNamespaced: false,
      verbs: ["get", "list"]
    ),
    ServedResource(
      "pods",
      "PodMetrics",
      group: group,
      version: version,
      singular: "",
      verbs: ["get", "list"]
    ),
  ]

  let registry: Registry

  /// Not where its APIService says that it is out of order.
  var isServed: Bool {
    let server = ObjectAddress(.deployments, namespace: "kube-system", name: "metrics-server")
    return registry.object(server) != nil
      && !ForeignGroups(registry).versions.contains { $0.group == Self.group && !$0.isAvailable }
  }

  /// `nil`: the path is not of this API.
  func answer(_ request: APIRequest) -> APIResponse? {
    guard isServed, request.method == "GET", request.segments.count > 3,
      request.segments.prefix(3) == ["apis", Self.group, Self.version]
    else { return nil }
    switch Array(request.segments.dropFirst(3)) {
    case ["nodes"]: return list("NodeMetricsList", registry.objects(.nodes).map(node))
    case ["pods"]: return list("PodMetricsList", registry.objects(.pods).compactMap(pod))
    case let path where path.count == 3 && path[0] == "namespaces" && path[2] == "pods":
      let pods = registry.objects(.pods, in: path[1])
      return list("PodMetricsList", pods.compactMap(pod))
    default: return nil
    }
  }

  private func list(_ kind: String, _ items: [JSONValue]) -> APIResponse {
    .json([
      "kind": .string(kind), "apiVersion": .string("\(Self.group)/\(Self.version)"),
      "metadata": [:], "items": .array(items),
    ])
  }

  private func node(_ node: StoredObject) -> JSONValue {
    let available = node.value[path: "status", "allocatable"]
    return measured(["name": .string(node.name)]) {
      $0["usage"] = Self.usage(of: available, byName: node.name)
    }
  }

  private func pod(_ pod: StoredObject) -> JSONValue? {
    guard PodReading.phase(pod) == "Running" else { return nil }
    let containers = pod.value[path: "spec", "containers"]?.arrayValue ?? []
    return measured(["name": .string(pod.name), "namespace": .string(pod.namespace)]) {
      $0["containers"] = .array(
        containers.map { container in
          [
            "name": container["name"] ?? "main",
            "usage": Self.usage(of: container[path: "resources", "requests"], byName: pod.name),
          ]
        }
      )
    }
  }

  private func measured(_ metadata: JSONValue, _ complete: (inout JSONValue) -> Void) -> JSONValue {
    let time = JSONValue.string(registry.clock.timestamp)
    var value: JSONValue = ["timestamp": time, "window": "15s"]
    value["metadata"] = metadata
    value[path: "metadata", "creationTimestamp"] = time
    complete(&value)
    return value
  }

  /// Between 35 and 74 percent of the amounts.
  private static func usage(of amounts: JSONValue?, byName name: String) -> JSONValue {
    let percent = 35 + name.utf8.reduce(0) { ($0 * 31 + Int($1)) % 40 }
    return [
      "cpu": .string(part(percent, of: amounts?["cpu"]?.stringValue ?? "20m")),
      "memory": .string(part(percent, of: amounts?["memory"]?.stringValue ?? "32Mi")),
    ]
  }

  private static func part(_ percent: Int, of text: String) -> String {
    let number = text.prefix(while: \.isNumber)
    let unit = text.dropFirst(number.count)
    let amount = (Int(number) ?? 1) * percent
    return unit.isEmpty ? "\(amount * 10)m" : "\(max(1, amount / 100))\(unit)"
  }
}
