import Inspection
import KubernetesObjects
import ObjectBuilders

extension CheckFixture {
  private static func horizontal(
    _ name: String,
    of target: String = "cart",
    metric: String = "cpu",
    deleted: Timestamp? = nil
  ) -> HorizontalPodAutoscaler {
    var autoscaler = HorizontalPodAutoscaler(
      metadata: .sample(name, namespace: "shop", deleted: deleted)
    )
    autoscaler.target.kind = Deployment.kind
    autoscaler.target.name = target
    autoscaler.resourceMetrics = [HorizontalPodAutoscaler.ResourceMetric()]
    autoscaler.resourceMetrics[0].resource = metric
    return autoscaler
  }

  private static func vertical(
    mode: String = "Auto",
    resources: [String] = ["cpu", "memory"]
  ) -> VerticalPodAutoscaler {
    var autoscaler = VerticalPodAutoscaler(metadata: .sample("vertical", namespace: "shop"))
    autoscaler.target.kind = Deployment.kind
    autoscaler.target.name = "cart"
    autoscaler.updateMode = mode
    autoscaler.controlledResources = resources
    return autoscaler
  }

  private static func deployment(
    _ name: String = "cart",
    selecting labels: Labels = ["app": "cart"],
    replicas: Int = 2
  ) -> Deployment {
    var deployment = Deployment(metadata: .sample(name, namespace: "shop"))
    deployment.selector = LabelSelector(labels)
    deployment.replicas = replicas
    return deployment
  }

  /// The ReplicaSet of a Deployment, with a uid as Pods name their owners.
  private static func set(_ name: String, of deployment: String? = nil) -> ReplicaSet {
    var set = ReplicaSet.sample(name)
    set.metadata.uid = ObjectUID("uid-\(name)")
    set.metadata.ownerReferences =
      deployment.map {
        [OwnerReference(kind: Deployment.kind, name: $0, uid: ObjectUID("uid-shop-\($0)"))]
      } ?? []
    return set
  }

  private static func pod(
    _ name: String,
    owner: String? = nil,
    labels: Labels = ["app": "cart"],
    phase: Pod.Phase = .running,
    deleted: Timestamp? = nil
  ) -> Pod {
    var pod = Pod.sample(name, phase: phase, deleted: deleted, owner: owner)
    pod.metadata.labels = labels
    return pod
  }

  private static func budget(
    _ name: String,
    selecting labels: Labels = ["app": "cart"],
    deleted: Timestamp? = nil
  ) -> PodDisruptionBudget {
    var budget = PodDisruptionBudget(metadata: .sample(name, namespace: "shop", deleted: deleted))
    budget.selector = LabelSelector(labels)
    return budget
  }

  private static func storage(
    _ name: String,
    isDefault: Bool = true,
    created: Timestamp = .noon,
    deleted: Timestamp? = nil
  ) -> StorageClass {
    var storage = StorageClass(metadata: .sample(name, created: created, deleted: deleted))
    storage.metadata.annotations["storageclass.kubernetes.io/is-default-class"] =
      isDefault ? "true" : "false"
    return storage
  }

  private static func ingress(_ name: String, created: Timestamp = .noon) -> IngressClass {
    var ingress = IngressClass(metadata: .sample(name, created: created))
    ingress.metadata.annotations = ["ingressclass.kubernetes.io/is-default-class": "true"]
    return ingress
  }

  private static let later = Timestamp.noon + .seconds(60)

  static let workloadConflicts: [CheckID: CheckFixture] = [
    "conflict/autoscaler-target": CheckFixture(
      firesAbout: "shop/cart",
      "shop/other",
      in: [
        deployment(), horizontal("one"), vertical(),
        deployment("other", selecting: ["app": "other"]),
        horizontal("three", of: "other"), horizontal("four", of: "other"),
      ],
      silent: [
        "one autoscaler": [deployment(), horizontal("one")],
        "the vertical one only recommends":
          [deployment(), horizontal("one"), vertical(mode: "Off")],
        "the vertical one sets what Pods begin with":
          [deployment(), horizontal("one"), vertical(mode: "Initial")],
        "they act upon other resources":
          [deployment(), horizontal("one"), vertical(resources: ["memory"])],
        "one is going": [deployment(), horizontal("one"), horizontal("two", deleted: .noon)],
        "they scale others": [deployment(), horizontal("one"), horizontal("two", of: "other")],
      ]
    ),
    "conflict/disruption-budgets": CheckFixture(
      firesAbout: "shop/cart-1",
      in: [pod("cart-1"), budget("a"), budget("b", selecting: [:])],
      silent: [
        "one budget, and a Service": [pod("cart-1"), budget("a")],
        "they select others": [pod("cart-1"), budget("a"), budget("b", selecting: ["app": "web"])],
        "the Pod has ended": [pod("cart-1", phase: .succeeded), budget("a"), budget("b")],
        "one is going": [pod("cart-1"), budget("a"), budget("b", deleted: .noon)],
      ]
    ),
    "conflict/selector-overlap": CheckFixture(
      firesAbout: "shop/cart",
      "shop/loose",
      in: [
        deployment(), set("cart-1", of: "cart"), pod("a", owner: "cart-1"),
        deployment("web", selecting: ["app": "cart", "tier": "web"]), set("web-1", of: "web"),
        pod("b", owner: "web-1", labels: ["app": "cart", "tier": "web"]),
        {
          var loose = set("loose")
          loose.selector = LabelSelector(["tier": "web"])
          return loose
        }(),
      ],
      silent: [
        "all Pods are its own": [
          deployment(), set("cart-1", of: "cart"), set("cart-2", of: "cart"),
          pod("a", owner: "cart-1"), pod("b", owner: "cart-2"),
        ],
        "a Pod has no owner":
          [deployment(), set("cart-1", of: "cart"), pod("a", owner: "cart-1"), pod("b")],
        "the other's Pod has ended": [
          deployment(), set("cart-1", of: "cart"), pod("a", owner: "cart-1"),
          pod("migration", owner: "migrate", phase: .succeeded),
        ],
        "the other's Pod is going": [
          deployment(), set("cart-1", of: "cart"), pod("b", owner: "web-1", deleted: .noon),
        ],
        "it is scaled to nothing, as for a rollout by another controller": [
          deployment(replicas: 0), set("cart-1", of: "cart"), pod("a", owner: "rollout-1"),
        ],
        "ReplicaSets are not there yet": [deployment(), pod("a", owner: "cart-1")],
      ]
    ),
    "conflict/default-class": CheckFixture(
      firesAbout: "old",
      "traefik",
      in: [
        storage("old"), storage("new", created: later), storage("plain", isDefault: false),
        ingress("traefik"), ingress("nginx", created: later),
      ],
      silent: [
        "one StorageClass and one IngressClass": [storage("a"), ingress("b")],
        "one is marked not to be the default": [storage("a"), storage("b", isDefault: false)],
        "one is going": [storage("a"), storage("b", deleted: .noon)],
      ]
    ),
  ]
}
