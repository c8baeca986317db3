import WireFormats

/// Lists for each Service with a selector the addresses of its Pods.
struct EndpointSliceController: Controller {
  let concerns: [ServedResource] = [.services, .pods, .endpointSlices]

  func reconcile(_ world: World, pace: Double) {
    let pods = Dictionary(grouping: world.objects(.pods), by: \.namespace)
    for service in world.objects(.services) where !service.isTerminating {
      guard let selector = service.value[path: "spec", "selector"], selector != [:] else {
        continue
      }
      let labels = LabelSelector(spec: ["matchLabels": selector])
      let selected = (pods[service.namespace] ?? []).filter { labels.matches($0.labels) }
      write(selected.compactMap(endpoint), of: service, world)
    }
  }

  private func endpoint(of pod: StoredObject) -> JSONValue? {
    guard let address = PodReading.address(of: pod), !pod.isTerminating else { return nil }
    let isReady = PodReading.isReady(pod)
    return [
      "addresses": [.string(address)],
      "conditions": [
        "ready": .boolean(isReady), "serving": .boolean(isReady), "terminating": false,
      ],
      "nodeName": pod.value[path: "spec", "nodeName"] ?? .null,
      "targetRef": [
        "kind": "Pod", "namespace": .string(pod.namespace), "name": .string(pod.name),
        "uid": .string(pod.uid),
      ],
    ]
  }

  private func write(_ endpoints: [JSONValue], of service: StoredObject, _ world: World) {
    let name = "\(service.name)-\(service.uid.prefix(5))"
    if let slice = world.object(.endpointSlices, service.namespace, name) {
      world.change(slice) { $0["endpoints"] = .array(endpoints) }
      return
    }
    let ports = (service.value[path: "spec", "ports"]?.arrayValue ?? []).map { port -> JSONValue in
      [
        "name": port["name"] ?? "", "protocol": port["protocol"] ?? "TCP",
        "port": port["targetPort"] ?? port["port"] ?? 80,
      ]
    }
    world.create(
      [
        "metadata": [
          "name": .string(name),
          "labels": ["kubernetes.io/service-name": .string(service.name)],
          "ownerReferences": [OwnerReference.controller(service)],
        ],
        "addressType": "IPv4", "endpoints": .array(endpoints), "ports": .array(ports),
      ],
      in: .endpointSlices,
      namespace: service.namespace
    )
  }
}
