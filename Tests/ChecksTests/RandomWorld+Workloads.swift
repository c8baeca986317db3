import KubernetesObjects
import ObjectBuilders

/// What makes Pods, and what selects the same as it does.
extension RandomWorld {
  mutating func workload() -> any ObjectRecord {
    let namespace = pick(["shop", "payments"])
    let selector = LabelSelector(["app": pick(["a", "b"])])
    switch Int.random(in: 0..<13, using: &random) {
    case 10:
      var autoscaler = HorizontalPodAutoscaler(metadata: .sample("cart", namespace: namespace))
      autoscaler.target.kind = Deployment.kind
      autoscaler.target.name = "cart"
      autoscaler.maxReplicas = pick([1, 3])
      return autoscaler
    case 12:
      var home = Namespace(metadata: .sample(pick(["shop", "payments"])))
      home.metadata.labels = pick([[:], ["team": "a"], ["team": "b"]])
      return home
    case 11:
      var node = Node.sample(pick(["node-1", "node-2"]))
      node.allocatable = ResourceAmounts(["cpu": pick(["1", "2"]), "memory": "1Gi"])
      node.metadata.labels[Node.zoneLabel] = pick([nil, "zone-1", "zone-2"])
      return node
    case 0, 1:
      var deployment = Deployment(metadata: .sample("cart", namespace: namespace))
      deployment.replicas = pick([0, 1, 2])
      deployment.selector = selector
      deployment.template = template()
      return deployment
    case 2, 3, 4:
      var pod = Pod.sample(
        pick(["a", "b", "c"]),
        namespace: namespace,
        node: pick(["node-1", "node-2"]),
        owner: "cart"
      )
      pod.metadata.labels = selector.matchLabels
      pod.metadata.labels[Node.zoneLabel] = pick([nil, "zone-1", "zone-2"])
      pod.milestones = [.ready]
      pod.template = template()
      return pod
    case 5:
      var service = Service(metadata: .sample("cart", namespace: namespace))
      service.selector = selector.matchLabels
      return service
    case 6:
      var budget = PodDisruptionBudget(metadata: .sample("cart", namespace: namespace))
      budget.selector = pick([nil, LabelSelector(), selector, expression])
      return budget
    case 7:
      var policy = NetworkPolicy(metadata: .sample("cart", namespace: namespace))
      policy.podSelector = selector
      policy.podSelector.matchExpressions = pick([[], expression.matchExpressions])
      var peer = NetworkPolicy.Peer()
      peer.podSelector = pick([nil, LabelSelector(["app": pick(["a", "b"])]), expression])
      peer.namespaceSelector = pick([
        nil, LabelSelector(), LabelSelector(["team": pick(["a", "b"])]),
        LabelSelector([Namespace.nameLabel: pick(["shop", "payments"])]), namesExpression,
      ])
      var rule = NetworkPolicy.Rule()
      rule.peers = pick([[], [peer]])
      policy.egress = [rule]
      return policy
    case 8:
      var account = ServiceAccount(metadata: .sample("cart", namespace: namespace))
      account.mountsToken = pick([nil, true, false])
      return account
    default:
      var binding = RoleBinding(metadata: .sample("cart", namespace: namespace))
      var subject = RoleSubject()
      (subject.kind, subject.name, subject.namespace) = ("ServiceAccount", "cart", namespace)
      binding.subjects = pick([[], [subject]])
      return binding
    }
  }

  private static let requirements: [LabelSelector.Requirement] = [
    .isOneOf(key: "app", values: ["a", "c"]), .isNoneOf(key: "app", values: ["a"]),
    .exists(key: "app"), .doesNotExist(key: "app"), .unknown,
  ]

  private var expression: LabelSelector {
    mutating get {
      var selector = LabelSelector()
      selector.matchExpressions = [pick(Self.requirements)]
      return selector
    }
  }

  private var namesExpression: LabelSelector {
    mutating get {
      var selector = LabelSelector(pick([[:], ["team": "a"]]))
      let names = pick([["shop", "gone"], ["shop", "payments"], ["gone"]])
      selector.matchExpressions = pick([
        [.isOneOf(key: Namespace.nameLabel, values: names)],
        [.isNoneOf(key: Namespace.nameLabel, values: names)], [.exists(key: "team")],
      ])
      return selector
    }
  }

  private mutating func template() -> PodTemplate {
    var container = Container()
    container.name = "main"
    container.image = pick(["nginx", "registry.example.com/nginx:1.27"])
    container.requests = pick([ResourceAmounts(), ResourceAmounts(["cpu": "1"])])
    container.security.options = pick([[], [.privileged], [.nonRoot, .readOnlyRoot]])
    var template = PodTemplate()
    template.containers = [container]
    template.serviceAccount = pick(["", "cart"])
    return template
  }
}
