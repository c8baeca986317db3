import Inspection
import KubernetesObjects
import ObjectBuilders

extension CheckFixture {
  static let risk: [CheckID: CheckFixture] = [
    riskCapacity, riskTemplates, riskAccess, riskNetwork, riskReplicas, riskReports, riskTimes,
  ].reduce(into: [:]) { all, fixtures in all.merge(fixtures) { first, _ in first } }

  private static func node(
    _ name: String = "node-1",
    taint: String? = nil,
    effect: String = "NoSchedule",
    pods: String = "110",
    podCIDRs: [String] = []
  ) -> Node {
    var node = Node.sample(name, podCIDRs: podCIDRs)
    node.allocatable = ResourceAmounts(["pods": pods])
    node.taints =
      taint.map { key in
        var taint = Node.Taint()
        (taint.key, taint.value, taint.effect) = (key, "true", effect)
        return [taint]
      } ?? []
    return node
  }

  private static func tolerating(_ key: String, _ operation: String = "Exists") -> PodTemplate {
    RiskSamples.template { template in
      var toleration = Toleration()
      toleration.key = key
      toleration.operator = operation
      template.tolerations = [toleration]
    }
  }

  /// Pods with addresses of a small range.
  private static func pods(_ count: Int, ended: Int = 0, host: Bool = false) -> [any ObjectRecord] {
    (0..<count + ended).map { number in
      Pod.sample(
        "pod-\(number)",
        addresses: ["10.0.0.\(number + 1)"],
        phase: number < count ? .running : .succeeded,
        usesHostNetwork: host
      )
    }
  }

  private static func prefix(
    _ text: String,
    given: Int,
    besides: Int = 0,
    _ lifecycle: RecordLifecycle = .inService
  ) -> [any ObjectRecord] {
    IPPrefix(text).map { prefix in
      [
        InventoryPrefix(
          prefix,
          in: "netbox",
          allocated: given,
          unallocated: besides,
          lifecycle: lifecycle
        )
      ]
    } ?? []
  }

  private static let riskCapacity: [CheckID: CheckFixture] = [
    "risk/quota": CheckFixture(
      firesAbout: "shop/compute",
      "shop/compute",
      in: [
        ResourceQuota.sample(
          used: ["pods": "10", "cpu": "950m", "memory": "1Gi"],
          hard: ["pods": "10", "cpu": "1", "memory": "2Gi"]
        )
      ],
      silent: [
        "there is room": [ResourceQuota.sample(used: ["pods": "9"], hard: ["pods": "10"])],
        "nothing is allowed, and nothing is used":
          [ResourceQuota.sample(used: ["pods": "0"], hard: ["pods": "0"])],
        "a resource is not limited": [ResourceQuota.sample(used: ["pods": "99"], hard: [:])],
      ]
    ),
    "risk/address-space": CheckFixture(
      firesAbout: "netbox/192.0.2.0/24",
      "node-1",
      "node-1",
      in: FixtureWorld(
        [node(pods: "6", podCIDRs: ["10.0.0.0/29"])] + pods(6)
          + prefix("192.0.2.0/24", given: 200, besides: 29)
      ),
      silent: [
        "a range of an IPAM has room":
          FixtureWorld(prefix("192.0.2.0/24", given: 200, besides: 28)),
        "a range of an IPAM links two machines": FixtureWorld(
          prefix("192.0.2.0/30", given: 2) + prefix("192.0.2.4/31", given: 2)
            + prefix("192.0.2.6/32", given: 1)
        ),
        "a range of an IPAM is kept for something":
          FixtureWorld(prefix("192.0.2.0/24", given: 254, .planned)),
        "there is room":
          FixtureWorld([node(pods: "110", podCIDRs: ["10.0.0.0/29"])] + pods(5)),
        "some have ended":
          FixtureWorld([node(pods: "6", podCIDRs: ["10.0.0.0/29"])] + pods(4, ended: 3)),
        "Pods on the host's network take no address of the range":
          FixtureWorld([node(pods: "110", podCIDRs: ["10.0.0.0/29"])] + pods(6, host: true)),
        "addresses are not taken from the range":
          FixtureWorld([node(pods: "110", podCIDRs: ["10.9.0.0/29"])] + pods(6)),
        "the Node does not say how many it runs": FixtureWorld([Node.sample()] + pods(6)),
        "a range of the newer family is large":
          FixtureWorld([node(podCIDRs: ["2001:db8::/64"])] + pods(6)),
      ]
    ),
    "risk/taint-untolerated": CheckFixture(
      firesAbout: "node-1",
      in: [
        node(taint: "example.com/gpu"), RiskSamples.pod("agent", template: tolerating("")),
        RiskSamples.pod("cart-1"),
      ],
      silent: [
        "a Pod tolerates it": [
          node(taint: "example.com/gpu"),
          RiskSamples.pod("train", template: tolerating("example.com/gpu")),
        ],
        "it is Kubernetes' own": [
          node(taint: "node.kubernetes.io/unschedulable"),
          node("node-2", taint: "node-role.kubernetes.io/control-plane"),
          node("node-3", taint: "ToBeDeletedByClusterAutoscaler"),
        ],
        "it merely asks Pods to stay away":
          [node(taint: "example.com/gpu", effect: "PreferNoSchedule")],
        "it has none": [node()],
      ]
    ),
  ]

  private static func size(_ bytes: Int, deleted: Timestamp? = nil) -> ConfigMap {
    var map = ConfigMap(metadata: .sample("settings", namespace: "shop", deleted: deleted))
    map.byteCount = bytes
    return map
  }

  private static let reading = RiskSamples.deployment(
    template: RiskSamples.template {
      $0.configurations = [ConfigurationReference(.configMap, in: .volume, name: "settings")]
    }
  )

  private static func secret(_ name: String = "cart-tls", days: Int, of life: Int) -> Secret {
    var secret = Secret(metadata: .sample(name, namespace: "shop"))
    secret.type = "kubernetes.io/tls"
    let end = Timestamp.noon + .seconds(days * 86_400)
    secret.certificate = CertificateValidity(start: end - .seconds(life * 86_400), end: end)
    return secret
  }

  private static func webhook(days: Int) -> ValidatingWebhookConfiguration {
    var configuration = ValidatingWebhookConfiguration(metadata: .sample("policy"))
    var webhook = AdmissionWebhook()
    webhook.name = "policy.example.com"
    let end = Timestamp.noon + .seconds(days * 86_400)
    webhook.client.authority = CertificateValidity(start: end - .seconds(365 * 86_400), end: end)
    configuration.webhooks = [webhook]
    return configuration
  }

  private static func cluster(days: Int) -> ClusterRecord {
    var cluster = ClusterRecord()
    let end = Timestamp.noon + .seconds(days * 86_400)
    cluster.serverCertificate = CertificateValidity(start: end - .seconds(365 * 86_400), end: end)
    return cluster
  }

  private static func utilisation(
    _ name: String,
    cpu: (used: Double, requested: Double, limit: Double),
    memory: (used: Double, requested: Double, limit: Double)
  ) -> UtilisationRecord {
    UtilisationRecord(
      of: ObjectKey(Deployment.kind, namespace: "shop", name: name),
      [
        .init(.cpu, used: cpu.used, requested: cpu.requested, limit: cpu.limit),
        .init(
          .memory,
          used: memory.used * 0x1p20,
          requested: memory.requested * 0x1p20,
          limit: memory.limit * 0x1p20
        ),
      ]
    )
  }

  private static func written(_ version: String?) -> ServiceCIDR {
    var range = ServiceCIDR(metadata: .sample("kubernetes"))
    range.metadata.deprecatedVersion = version.flatMap(DeprecatedVersion.init)
    return range
  }

  private static let riskTimes: [CheckID: CheckFixture] = [
    "risk/certificate-expiry": CheckFixture(
      firesAbout: "cluster",
      "policy",
      "shop/cart-tls",
      "shop/old-tls",
      in: [
        secret(days: 20, of: 365), secret("old-tls", days: -3, of: 365), webhook(days: 5),
        cluster(days: 29),
      ],
      silent: [
        "there is time": [secret(days: 40, of: 365), webhook(days: 31), cluster(days: 31)],
        "it is renewed every day": [secret(days: 1, of: 1)],
        "it is renewed every third month": [secret(days: 29, of: 90)],
        "there is no certificate": [Secret(metadata: .sample("a", namespace: "shop"))],
      ]
    ),
    "risk/config-size": CheckFixture(
      firesAbout: "shop/settings",
      in: [size(901 * 1024)],
      silent: [
        "it is of any other size": [size(1)],
        "it is empty, and nobody reads it": [size(0)],
        "it is large, but not too large": [size(900 * 1024), reading],
        "it is on its way out": [size(1024 * 1024, deleted: .noon)],
      ]
    ),
    "risk/deprecated-api": CheckFixture(
      firesAbout: "kubernetes",
      in: FixtureWorld([written("networking.k8s.io/v1beta1")], serverVersion: "v1.35.2"),
      silent: [
        "the removal is far away":
          FixtureWorld([written("networking.k8s.io/v1beta1")], serverVersion: "v1.34.0"),
        "the server serves it no longer":
          FixtureWorld([written("networking.k8s.io/v1beta1")], serverVersion: "v1.37.0"),
        "the version is not known": [written("networking.k8s.io/v1beta1")],
        "it is written in the newest version":
          FixtureWorld([written(nil)], serverVersion: "v1.35.2"),
        "other kinds of the version are removed":
          FixtureWorld([written("storage.k8s.io/v1beta1")], serverVersion: "v1.35.2"),
      ]
    ),
  ]

  private static func budget(_ labels: Labels = ["app": "cart"]) -> PodDisruptionBudget {
    var budget = PodDisruptionBudget(metadata: .sample("cart", namespace: "shop"))
    budget.selector = LabelSelector(labels)
    return budget
  }

  private static func autoscaler(maximum: Int) -> HorizontalPodAutoscaler {
    var autoscaler = HorizontalPodAutoscaler(metadata: .sample("cart", namespace: "shop"))
    autoscaler.target.kind = Deployment.kind
    autoscaler.target.name = "cart"
    autoscaler.maxReplicas = maximum
    return autoscaler
  }

  private static func machine(_ name: String, cores: String = "1") -> Node {
    var node = Node.sample(name)
    node.allocatable = ResourceAmounts(["cpu": cores, "memory": "64Gi"])
    return node
  }

  private static let autoscalerStatus = ConfigMap(
    metadata: .sample("cluster-autoscaler-status", namespace: "kube-system")
  )

  private static let cartPods: [any ObjectRecord] = [
    RiskSamples.pod("cart-1"), RiskSamples.pod("cart-2"),
  ]
  private static let nodes: [any ObjectRecord] = [node("node-1"), node("node-2")]

  private static func zoned(_ name: String, _ zone: String) -> Node {
    var node = node(name)
    node.metadata.labels[Node.zoneLabel] = zone
    return node
  }

  private static let zones: [any ObjectRecord] = [
    zoned("node-3", "zone-1"), zoned("node-4", "zone-2"), zoned("node-5", "zone-1"),
  ]

  /// Two Pods on different Nodes, as their labels tell in these zones.
  private static func webPods(_ first: String, _ second: String) -> [any ObjectRecord] {
    [("web-1", "node-3", first), ("web-2", "node-5", second)].map { name, node, zone in
      var pod = RiskSamples.pod(name, of: "web", node: node)
      if !zone.isEmpty { pod.metadata.labels[Node.zoneLabel] = zone }
      return pod
    }
  }

  private static let riskReplicas: [CheckID: CheckFixture] = [
    "risk/hpa-burst": CheckFixture(
      firesAbout: "shop/cart",
      in: [
        autoscaler(maximum: 21), RiskSamples.deployment(), machine("node-1"), machine("node-2"),
      ],
      silent: [
        "all of them fit": [
          autoscaler(maximum: 20), RiskSamples.deployment(), machine("node-1"), machine("node-2"),
        ],
        "Nodes are added where they do not": [
          autoscaler(maximum: 21), RiskSamples.deployment(), machine("node-1"), machine("node-2"),
          autoscalerStatus,
        ],
        "what it scales is not there": [autoscaler(maximum: 21), machine("node-1")],
        "what it scales requests nothing": [
          autoscaler(maximum: 21), machine("node-1"),
          RiskSamples.deployment(
            template: RiskSamples.template {
              $0.containers[0].requests = ResourceAmounts()
              $0.containers[0].limits = ResourceAmounts()
            }
          ),
        ],
      ]
    ),
    "risk/utilisation": CheckFixture(
      firesAbout: "node-1",
      "shop/cart",
      "shop/cart",
      "shop/idle",
      in: [
        utilisation("cart", cpu: (1.6, 1, 0), memory: (950, 800, 1000)),
        utilisation("idle", cpu: (0.1, 4, 0), memory: (500, 600, 0)),
        UtilisationRecord(
          of: ObjectKey(Node.kind, name: "node-1"),
          [.init(.cpu, used: 3.8, requested: 4)]
        ),
      ],
      silent: [
        "it uses what it asked for": [
          utilisation("cart", cpu: (1.2, 1, 0), memory: (700, 800, 1000))
        ],
        "what idles is not worth a word": [
          utilisation("cart", cpu: (0.01, 0.5, 0), memory: (10, 256, 512))
        ],
        "nothing is requested": [utilisation("cart", cpu: (3, 0, 0), memory: (500, 0, 0))],
        "a Node has room": [
          UtilisationRecord(
            of: ObjectKey(Node.kind, name: "node-1"),
            [.init(.cpu, used: 3.4, requested: 4)]
          )
        ],
      ]
    ),
    "risk/no-budget": CheckFixture(
      firesAbout: "shop/cart",
      in: [RiskSamples.deployment(), RiskSamples.pod("cart-1"), budget(["app": "other"])],
      silent: [
        "it has a budget": [RiskSamples.deployment(), RiskSamples.pod("cart-1"), budget()],
        "a budget is for all Pods":
          [RiskSamples.deployment(), RiskSamples.pod("cart-1"), budget([:])],
        "it has one replica": [RiskSamples.deployment(replicas: 1), RiskSamples.pod("cart-1")],
        "it has no Pod yet": [RiskSamples.deployment()],
        "it belongs to the cluster itself": [
          RiskSamples.deployment(namespace: "kube-system"),
          RiskSamples.pod("cart-1", namespace: "kube-system"),
        ],
      ]
    ),
    "risk/one-node": CheckFixture(
      firesAbout: "shop/cart",
      "shop/web",
      in: FixtureWorld(
        nodes + cartPods + webPods("zone-1", "zone-1") + zones + [
          RiskSamples.deployment("web"),
          RiskSamples.deployment(),
          RiskSamples.pod("cart-3", node: "node-2", phase: .failed),
          RiskSamples.pod("cart-4", node: "node-2", deleted: .noon),
        ]
      ),
      silent: [
        "they are on two Nodes": FixtureWorld(
          nodes + cartPods
            + [RiskSamples.deployment(), RiskSamples.pod("cart-3", node: "node-2")]
        ),
        "there is but one Node":
          FixtureWorld([node("node-1")] + cartPods + [RiskSamples.deployment()]),
        "the other Node is the control plane's": FixtureWorld(
          [node("node-1"), node("node-2", taint: "node-role.kubernetes.io/control-plane")]
            + cartPods + [RiskSamples.deployment()]
        ),
        "one Pod is ready": FixtureWorld(
          nodes + [RiskSamples.deployment(), RiskSamples.pod("cart-1")]
        ),
        "they are in two zones": FixtureWorld(
          webPods("zone-1", "zone-2") + zones + [RiskSamples.deployment("web")]
        ),
        "they do not tell in which zones they are": FixtureWorld(
          webPods("", "") + zones + [RiskSamples.deployment("web")]
        ),
        "there is but one zone": FixtureWorld(
          webPods("zone-1", "zone-1") + [
            zoned("node-3", "zone-1"), zoned("node-5", "zone-1"), RiskSamples.deployment("web"),
          ]
        ),
        "it is for every Node": FixtureWorld(nodes + cartPods + [RiskSamples.daemonSet("cart")]),
      ]
    ),
    "risk/single-replica": CheckFixture(
      firesAbout: "shop/cart",
      in: [
        RiskSamples.deployment(replicas: 1), RiskSamples.pod("cart-1"), RiskSamples.service(),
      ],
      silent: [
        "it has three":
          [RiskSamples.deployment(), RiskSamples.pod("cart-1"), RiskSamples.service()],
        "no Service sends to it": [
          RiskSamples.deployment(replicas: 1), RiskSamples.pod("cart-1"),
          RiskSamples.service("other"),
        ],
        "it is switched off": [RiskSamples.deployment(replicas: 0), RiskSamples.service()],
        "it is for every Node":
          [RiskSamples.daemonSet("cart"), RiskSamples.pod("cart-1"), RiskSamples.service()],
      ]
    ),
  ]
}
