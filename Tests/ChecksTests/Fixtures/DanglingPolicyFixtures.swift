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

  private static func home(_ name: String, _ labels: Labels) -> Namespace {
    var home = Namespace(metadata: .sample(name))
    home.metadata.labels = labels
    return home
  }

  private static let web = Pod.labelled("web-1", ["app": "web"])
  private static let mail = Pod.labelled("mail-1", ["app": "mail"])

  private static func budget(_ labels: Labels?) -> PodDisruptionBudget {
    var budget = PodDisruptionBudget(metadata: .sample("cart", namespace: "shop"))
    budget.selector = labels.map { LabelSelector($0) }
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
      "shop/none",
      "shop/peers",
      in: [
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
        "the namespace that it means exists": [
          policy(peer: "infra"), Pod.labelled("cart-1"), Namespace(metadata: .sample("infra")),
        ],
      ]
    ),
    "dangling/disruption-budget": CheckFixture(
      firesAbout: "shop/cart",
      in: [budget(["app": "cart"])],
      silent: [
        "it selects a Pod": [budget(["app": "cart"]), Pod.labelled("cart-1")],
        "it is for the whole namespace": [budget([:])],
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
