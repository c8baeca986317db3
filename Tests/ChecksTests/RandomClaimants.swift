import KubernetesObjects
import ObjectBuilders

/// Objects that want what others want, too: names, addresses, labels are few.
extension RandomWorld {
  mutating func claimant(at now: Timestamp) -> any ObjectRecord {
    switch Int.random(in: 0..<19, using: &random) {
    case 0...3: return claimingPod(at: now)
    case 4: return claimingNode(at: now)
    case 5: return claimingService(at: now)
    case 6: return slice(at: now)
    case 7: return claimingVolume()
    case 8: return claim(at: now)
    case 9: return attachment()
    case 10: return deployment(at: now)
    case 11, 12: return replicaSet()
    case 13: return budget(at: now)
    case 14: return scaler(at: now)
    case 15: return inventoryMachine()
    case 16:
      let tellsOfAddress = pick([true, false])
      let record: (any ObjectRecord)? = tellsOfAddress ? inventoryAddress() : inventoryPrefix()
      return record ?? foreignPod(at: now)
    case 17: return report()
    default: return traffic(at: now)
    }
  }

  /// What a policy engine says of some of the Pods.
  private mutating func report() -> PolicyReport {
    var report = PolicyReport(metadata: .sample(pick(["one", "two"]), namespace: "shop"))
    report.source = pick(["kyverno", "kpatrol"])
    report.scope.kind = Pod.kind
    report.scope.name = pick(["a", "b"])
    report.results = (0..<pick([0, 1, 2])).map { _ in
      var result = ReportResult()
      (result.policy, result.outcome) = (pick(["p", "q"]), pick([.fail, .warn, .error]))
      result.severity = pick([nil, .critical, .low])
      var pod = ObjectMention()
      (pod.kind, pod.namespace, pod.name) = (Pod.kind, "shop", pick(["a", "b", "c"]))
      result.resources = pick([[], [pod]])
      return result
    }
    return report
  }

  private mutating func metadata(
    _ names: [String],
    namespace: String = "shop",
    at now: Timestamp
  ) -> ObjectMetadata {
    let deleted: Timestamp? = pick([nil, nil, nil, now])
    return .sample(
      pick(names),
      namespace: namespace,
      uid: pick(["1", "2"]),
      created: pick([.noon, .noon + .seconds(60)]),
      deleted: deleted
    )
  }

  private mutating func address() -> IPAddress? {
    IPAddress(pick(["10.0.1.1", "10.0.1.2", "192.168.0.1", ""]))
  }

  private mutating func labels() -> Labels {
    var labels: Labels = ["app": pick(["cart", "web"])]
    labels["pod-template-hash"] = pick([nil, "one", "two"])
    return labels
  }

  private mutating func claimingPod(at now: Timestamp) -> Pod {
    var pod = Pod(metadata: metadata(["a", "b", "c"], at: now))
    pod.metadata.labels = labels()
    let set = pick(["cart-one", "cart-two"])
    pod.metadata.ownerReferences = pick([
      [],
      [OwnerReference(kind: ReplicaSet.kind, name: set, uid: pick(["1", "2"]))],
    ])
    pod.nodeName = pick(["node-1", "node-2"])
    pod.hostAddress = address()
    pod.addresses = [address()].compactMap(\.self)
    pod.phase = pick([.running, .running, .pending, .failed])
    pod.milestones = pick([.ready, []])
    pod.template.claims = [pick(["data", "other"])]
    pod.conditions = pick([[], [], [Condition(type: "PodResizePending", status: .isTrue)]])
    var container = Container()
    container.name = "main"
    container.image = pick(["nginx:1.29", "nginx:1.28"])
    container.requests = ResourceAmounts(["cpu": pick(["1", "1500m"])])
    container.ports = [Container.Port()]
    container.ports[0].hostPort = pick([0, 80])
    container.ports[0].hostAddress = pick(["", "127.0.0.1", "192.168.0.1"])
    pod.template.containers = [container]
    var status = ContainerStatus()
    status.name = "main"
    let digit = pick(["a", "b"])
    status.imageDigest = ImageDigest(imageID: ":" + String(repeating: digit, count: 64))
    pod.containers = [status]
    return pod
  }

  private mutating func claimingNode(at now: Timestamp) -> Node {
    var node = Node(metadata: metadata(["node-1", "node-2"], namespace: "", at: now))
    node.metadata.labels = pick([[:], ["type": "virtual-kubelet"]])
    node.addresses = [address()].compactMap(\.self)
    node.podCIDRs = [pick(["10.0.0.0/16", "10.0.1.0/24", "10.0.0.0/15", "fd00::/64"])]
      .compactMap(IPPrefix.init)
    node.allocatable = ResourceAmounts(["cpu": pick(["1", "2"])])
    node.kubeletVersion = "v1.36.0"
    node.providerID = pick(["", "aws:///a"])
    node.systemUUID = pick(["", "s"])
    node.machineID = pick(["", "m"])
    return node
  }

  private mutating func claimingService(at now: Timestamp) -> Service {
    var service = Service(metadata: metadata(["cart", "web"], at: now))
    service.type = pick([.clusterIP, .loadBalancer])
    service.selector = pick([[:], ["app": "cart"]])
    service.publishesNotReadyAddresses = pick([false, true])
    service.clusterAddresses = [address()].compactMap(\.self)
    service.externalAddresses = [address()].compactMap(\.self)
    service.loadBalancer.addresses = [address()].compactMap(\.self)
    service.ports = [Service.Port()]
    service.ports[0].number = pick([22, 80])
    return service
  }

  private mutating func slice(at now: Timestamp) -> EndpointSlice {
    var slice = EndpointSlice(metadata: metadata(["s1", "s2"], at: now))
    slice.metadata.labels = ["kubernetes.io/service-name": pick(["cart", "web"])]
    slice.endpoints = ["a", pick(["b", "c", "a"])].map { name in
      var endpoint = EndpointSlice.Endpoint()
      endpoint.address = address()
      endpoint.isReady = pick([true, false])
      var target = ObjectMention()
      target.kind = Pod.kind
      target.namespace = "shop"
      target.name = name
      target.uid = pick([.unset, "1"])
      endpoint.target = pick([nil, target, target])
      return endpoint
    }
    return slice
  }

  private mutating func claimingVolume() -> PersistentVolume {
    var volume = PersistentVolume.sample(
      pick(["pv-1", "pv-2"]),
      phase: pick([.bound, .bound, .released]),
      claim: pick([nil, "data", "other"]),
      reclaimPolicy: pick(["Delete", "Retain"])
    )
    volume.claim?.uid = pick([.unset, "1", "2"])
    volume.source = pick([
      .csi(driver: "ebs", handle: "vol"), .networkFiles(server: "nas", path: "/a"),
    ])
    volume.accessModes = pick([.readWriteOnce, .readWriteMany, .readWriteOncePod])
    return volume
  }

  private mutating func claim(at now: Timestamp) -> PersistentVolumeClaim {
    var claim = PersistentVolumeClaim(metadata: metadata(["data", "other"], at: now))
    claim.volumeName = pick(["pv-1", "pv-2"])
    claim.phase = pick([.bound, .pending])
    return claim
  }

  private mutating func attachment() -> VolumeAttachment {
    let node = pick(["node-1", "node-2"])
    var attachment = VolumeAttachment(metadata: .sample("csi-\(node)"))
    attachment.nodeName = node
    attachment.volumeName = pick(["pv-1", "pv-2"])
    attachment.isAttached = pick([true, false])
    return attachment
  }

  private mutating func deployment(at now: Timestamp) -> Deployment {
    var deployment = Deployment(metadata: metadata(["cart", "web"], at: now))
    deployment.metadata.generation = pick([1, 2])
    deployment.observedGeneration = pick([1, 2])
    deployment.selector = LabelSelector(["app": pick(["cart", "web"])])
    deployment.updatedReplicas = 1
    deployment.conditions = [
      Condition(type: "Progressing", status: .isTrue, reason: "NewReplicaSetAvailable")
    ]
    var container = Container()
    container.name = "main"
    container.image = pick(["nginx:1.29", "nginx:1.28"])
    deployment.template.containers = [container]
    return deployment
  }

  private mutating func replicaSet() -> ReplicaSet {
    let hash = pick(["one", "two"])
    var set = ReplicaSet.sample("cart-\(hash)")
    set.metadata.uid = pick(["1", "2"])
    set.metadata.labels = ["app": "cart", "pod-template-hash": hash]
    set.selector = LabelSelector(set.metadata.labels)
    set.metadata.annotations = ["deployment.kubernetes.io/revision": pick(["1", "2", "10"])]
    set.metadata.ownerReferences = pick([
      [], [OwnerReference(kind: Deployment.kind, name: "cart", uid: pick(["1", "2"]))],
    ])
    return set
  }

  private mutating func budget(at now: Timestamp) -> PodDisruptionBudget {
    var budget = PodDisruptionBudget(metadata: metadata(["x", "y"], at: now))
    budget.selector = LabelSelector(pick([[:], ["app": "cart"]]))
    return budget
  }

  private mutating func scaler(at now: Timestamp) -> any ObjectRecord {
    var target = ObjectMention()
    target.kind = Deployment.kind
    target.name = pick(["cart", "web"])
    guard Bool.random(using: &random) else {
      var scaler = VerticalPodAutoscaler(metadata: metadata(["x"], at: now))
      scaler.target = target
      scaler.updateMode = pick(["Auto", "Off"])
      return scaler
    }
    var scaler = HorizontalPodAutoscaler(metadata: metadata(["x", "y"], at: now))
    scaler.target = target
    scaler.resourceMetrics = [HorizontalPodAutoscaler.ResourceMetric()]
    scaler.resourceMetrics[0].resource = pick(["cpu", "requests"])
    return scaler
  }

  private mutating func traffic(at now: Timestamp) -> any ObjectRecord {
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      var ingress = Ingress(metadata: metadata(["x", "y"], at: now))
      ingress.rules = [Ingress.Rule()]
      ingress.rules[0].pathType = pick(["Exact", "Prefix"])
      ingress.loadBalancer.addresses = [address()].compactMap(\.self)
      return ingress
    case 1:
      var route = HTTPRoute(metadata: metadata(["x", "y"], at: now))
      route.parents = [GatewayMention()]
      route.parents[0].object.name = "public"
      route.parents[0].section = pick(["", "http", "https"])
      route.rules = [HTTPRoute.Rule()]
      route.rules[0].matches = ["* PathPrefix /"]
      route.conditions = [Condition(type: "Accepted", status: pick([.isTrue, .isFalse]))]
      return route
    case 2:
      var storage = StorageClass(metadata: metadata(["x", "y"], namespace: "", at: now))
      storage.metadata.annotations = ["storageclass.kubernetes.io/is-default-class": "true"]
      return storage
    default:
      var hooks = MutatingWebhookConfiguration(
        metadata: metadata(["x", "y"], namespace: "", at: now)
      )
      var rule = AdmissionWebhook.Rule()
      rule.operations = ["*"]
      rule.apiGroups = [""]
      rule.resources = ["pods"]
      hooks.webhooks = [AdmissionWebhook()]
      hooks.webhooks[0].rules = [rule]
      hooks.webhooks[0].isReinvoked = pick([true, false])
      return hooks
    }
  }
}
