import Inspection
import KubernetesObjects
import ObjectBuilders

/// What is absent, or needed by nobody, about policies, roles and namespaces.
extension CheckFixture {
  private static func policy(
    _ labels: Labels = ["app": "cart"],
    peer: String? = nil
  ) -> NetworkPolicy {
    var policy = NetworkPolicy(metadata: .sample("cart", namespace: "shop"))
    policy.podSelector = LabelSelector(labels)
    if let peer {
      var other = NetworkPolicy.Peer()
      other.namespaceSelector = LabelSelector(["kubernetes.io/metadata.name": peer])
      var rule = NetworkPolicy.Rule()
      rule.peers = [other]
      policy.ingress = [rule]
    }
    return policy
  }

  /// A policy for connections of a Pod that is there with Pods of these labels.
  private static func policy(with labels: Labels) -> NetworkPolicy {
    var policy = NetworkPolicy(metadata: .sample("peers", namespace: "shop"))
    policy.podSelector = LabelSelector(["app": "web"])
    var peer = NetworkPolicy.Peer()
    peer.podSelector = LabelSelector(labels)
    var rule = NetworkPolicy.Rule()
    rule.peers = [peer]
    policy.egress = [rule]
    return policy
  }

  /// A policy for connections of a Pod that is there with Pods, or all, of namespaces with these labels.
  private static func policy(
    _ name: String,
    with labels: Labels?,
    ofNamespaces namespaces: Labels
  ) -> NetworkPolicy {
    var policy = policy(with: labels ?? [:])
    policy.metadata.name = name
    policy.egress[0].peers[0].podSelector = labels.map { LabelSelector($0) }
    policy.egress[0].peers[0].namespaceSelector = LabelSelector(namespaces)
    return policy
  }

  /// A policy of the namespace whose own selector, or that of its peers, asks for more than labels.
  private static func policy(
    _ name: String,
    of pods: LabelSelector.Requirement? = nil,
    with peers: LabelSelector.Requirement? = nil,
    ofNamespaces namespaces: LabelSelector.Requirement? = nil,
    _ labels: Labels = [:]
  ) -> NetworkPolicy {
    func selector(_ requirement: LabelSelector.Requirement?) -> LabelSelector? {
      requirement.map { requirement in
        var selector = LabelSelector()
        selector.matchExpressions = [requirement]
        return selector
      }
    }
    var policy = policy(with: [:])
    policy.metadata.name = name
    if let pods = selector(pods) { policy.podSelector = pods }
    policy.egress[0].peers[0].podSelector = selector(peers)
    var ofNamespaces = selector(namespaces)
    if !labels.isEmpty {
      ofNamespaces = ofNamespaces ?? LabelSelector()
      ofNamespaces?.matchLabels = labels
    }
    policy.egress[0].peers[0].namespaceSelector = ofNamespaces
    return policy
  }

  private static let nameLabel = Namespace.nameLabel

  private static func home(_ name: String, _ labels: Labels) -> Namespace {
    var home = Namespace(metadata: .sample(name))
    home.metadata.labels = labels
    home.metadata.labels[nameLabel] = name
    return home
  }

  private static let web = Pod.labelled("web-1", ["app": "web"])
  private static let mail = Pod.labelled("mail-1", ["app": "mail"])

  private static func budget(_ labels: Labels?) -> PodDisruptionBudget {
    var budget = PodDisruptionBudget(metadata: .sample("cart", namespace: "shop"))
    budget.selector = labels.map { LabelSelector($0) }
    return budget
  }

  private static func budget(_ requirement: LabelSelector.Requirement) -> PodDisruptionBudget {
    var budget = budget([:])
    budget.metadata.name = "expression"
    budget.selector?.matchExpressions = [requirement]
    return budget
  }

  private static let autoscaler = HorizontalPodAutoscaler.sample(of: Deployment.kind)

  private static func role(_ name: String = "reader") -> Role {
    Role(metadata: .sample(name, namespace: "shop"))
  }

  private static func clusterRole(_ name: String, labels: Labels = [:]) -> ClusterRole {
    var role = ClusterRole(metadata: .sample(name))
    role.metadata.labels = labels
    return role
  }

  private static func binding(
    to role: ObjectKind = Role.kind,
    _ name: String = "reader",
    account: String? = nil,
    named bindingName: String = "reader"
  ) -> RoleBinding {
    var binding = RoleBinding(metadata: .sample(bindingName, namespace: "shop"))
    binding.role.kind = role
    binding.role.name = name
    var subject = RoleSubject()
    subject.kind = account == nil ? "User" : "ServiceAccount"
    subject.name = account ?? "jane"
    subject.namespace = account == nil ? "" : "shop"
    binding.subjects = [subject]
    return binding
  }

  private static func clusterBinding(to role: String, named name: String) -> ClusterRoleBinding {
    var binding = ClusterRoleBinding(metadata: .sample(name))
    binding.role.kind = ClusterRole.kind
    binding.role.name = role
    var subject = RoleSubject()
    subject.kind = "ServiceAccount"
    subject.name = "gone"
    subject.namespace = "kube-system"
    binding.subjects = [subject]
    return binding
  }

  static let danglingPolicies: [CheckID: CheckFixture] = [
    "dangling/network-policy": CheckFixture(
      firesAbout: "shop/all",
      "shop/anywhere",
      "shop/cart",
      "shop/elsewhere",
      "shop/exists",
      "shop/infra",
      "shop/infra",
      "shop/none",
      "shop/one-of",
      "shop/other-team",
      "shop/peer-exists",
      "shop/peer-one-of",
      "shop/peers",
      in: [
        policy("one-of", of: .isOneOf(key: "app", values: ["a", "b"])),
        policy("exists", of: .exists(key: "track")),
        policy("peer-one-of", with: .isOneOf(key: "app", values: ["a", "b"])),
        policy("peer-exists", with: .exists(key: "track")),
        // Each of the namespaces is missed, and its Pods are missing with it.
        policy(
          "infra",
          with: .exists(key: "app"),
          ofNamespaces: .isOneOf(key: nameLabel, values: ["a", "b"])
        ),
        // The namespace is there, and is not of the team.
        policy("other-team", [nameLabel: "shop", "team": "b"]),
        policy(), policy(with: ["app": "mail"]), web, home("shop", ["team": "a"]),
        policy("all", with: nil, ofNamespaces: ["team": "b"]),
        policy("anywhere", with: ["app": "mail"], ofNamespaces: [:]),
        policy("elsewhere", with: ["app": "mail"], ofNamespaces: ["team": "a"]),
        // Of a namespace that is missing only that is said, not that its Pods are missing.
        policy("none", with: ["app": "mail"], ofNamespaces: ["team": "b"]),
      ],
      silent: [
        "it selects a Pod": [policy(), Pod.labelled("cart-1")],
        "there is a peer": [
          policy(with: ["app": "mail"]), Pod.labelled("web-1", ["app": "web"]),
          Pod.labelled("mail-1", ["app": "mail"]),
        ],
        "a namespace has the labels": [
          policy("all", with: nil, ofNamespaces: ["team": "b"]), web, home("mail", ["team": "b"]),
        ],
        "all namespaces are meant": [policy("all", with: nil, ofNamespaces: [:]), web],
        "a Pod of any namespace is a peer":
          [policy("anywhere", with: ["app": "mail"], ofNamespaces: [:]), web, mail],
        "a Pod of a namespace with the labels is a peer": [
          policy("elsewhere", with: ["app": "mail"], ofNamespaces: ["team": "a"]), web, mail,
          home("shop", ["team": "a"]),
        ],
        "a Pod of the namespace with the name is a peer": [
          policy(
            "elsewhere",
            with: ["app": "mail"],
            ofNamespaces: ["kubernetes.io/metadata.name": "shop"]
          ), web, mail, home("shop", [:]),
        ],
        "all Pods of a namespace are peers":
          [policy(with: [:]), Pod.labelled("web-1", ["app": "web"])],
        "it is the default of its namespace": [policy([:])],
        "it is the default of its namespace, with exceptions": [
          policy(
            "all-but",
            of: .doesNotExist(key: "app"),
            with: .isNoneOf(key: "app", values: ["a"])
          ),
          policy("none-of", of: .isNoneOf(key: "app", values: ["web"])), web,
        ],
        "it is for one of several": [
          policy(
            "some",
            of: .isOneOf(key: "app", values: ["web", "gone"]),
            with: .isOneOf(key: "app", values: ["gone", "mail"])
          ), policy("any", of: .exists(key: "app"), with: .exists(key: "app")), web, mail,
        ],
        "one of the namespaces that it names is there": [
          policy("named", ofNamespaces: .isOneOf(key: nameLabel, values: ["gone", "infra"])),
          policy(
            "named-pods",
            with: .isOneOf(key: "app", values: ["mail", "gone"]),
            ofNamespaces: .isOneOf(key: nameLabel, values: ["gone", "shop"])
          ), home("infra", [:]), home("shop", [:]), web, mail,
        ],
        "a namespace with the name has the labels": [
          policy("named", [nameLabel: "shop", "team": "a"]), web,
          home("shop", ["team": "a"]),
        ],
        "all namespaces but some are meant": [
          policy("others", ofNamespaces: .isNoneOf(key: nameLabel, values: ["shop"])),
          policy(
            "others-pods",
            with: .exists(key: "app"),
            ofNamespaces: .doesNotExist(key: "private")
          ),
          web, home("shop", [:]),
        ],
        "what it asks for is not known": [policy("new", of: .unknown, with: .unknown), web],
        "the namespace that it means exists": [
          policy(peer: "infra"), Pod.labelled("cart-1"), Namespace(metadata: .sample("infra")),
        ],
      ]
    ),
    "dangling/disruption-budget": CheckFixture(
      firesAbout: "shop/cart",
      "shop/expression",
      in: [budget(["app": "cart"]), budget(.isOneOf(key: "app", values: ["a", "b"]))],
      silent: [
        "it selects a Pod": [budget(["app": "cart"]), Pod.labelled("cart-1")],
        "it is for the whole namespace": [budget([:])],
        "it is for all but some": [budget(.doesNotExist(key: "batch"))],
        "it is for one of several": [
          budget(.isOneOf(key: "app", values: ["cart", "gone"])), Pod.labelled("cart-1"),
        ],
        "it has no selector": [budget(nil)],
      ]
    ),
    "dangling/autoscaler-target": CheckFixture(
      firesAbout: "shop/cart",
      in: [autoscaler],
      silent: [
        "its target exists":
          [autoscaler, Deployment(metadata: .sample("cart", namespace: "shop"))],
        "its target's kind is not known": [
          HorizontalPodAutoscaler.sample(of: ObjectKind("Rollout", group: "argoproj.io"))
        ],
      ]
    ),
    "dangling/role": CheckFixture(
      firesAbout: "shop/reader",
      in: [role()],
      silent: [
        "a binding gives it": [role(), binding()],
        "the API server makes it": [role("system:controller:token-cleaner")],
      ]
    ),
    "dangling/cluster-role": CheckFixture(
      firesAbout: "reader",
      in: [clusterRole("reader")],
      silent: [
        "a RoleBinding gives it":
          [clusterRole("reader"), binding(to: ClusterRole.kind, "reader")],
        "a ClusterRoleBinding gives it": [
          clusterRole("reader"), clusterBinding(to: "reader", named: "reader"),
        ],
        "the API server makes it": [
          clusterRole("system:basic-user"), clusterRole("view"),
          clusterRole("x", labels: ["kubernetes.io/bootstrapping": "rbac-defaults"]),
        ],
        "others are made of it": [
          clusterRole("x", labels: ["rbac.authorization.k8s.io/aggregate-to-view": "true"])
        ],
        "an operator brings it for people": [clusterRole("widget-viewer-role")],
      ]
    ),
    "dangling/role-binding-role": CheckFixture(
      firesAbout: "editors",
      "shop/reader",
      in: [
        binding(to: ClusterRole.kind, "gone"), clusterBinding(to: "gone", named: "editors"),
      ],
      silent: [
        "its Role exists": [role(), binding()],
        "its ClusterRole exists":
          [clusterRole("view"), binding(to: ClusterRole.kind, "view")],
      ]
    ),
    "dangling/role-binding-subject": CheckFixture(
      firesAbout: "shop/reader",
      in: [role(), binding(account: "gone")],
      silent: [
        "the account exists": [
          binding(account: "cart"), ServiceAccount(metadata: .sample("cart", namespace: "shop")),
        ],
        "the subject is a user": [binding()],
        "the API server makes it, for controllers that may not run": [
          clusterBinding(to: "view", named: "system:controller:route-controller")
        ],
      ]
    ),
    "dangling/namespace-empty": CheckFixture(
      firesAbout: "left",
      in: [
        Namespace(metadata: .sample("left")),
        ServiceAccount(metadata: .sample("default", namespace: "left")),
        ConfigMap(metadata: .sample("kube-root-ca.crt", namespace: "left")),
        Event(metadata: .sample("e", namespace: "left")),
      ],
      silent: [
        "a Pod is in it": [
          Namespace(metadata: .sample("shop")), Pod.labelled("cart-1"),
        ],
        "configuration is in it": [
          Namespace(metadata: .sample("shop")),
          ConfigMap(metadata: .sample("settings", namespace: "shop")),
        ],
        "a custom object is in it": [Namespace(metadata: .sample("shop")), CustomRecord.widget()],
        "it is Kubernetes' own": [
          Namespace(metadata: .sample("default")), Namespace(metadata: .sample("kube-public")),
        ],
        "it is being deleted": [Namespace(metadata: .sample("shop", deleted: .noon))],
      ]
    ),
  ]
}
