import WireFormats

/// The healthy shop: six nodes, four namespaces of its own, and what runs in them; or several such
/// shops, side by side.
enum ShopWorld {
  struct Application {
    var namespace: String
    let name: String
    let replicas: Int64
    /// The node whose taint it tolerates, where it begins its life.
    var machine: String?
    var claim: String?
  }

  /// The namespaces that each shop has for itself.
  static let namespaces = ["inventory", "payments", "shop"]

  /// How many Pods a shop has, without those that are there once.
  static let podsPerShop = applications.filter { $0.isOfShop }
    .reduce(0) { $0 + Int($1.replicas) }

  private static let nodesOfFirstShop = 6
  private static let podsPerNode = 40

  static func nodeNames(shops: Int) -> [String] {
    let others = ((shops - 1) * podsPerShop + podsPerNode - 1) / podsPerNode
    return (1...(nodesOfFirstShop + others)).map { "node-\($0)" }
  }

  /// A namespace's name in one of the shops; the first has the plain names.
  static func name(_ namespace: String, ofShop shop: Int) -> String {
    shop == 1 ? namespace : "\(namespace)-\(shop)"
  }

  /// How many shops there are.
  static func shopCount(_ world: World) -> Int {
    world.objects(.namespaces).count { $0.name == "shop" || $0.name.hasPrefix("shop-") }
  }

  /// A machine at the edge that only takes what tolerates it, so that one Pod alone is lost with it.
  static let edgeNode = "node-6"
  static let edgeTaint: JSONValue = ["key": "example.com/edge", "effect": "NoSchedule"]

  static let applications: [Application] = [
    Application(namespace: "shop", name: "web", replicas: 6),
    Application(namespace: "shop", name: "cart", replicas: 4),
    Application(namespace: "shop", name: "checkout", replicas: 4),
    Application(namespace: "shop", name: "search", replicas: 3, claim: "search-index"),
    Application(namespace: "shop", name: "recommendations", replicas: 3),
    Application(namespace: "shop", name: "images", replicas: 4, claim: "images"),
    Application(namespace: "shop", name: "reviews", replicas: 2),
    Application(namespace: "payments", name: "gateway", replicas: 3),
    Application(namespace: "payments", name: "ledger", replicas: 3, claim: "ledger"),
    Application(namespace: "payments", name: "fraud", replicas: 2),
    Application(namespace: "payments", name: "invoices", replicas: 2),
    Application(namespace: "payments", name: "refunds", replicas: 2),
    Application(namespace: "inventory", name: "stock", replicas: 4, claim: "stock"),
    Application(namespace: "inventory", name: "suppliers", replicas: 2),
    Application(namespace: "inventory", name: "pricing", replicas: 3),
    Application(namespace: "inventory", name: "forecast", replicas: 2),
    Application(namespace: "inventory", name: "scanner", replicas: 1, machine: edgeNode),
    Application(namespace: "kube-system", name: "coredns", replicas: 2),
    Application(namespace: "kube-system", name: "metrics-server", replicas: 1),
  ]

  static func build(_ world: World, shops: Int = 1) throws(APIFailure) {
    let ofShops = (1...shops).flatMap { shop in namespaces.map { name($0, ofShop: shop) } }
    let others = ["default", "kube-node-lease", "kube-public", "kube-system", "sandbox"]
    try EmptyScenario.buildNamespaces((ofShops + others).sorted(), world)
    for (index, name) in nodeNames(shops: shops).enumerated() {
      try buildNode(name, number: index + 1, world)
    }
    try ShopExtras.build(world, shops: shops)
    for shop in 1...shops {
      for var application in applications where shop == 1 || application.isOfShop {
        if application.isOfShop {
          application.namespace = name(application.namespace, ofShop: shop)
        }
        try build(application, world)
      }
    }
    try settle(world)
  }

  private static func buildNode(
    _ name: String,
    number: Int,
    _ world: World
  ) throws(APIFailure) {
    let cidr = JSONValue.string("10.\(244 + number >> 8).\(number & 255).0/24")
    let address = number <= 200 ? "192.0.2.\(10 + number)" : "198.18.\(number >> 8).\(number & 255)"
    let time = JSONValue.string(world.timestamp)
    func condition(_ type: String, _ status: JSONValue, _ reason: String) -> JSONValue {
      [
        "type": .string(type), "status": status, "reason": .string(reason),
        "message": .string("\(reason) on \(name)"), "lastHeartbeatTime": time,
        "lastTransitionTime": time,
      ]
    }
    var spec: JSONValue = [
      "podCIDR": cidr, "podCIDRs": [cidr], "providerID": .string("cloud:///\(name)"),
    ]
    if name == edgeNode { spec["taints"] = [edgeTaint] }
    let node = try world.put(
      [
        "metadata": [
          "name": .string(name),
          "labels": [
            "kubernetes.io/hostname": .string(name), "kubernetes.io/os": "linux",
            "topology.kubernetes.io/zone": .string("zone-\(number % 3 + 1)"),
          ],
        ],
        "spec": spec,
        "status": [
          "capacity": ["cpu": "8", "memory": "32Gi", "pods": "110"],
          "allocatable": ["cpu": "7800m", "memory": "31Gi", "pods": "110"],
          "conditions": [
            condition("MemoryPressure", "False", "KubeletHasSufficientMemory"),
            condition("DiskPressure", "False", "KubeletHasNoDiskPressure"),
            condition("PIDPressure", "False", "KubeletHasSufficientPID"),
            condition("Ready", "True", "KubeletReady"),
          ],
          "addresses": [
            ["type": "InternalIP", "address": .string(address)],
            ["type": "Hostname", "address": .string(name)],
          ],
          "daemonEndpoints": ["kubeletEndpoint": ["Port": 10250]],
          "nodeInfo": [
            "machineID": .string("machine-\(number)"), "systemUUID": .string("system-\(number)"),
            "bootID": .string("boot-\(number)"), "kernelVersion": "6.12.0", "architecture": "amd64",
            "osImage": "Simulated Linux", "operatingSystem": "linux",
            "containerRuntimeVersion": "containerd://2.1.0", "kubeletVersion": "v1.36.2",
            "kubeProxyVersion": "v1.36.2",
          ],
        ],
      ],
      in: .nodes
    )
    var owner = OwnerReference.controller(node)
    owner["controller"] = nil
    owner["blockOwnerDeletion"] = nil
    try world.put(
      [
        "metadata": [
          "name": .string(name), "namespace": "kube-node-lease", "ownerReferences": [owner],
        ],
        "spec": ["holderIdentity": .string(name), "leaseDurationSeconds": 40],
      ],
      in: .leases
    )
  }

  private static func build(_ application: Application, _ world: World) throws(APIFailure) {
    let name = JSONValue.string(application.name)
    let namespace = application.namespace
    let labels: JSONValue = ["app": name]
    func create(_ object: JSONValue, _ resource: ServedResource) throws(APIFailure) {
      try world.registry.create(object, in: resource, namespace: namespace)
    }
    try create(["metadata": ["name": name]], .serviceAccounts)
    try create(
      [
        "metadata": ["name": .string("\(application.name)-config"), "labels": labels],
        "data": ["log-level": "info", "region": "north"],
      ],
      .configMaps
    )
    try create(
      [
        "metadata": ["name": name, "labels": labels],
        "spec": [
          "selector": labels,
          "ports": [["name": "http", "port": 80, "targetPort": 8080, "protocol": "TCP"]],
        ],
      ],
      .services
    )
    try create(
      [
        "metadata": ["name": name, "labels": labels],
        "spec": [
          "replicas": .integer(application.replicas), "selector": ["matchLabels": labels],
          "template": ["metadata": ["labels": labels], "spec": podSpec(of: application)],
        ],
      ],
      .deployments
    )
  }

  private static func podSpec(of application: Application) -> JSONValue {
    var container: JSONValue = [
      "name": "main",
      "image": .string("registry.example.com/\(application.namespace)/\(application.name):1.4"),
      "ports": [["name": "http", "containerPort": 8080, "protocol": "TCP"]],
      "envFrom": [["configMapRef": ["name": .string("\(application.name)-config")]]],
      "resources": ["requests": ["cpu": "100m", "memory": "128Mi"]],
      "securityContext": ["runAsNonRoot": true, "readOnlyRootFilesystem": true],
    ]
    var spec: JSONValue = ["serviceAccountName": .string(application.name)]
    if let claim = application.claim {
      container["volumeMounts"] = [["name": "data", "mountPath": "/data"]]
      spec["volumes"] = [
        ["name": "data", "persistentVolumeClaim": ["claimName": .string(claim)]]
      ]
    }
    if application.machine != nil {
      spec["tolerations"] = [
        ["key": edgeTaint["key"] ?? "", "operator": "Exists", "effect": "NoSchedule"]
      ]
    }
    spec["containers"] = [container]
    return spec
  }

  /// Lets the controllers work without waiting, until every Pod runs.
  private static func settle(_ world: World) throws(APIFailure) {
    for round in 0..<6 {
      for controller in Controllers.all { controller.reconcile(world, pace: .infinity) }
      guard round == 0 else { continue }
      // The Pod of the edge goes to its machine before the scheduler has to choose.
      for application in applications {
        guard let machine = application.machine else { continue }
        for set in world.objects(.replicaSets, in: application.namespace)
        where set.labels["app"]?.stringValue == application.name {
          try moveToMachine(machine, of: set, world)
        }
      }
    }
  }

  private static func moveToMachine(
    _ machine: String,
    of set: StoredObject,
    _ world: World
  ) throws(APIFailure) {
    for pod in world.objects(.pods, in: set.namespace)
    where OwnerReference.controllerUID(of: pod) == set.uid {
      var value = pod.value
      world.remove(ObjectAddress(pod))
      value[path: "spec", "nodeName"] = .string(machine)
      value["status"] = ["phase": "Pending", "qosClass": "Burstable"]
      try world.put(value, in: .pods)
    }
  }
}

extension ShopWorld.Application {
  /// Whether each shop has one; the others are there once.
  fileprivate var isOfShop: Bool { machine == nil && ShopWorld.namespaces.contains(namespace) }
}
