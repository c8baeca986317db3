import ClusterGraph
import Healing
import Inspection
import KubernetesClient
import KubernetesObjects
import Rules
import Testing
import UserConfiguration
import WireFormats

/// Remedies of packs: what is told of mistakes in them, and the plans that they make.
@Suite struct RuleRemedyTests {
  private static func pack(_ remedies: String, kinds: String = "Widget.example.com") throws
    -> RulePack
  {
    let lines = remedies.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
    let text = """
      apiVersion: kpatrol.io/v1
      kind: RulePack
      metadata: {name: shop}
      params: {wanted: 3}
      rules:
        - id: it
          title: It
          match: {kinds: [\(kinds)]}
          when: object.spec.mode == 'off'
          message: it is so
          remedies:

      """
    return try RulePack(reading: text + lines, path: "shop.yaml")
  }

  @Test(
    "What is wrong with a remedy is told with its place",
    arguments: [
      (
        "- {id: a, title: A, anotate: {a: b}}", "Widget.example.com",
        "shop.yaml:12:27: rules[0].remedies[0].anotate: there is no such key; did you mean annotate?"
      ),
      (
        "- {id: a, title: A}", "Pod",
        "shop.yaml:12:9: rules[0].remedies[0]: it needs one of annotate, delete, patch, restart, "
          + "scale, and no more than one"
      ),
      (
        "- {id: a, title: A, delete: true, restart: true}", "Deployment.apps",
        "shop.yaml:12:9: rules[0].remedies[0]: it needs one of annotate, delete, patch, restart, "
          + "scale, and no more than one"
      ),
      (
        "- {id: a, title: A, restart: true}", "Widget.example.com",
        "shop.yaml:12:36: rules[0].remedies[0].restart: a Widget.example.com has none; it is for "
          + "DaemonSet.apps, Deployment.apps, StatefulSet.apps: name one in target"
      ),
      (
        "- {id: a, title: A, patch: {metadata: {name: b}}}", "Widget.example.com",
        "shop.yaml:12:34: rules[0].remedies[0].patch.metadata.name: of metadata only annotations, "
          + "finalizers, labels are patched"
      ),
      (
        "- {id: a, title: A, patch: {data: {a: b}}}", "Secret",
        "shop.yaml:12:34: rules[0].remedies[0].patch: a pack may not patch a Secret"
      ),
      (
        "- {id: a, title: A, annotate: {a: '{{ objct.spec.x }}'}}", "Widget.example.com",
        "shop.yaml:12:41: rules[0].remedies[0].annotate.a: 1:2: there is no variable objct; did you "
          + "mean object?"
      ),
      (
        "- {id: a, title: A, annotate: {a: '{{ now + duration(\"1h\") }}'}}", "Widget.example.com",
        "now"
      ),
      (
        "- {id: a, title: A, delete: true, disruption: outage}", "Widget.example.com",
        "shop.yaml:12:53: rules[0].remedies[0].disruption: what a delete disturbs is worked out; it "
          + "is for annotate and patch"
      ),
      (
        "- {id: a, title: A, delete: true, subresource: status}", "Widget.example.com",
        "only a patch may be of a subresource"
      ),
      (
        "- {id: a, title: A, delete: true}\n- {id: a, title: B, delete: true}",
        "Widget.example.com",
        "shop.yaml:13:14: rules[0].remedies[1].id: another remedy of the rule is named a, too"
      ),
    ]
  )
  func mistakes(remedies: String, kinds: String, told: String) {
    do {
      _ = try Self.pack(remedies, kinds: kinds)
      Issue.record("It is read.")
    } catch {
      let mistakes = (error as? RulePack.Mistakes)?.mistakes.map(\.description) ?? ["\(error)"]
      #expect(mistakes.count == 1 && mistakes[0].contains(told), "\(mistakes)")
    }
  }

  private static let widget = ObjectKind("Widget", group: "example.com")

  private static func proposal(
    _ remedies: String,
    kinds: String = "Widget.example.com",
    _ more: (inout World) throws -> Void = { _ in }
  ) throws -> Proposal {
    let pack = try pack(remedies, kinds: kinds)
    var world = World(pack, known: [Deployment.kind])
    try world.put(
      widget,
      "shop/a",
      ["metadata": ["uid": "u"], "spec": ["mode": "off", "size": 2, "parts": ["x", "y"]]]
    )
    try more(&world)
    let finding = try #require(world.inspector.findings.first)
    #expect(finding.remedies.map(\.description) == ["shop/it/a"])
    let remedy = try #require(RuleSet([pack]).remedy("shop/it/a"))
    return remedy.plan(for: finding, in: world.graph)
  }

  private static func plan(
    _ remedies: String,
    _ more: (inout World) throws -> Void = { _ in }
  ) throws -> HealPlan {
    let proposal = try proposal(remedies, more)
    guard case .plan(let plan) = proposal else {
      Issue.record("\(proposal)")
      throw CancellationError()
    }
    return plan
  }

  private static func body(_ plan: HealPlan) throws -> JSONValue {
    guard case .patch(_, .merge(let body), _, _)? = plan.steps.first else {
      Issue.record("\(plan.steps)")
      throw CancellationError()
    }
    return body
  }

  @Test func anAnnotationIsAskedForByOneKeyAndGuardedByTheUID() throws {
    let plan = try Self.plan(
      "- {id: a, title: Refresh it, annotate: {refresh: 'x{{ object.spec.size }}; rm', old: null}}"
    )
    #expect(
      try Self.body(plan) == [
        "metadata": ["uid": "u", "annotations": ["refresh": "x2; rm", "old": .null]]
      ]
    )
    #expect(plan.confirmation == .key("y") && plan.disruption == .none)
    #expect(
      plan.steps.map { $0.commandByHand(context: "c") } == [
        "kubectl --context c annotate widget.example.com a -n shop 'refresh=x2; rm' old- --overwrite"
      ]
    )
    #expect(plan.title == "Refresh it: annotate Widget.example.com shop/a")
  }

  @Test func theTimeOfThePlanIsFilledIn() throws {
    let plan = try Self.plan("- {id: a, title: A, annotate: {force-sync: '{{ now }}'}}")
    let value = try Self.body(plan)[path: "metadata", "annotations", "force-sync"]
    #expect(value == .string(World.beginning.rfc3339))
  }

  @Test func aPatchHasTheTypesThatItsExpressionsHave() throws {
    let plan = try Self.plan(
      """
      - id: a
        title: A
        reason: It has {{ object.spec.size }}.
        patch:
          spec:
            size: '{{ object.spec.size + params.wanted }}'
            text: 'size {{ object.spec.size }}'
            parts: '{{ object.spec.parts.map(p, {"name": p}) }}'
            plain: [1, true, {a: null}]
        disruption: rolling
        within: 5m
      """
    )
    #expect(
      try Self.body(plan) == [
        "metadata": ["uid": "u"],
        "spec": [
          "size": 5, "text": "size 2", "parts": [["name": "x"], ["name": "y"]],
          "plain": [1, true, ["a": .null]],
        ],
      ]
    )
    #expect(plan.reason == "It has 2." && plan.disruption == .rolling)
    #expect(plan.confirmation == .typing("a") && plan.proofLimit == .seconds(300))
  }

  @Test func aWorkloadElsewhereIsScaledOrRestarted() throws {
    func put(_ world: inout World) throws {
      try world.put(
        Deployment.kind,
        "shop/runner-a",
        ["metadata": ["uid": "d"], "spec": ["replicas": 1]]
      )
    }
    let target = "target: {kind: Deployment.apps, name: 'runner-{{ object.metadata.name }}'}"
    let scaled = try Self.plan("- {id: a, title: A, \(target), scale: params.wanted}", put)
    let key = ObjectKey(Deployment.kind, namespace: "shop", name: "runner-a")
    #expect(scaled.steps == [.scale(ReplicaChange(key, uid: "d", from: 1, to: 3))])
    let restarted = try Self.plan("- {id: a, title: A, \(target), restart: true}", put)
    #expect(restarted.steps.map(\.target) == [key] && restarted.disruption == .rolling)
    // Where it is not there, it is said.
    let proposal = try Self.proposal("- {id: a, title: A, \(target), restart: true}")
    #expect(proposal == .unavailable("\(key) is gone already."))
  }

  @Test func aDeletionTellsWhatGoesWithItAndIsTyped() throws {
    let plan = try Self.plan("- {id: a, title: Away, delete: true}")
    let key = ObjectKey(Self.widget, namespace: "shop", name: "a")
    #expect(plan.steps == [.delete(key, uid: "u")])
    #expect(plan.confirmation == .typing("a") && !plan.blastRadius.impacts.isEmpty)
  }

  @Test func whatCannotBeFilledInIsSaidAndNotSent() throws {
    let proposal = try Self.proposal("- {id: a, title: A, annotate: {a: '{{ object.spec.none }}'}}")
    guard case .unavailable(let reason) = proposal else {
      Issue.record("\(proposal)")
      return
    }
    #expect(reason.hasPrefix("What shop/it/a would send cannot be worked out: 1:14: no such key"))
  }

  @Test func remediesThatAreNotTrustedAreShownWithTheReason() throws {
    let pack = try Self.pack("- {id: a, title: A, delete: true}")
      .withInertRemedies(because: "Nobody trusts it.")
    var world = World(pack)
    try world.put(Self.widget, "shop/a", ["metadata": ["uid": "u"], "spec": ["mode": "off"]])
    let finding = try #require(world.inspector.findings.first)
    let remedy = try #require(RuleSet([pack]).remedy("shop/it/a"))
    #expect(remedy.title == "A")
    #expect(remedy.plan(for: finding, in: world.graph) == .unavailable("Nobody trusts it."))
  }
}
