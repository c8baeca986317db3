import Inspection
import KubernetesObjects
import ObjectBuilders

/// Who may do what.
extension CheckFixture {
  private static func rule(
    _ verbs: [String],
    _ resources: [String],
    groups: [String] = [""],
    names: [String] = []
  ) -> PolicyRule {
    var rule = PolicyRule()
    (rule.verbs, rule.resources) = (verbs, resources)
    (rule.apiGroups, rule.resourceNames) = (groups, names)
    return rule
  }

  private static func clusterRole(
    _ name: String,
    _ rules: PolicyRule...,
    labels: Labels = [:],
    isAggregated: Bool = false
  ) -> ClusterRole {
    var role = ClusterRole(metadata: .sample(name).labelled(labels))
    role.rules = rules
    role.isAggregated = isAggregated
    return role
  }

  private static func subject(_ kind: String, _ name: String, in namespace: String = "")
    -> RoleSubject
  {
    var subject = RoleSubject()
    (subject.kind, subject.name, subject.namespace) = (kind, name, namespace)
    return subject
  }

  private static func binding(
    _ name: String,
    to role: String,
    _ subjects: RoleSubject...
  ) -> ClusterRoleBinding {
    var binding = ClusterRoleBinding(metadata: .sample(name))
    binding.role.kind = ClusterRole.kind
    binding.role.name = role
    binding.subjects = subjects
    return binding
  }

  private static let runner = subject("ServiceAccount", "runner", in: "infra")

  private static let account = ServiceAccount(metadata: .sample("cart", namespace: "shop"))

  private static let withToken = RiskSamples.template { $0.options = [] }

  private static func cartBinding() -> RoleBinding {
    var binding = RoleBinding(metadata: .sample("cart", namespace: "shop"))
    binding.role.kind = Role.kind
    binding.role.name = "reader"
    binding.subjects = [subject("ServiceAccount", "cart", in: "shop")]
    return binding
  }

  private static func account(mountsToken: Bool) -> ServiceAccount {
    var account = account
    account.mountsToken = mountsToken
    return account
  }

  private static let mounted = ConfigurationReference(
    .configMap,
    in: .volume,
    name: "kube-root-ca.crt"
  )

  static let riskAccess: [CheckID: CheckFixture] = [
    "risk/cluster-admin-binding": CheckFixture(
      firesAbout: "everybody",
      "ops",
      in: [
        binding("ops", to: "cluster-admin", runner),
        binding("everybody", to: "cluster-admin", subject("Group", "system:authenticated")),
      ],
      silent: [
        "it is the administrators' own group":
          [binding("admins", to: "cluster-admin", subject("Group", "kubeadm:cluster-admins"))],
        "it comes with the cluster":
          [binding("cluster-admin", to: "cluster-admin", subject("Group", "system:masters"))],
        "it is a part of the cluster":
          [binding("c", to: "cluster-admin", subject("ServiceAccount", "c", in: "kube-system"))],
        "the role is another one": [binding("ops", to: "view", runner)],
      ]
    ),
    "risk/powerful-role": CheckFixture(
      firesAbout: "ops",
      in: [
        clusterRole("ops", rule(["get"], ["secrets"]), rule(["*"], ["pods/exec"])),
        binding("ops", to: "ops", runner),
      ],
      silent: [
        "it reads one Secret": [
          clusterRole("ops", rule(["get"], ["secrets"], names: ["cart"])),
          binding("ops", to: "ops", runner),
        ],
        "it reads Pods": [
          clusterRole("ops", rule(["get"], ["pods", "pods/log"])),
          binding("ops", to: "ops", runner),
        ],
        "it is a part of the cluster": [
          clusterRole("ops", rule(["get"], ["secrets"])),
          binding("ops", to: "ops", subject("User", "system:kube-controller-manager")),
        ],
        "it comes with the cluster": [
          clusterRole("system:x", rule(["impersonate"], ["users"])),
          binding("system:x", to: "system:x", runner),
        ],
        "nobody has it": [clusterRole("ops", rule(["get"], ["secrets"]))],
        "the role is not there": [binding("ops", to: "ops", runner)],
      ]
    ),
    "risk/wildcard-role": CheckFixture(
      firesAbout: "ops",
      in: [clusterRole("ops", rule(["*"], ["*"], groups: ["*"]))],
      silent: [
        "it is for one's own kinds":
          [clusterRole("widgets", rule(["*"], ["*"], groups: ["example.com"]))],
        "it names what it needs": [clusterRole("ops", rule(["get", "list"], ["pods"]))],
        "it comes with the cluster": [
          clusterRole(
            "cluster-admin",
            rule(["*"], ["*"], groups: ["*"]),
            labels: ["kubernetes.io/bootstrapping": "rbac-defaults"]
          ), clusterRole("system:node", rule(["*"], ["nodes"])),
          clusterRole("admin", rule(["*"], ["pods"])),
        ],
        "its rules are others'":
          [clusterRole("admin", rule(["*"], ["*"]), isAggregated: true)],
      ]
    ),
    "risk/default-service-account": CheckFixture(
      firesAbout: "shop/cart",
      in: [
        RiskSamples.deployment(
          template: RiskSamples.template {
            $0.serviceAccount = ""
            $0.options = []
          }
        )
      ],
      silent: [
        "it has an account of its own": [RiskSamples.deployment(template: withToken)],
        "it holds no token":
          [RiskSamples.deployment(template: RiskSamples.template { $0.serviceAccount = "" })],
        "the account gives no token": [
          RiskSamples.deployment(
            template: RiskSamples.template {
              $0.serviceAccount = ""
              $0.options = []
            }
          ), RiskSamples.pod("cart-1"),
        ],
      ]
    ),
    "risk/token-automount": CheckFixture(
      firesAbout: "shop/cart",
      "shop/debug",
      in: [
        account, RiskSamples.deployment(template: withToken), binding("ops", to: "view", runner),
        cartBinding().elsewhere,
        RiskSamples.barePod(
          "debug",
          template: RiskSamples.template {
            $0.options = []
            $0.configurations = [mounted]
          }
        ),
      ],
      silent: [
        "it holds no token": [account, RiskSamples.deployment()],
        "the account has a role":
          [account, RiskSamples.deployment(template: withToken), cartBinding()],
        "the account gives no token": [
          account(mountsToken: false), RiskSamples.deployment(template: withToken),
        ],
        "its Pods hold none": [
          account, RiskSamples.deployment(template: withToken), RiskSamples.pod("cart-1"),
        ],
        "the account is not there": [RiskSamples.deployment(template: withToken)],
      ]
    ),
  ]
}

extension RoleBinding {
  /// The same for an account of the same name in another namespace.
  fileprivate var elsewhere: RoleBinding {
    var binding = self
    binding.subjects[0].namespace = "payments"
    return binding
  }
}
