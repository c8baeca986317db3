import WireFormats

/// What the shop has besides its applications: storage, definitions with instances, budgets, quotas, rights.
enum ShopExtras {
  static func build(_ world: World, shops: Int) throws(APIFailure) {
    try buildStorage(world, shops)
    try buildDefinitions(world)
    for shop in 1...shops { try buildPolicies(world, ofShop: shop) }
    try buildDraft(world)
    try buildRights(world)
  }

  private static let claims = [
    ("shop", "search-index"), ("shop", "images"), ("payments", "ledger"), ("inventory", "stock"),
  ]

  private static func buildStorage(_ world: World, _ shops: Int) throws(APIFailure) {
    try world.registry.create(
      ["metadata": ["name": "csi.example.com"], "spec": ["attachRequired": false]],
      in: .storageDrivers
    )
    try world.registry.create(
      [
        "metadata": ["name": "fast"], "provisioner": "csi.example.com", "reclaimPolicy": "Retain",
        "volumeBindingMode": "Immediate", "allowVolumeExpansion": true,
      ],
      in: .storageClasses
    )
    let all = (1...shops).flatMap { shop in
      claims.map { (ShopWorld.name($0, ofShop: shop), $1) }
    }
    for (namespace, name) in all + [("inventory", "archive")] {
      try world.registry.create(
        [
          "metadata": ["name": .string(name)],
          "spec": [
            "accessModes": ["ReadWriteMany"], "storageClassName": "fast",
            "resources": ["requests": ["storage": "10Gi"]],
          ],
        ],
        in: .persistentVolumeClaims,
        namespace: namespace
      )
    }
  }

  /// A definition of `example.com/v1` with a status.
  static func definition(_ plural: String, _ kind: String) -> JSONValue {
    [
      "metadata": ["name": .string("\(plural).example.com")],
      "spec": [
        "group": "example.com", "scope": "Namespaced",
        "names": [
          "plural": .string(plural), "singular": .string(kind.lowercased()), "kind": .string(kind),
          "listKind": .string("\(kind)List"),
        ],
        "versions": [
          [
            "name": "v1", "served": true, "storage": true, "subresources": ["status": [:]],
            "schema": [
              "openAPIV3Schema": [
                "type": "object", "x-kubernetes-preserve-unknown-fields": true,
              ]
            ],
          ]
        ],
      ],
    ]
  }

  private static func buildDefinitions(_ world: World) throws(APIFailure) {
    let instances = [
      ("backups", "Backup", ["nightly", "weekly", "before-release"]),
      ("campaigns", "Campaign", ["spring", "clearance"]),
    ]
    for (plural, kind, names) in instances {
      try world.registry.create(definition(plural, kind), in: .customResourceDefinitions)
      let catalogue = Catalogue(registry: world.registry)
      guard let resource = catalogue.resource(qualifiedPlural: "\(plural).example.com") else {
        continue
      }
      for name in names {
        try world.registry.create(
          ["metadata": ["name": .string(name)], "spec": ["schedule": "0 3 * * *"]],
          in: resource,
          namespace: "shop"
        )
      }
    }
  }

  private static func buildPolicies(_ world: World, ofShop shop: Int) throws(APIFailure) {
    for (namespace, pods) in [("shop", 60), ("payments", 20), ("inventory", 40)] {
      try world.registry.create(
        [
          "metadata": ["name": "limits"],
          "spec": ["hard": ["pods": .string(String(pods)), "services": "30", "configmaps": "60"]],
        ],
        in: .resourceQuotas,
        namespace: ShopWorld.name(namespace, ofShop: shop)
      )
    }
    for (namespace, name) in [("shop", "web"), ("shop", "cart"), ("payments", "ledger")] {
      try world.registry.create(
        [
          "metadata": ["name": .string(name)],
          "spec": [
            "minAvailable": 2, "selector": ["matchLabels": ["app": .string(name)]],
          ],
        ],
        in: .podDisruptionBudgets,
        namespace: ShopWorld.name(namespace, ofShop: shop)
      )
    }
  }

  private static func buildDraft(_ world: World) throws(APIFailure) {
    try world.registry.create(
      [
        "metadata": ["name": "sketches", "finalizers": ["example.com/hold"]],
        "data": ["draft": "1"],
      ],
      in: .configMaps,
      namespace: "sandbox"
    )
  }

  private static func buildRights(_ world: World) throws(APIFailure) {
    for name in ["admin", "cluster-admin", "edit", "view"] {
      try world.registry.create(
        [
          "metadata": ["name": .string(name)],
          "rules": [["apiGroups": ["*"], "resources": ["*"], "verbs": ["get", "list", "watch"]]],
        ],
        in: .clusterRoles
      )
    }
    for namespace in world.objects(.namespaces) {
      try world.registry.create(
        ["metadata": ["name": "default"]],
        in: .serviceAccounts,
        namespace: namespace.name
      )
      try world.registry.create(
        ["metadata": ["name": "kube-root-ca.crt"], "data": ["ca.crt": "simulated"]],
        in: .configMaps,
        namespace: namespace.name
      )
    }
  }
}
