import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders
import Testing

@testable import Healing

/// Which workload is believed to be the controller of a custom object.
@Suite struct RestartControllerTests {
  private static let widget = CustomRecord.widget()
  private static let kinds = [
    ClusterRole.kind, ClusterRoleBinding.kind, DaemonSet.kind, Deployment.kind, Role.kind,
    RoleBinding.kind, StatefulSet.kind,
  ]

  private static func rule(
    _ resource: String = "widgets/status",
    _ verbs: [String] = ["get", "patch"],
    group: String = "example.com",
    names: [String] = []
  ) -> PolicyRule {
    var rule = PolicyRule()
    (rule.apiGroups, rule.resources, rule.verbs) = ([group], [resource], verbs)
    rule.resourceNames = names
    return rule
  }

  private static func role(_ name: String, _ rules: PolicyRule...) -> ClusterRole {
    var role = ClusterRole(metadata: .sample(name))
    role.rules = rules
    return role
  }

  private static func fill(_ binding: inout some RoleGrant, _ role: ObjectKey, _ account: String) {
    (binding.role.kind, binding.role.name) = (role.kind, role.name)
    var subject = RoleSubject()
    (subject.kind, subject.name, subject.namespace) = ("ServiceAccount", account, "infra")
    binding.subjects = [subject]
  }

  private static func binding(_ role: ClusterRole, to account: String) -> ClusterRoleBinding {
    var binding = ClusterRoleBinding(metadata: .sample("\(role.metadata.name)-\(account)"))
    fill(&binding, role.key, account)
    return binding
  }

  private static func binding(
    _ role: ObjectKey,
    to account: String,
    in namespace: String
  ) -> RoleBinding {
    var binding = RoleBinding(metadata: .sample("\(role.name)-\(account)", namespace: namespace))
    fill(&binding, role, account)
    return binding
  }

  private static func account(_ name: String) -> ServiceAccount {
    ServiceAccount(metadata: .sample(name, namespace: "infra"))
  }

  private static func deployment(_ name: String, as account: String) -> Deployment {
    var deployment = Deployment(metadata: .sample(name, namespace: "infra"))
    deployment.template.serviceAccount = account
    return deployment
  }

  private static func world(_ records: any ObjectRecord...) -> RemedyWorld {
    var world = RemedyWorld([widget] + records)
    for kind in kinds { world.know(kind) }
    return world
  }

  private static let manager = role("manager", rule())

  /// A role for people, whose rules are gathered from others.
  private static var aggregated: ClusterRole {
    var edit = role("edit", rule())
    edit.isAggregated = true
    return edit
  }

  @Test func theWorkloadThatAloneMayWriteTheStatusIsRestarted() throws {
    let everything = Self.role("deployer", Self.rule("*", ["*"], group: "*"))
    let plan = try Self.world(
      Self.manager,
      Self.binding(Self.manager, to: "operator"),
      Self.account("operator"),
      Self.deployment("operator", as: "operator"),
      everything,
      Self.binding(everything, to: "deployer"),
      Self.account("deployer"),
      Self.deployment("deployer", as: "deployer"),
      Self.deployment("other", as: "default")
    ).plan("restart-controller", about: Self.widget.id)
    #expect(plan.commands == ["rollout restart deployment.apps operator -n infra"])
    #expect(
      plan.reason.hasPrefix(
        "It alone runs as ServiceAccount infra/operator, which "
          + "ClusterRole.rbac.authorization.k8s.io manager allows to write widgets.example.com/status"
      )
    )
    #expect(plan.confirmation == .typing("operator"))
    #expect(plan.disruption == .rolling)
  }

  @Test func aRoleInTheObjectsNamespaceCounts() throws {
    var local = Role(metadata: .sample("manager", namespace: "shop"))
    local.rules = [Self.rule()]
    let plan = try Self.world(
      local,
      Self.binding(local.key, to: "operator", in: "shop"),
      Self.account("operator"),
      Self.deployment("operator", as: "operator"),
      // It holds in another namespace alone.
      Self.manager,
      Self.binding(Self.manager.key, to: "other", in: "payments"),
      Self.account("other"),
      Self.deployment("other", as: "other")
    ).plan("restart-controller", about: Self.widget.id)
    #expect(plan.steps.map(\.target.name) == ["operator"])
  }

  @Test(
    "Whoever may write less, or everything, is no controller",
    arguments: [
      role("reader", rule("widgets/status", ["get"])), role("editor", rule("widgets", ["update"])),
      role("other", rule("widgets/status", group: "other.example.com")),
      role("one", rule(names: ["w1"])), role("all", rule("*/status")),
      role("system:controller", rule()),
      aggregated,
    ]
  )
  func isNoController(role: ClusterRole) throws {
    let reason = try Self.world(
      role,
      Self.binding(role, to: "operator"),
      Self.account("operator"),
      Self.deployment("operator", as: "operator")
    ).obstacle("restart-controller", about: Self.widget.id)
    #expect(reason.hasPrefix("No Deployment, StatefulSet or DaemonSet runs as an account"))
  }

  @Test func ofSeveralNoneIsRestartedAndAllAreTold() throws {
    let reason = try Self.world(
      Self.manager,
      Self.binding(Self.manager, to: "one"),
      Self.binding(Self.manager, to: "two"),
      Self.account("one"),
      Self.account("two"),
      Self.deployment("a", as: "one"),
      Self.deployment("b", as: "two")
    ).obstacle("restart-controller", about: Self.widget.id)
    #expect(reason.hasSuffix("Deployment.apps infra/a, Deployment.apps infra/b."))
  }

  @Test func oneThatIsScaledToNothingIsNotRestarted() throws {
    var deployment = Self.deployment("operator", as: "operator")
    deployment.replicas = 0
    let reason = try Self.world(
      Self.manager,
      Self.binding(Self.manager, to: "operator"),
      Self.account("operator"),
      deployment
    ).obstacle("restart-controller", about: Self.widget.id)
    #expect(reason.contains("infra/operator is scaled to 0"))
  }

  @Test("What cannot be seen may hold others", arguments: kinds)
  func isUnknown(kind: ObjectKind) throws {
    var world = RemedyWorld(
      Self.widget,
      Self.manager,
      Self.binding(Self.manager, to: "operator"),
      Self.account("operator"),
      Self.deployment("operator", as: "operator")
    )
    for other in Self.kinds where other != kind { world.know(other) }
    let reason = try world.obstacle("restart-controller", about: Self.widget.id)
    #expect(reason.contains("\(kind) cannot be seen in all namespaces"))
  }

  @Test func kubernetesOwnControllersAreNoWorkloads() throws {
    let deployment = Self.deployment("operator", as: "operator")
    let reason = try Self.world(deployment)
      .obstacle("restart-controller", about: deployment.id)
    #expect(reason == "Its controller is a part of Kubernetes itself.")
  }
}
