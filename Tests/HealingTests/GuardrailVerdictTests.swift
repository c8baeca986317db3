import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import Testing
import WireFormats

@testable import Healing

/// What each guardrail says of plans, passed and broken.
@Suite struct GuardrailVerdictTests {
  private var guardrails = Guardrails()

  private func verdict(
    _ rule: GuardrailVerdict.Rule,
    of steps: [HealStep],
    in world: RemedyWorld,
    _ situation: HealSituation = HealSituation(at: .noon)
  ) -> GuardrailVerdict? {
    let plan = Sample.plan(.key("y"), steps: steps)
    return guardrails.verdicts(of: plan, on: "c", situation, in: world.graph)
      .first { $0.rule == rule }
  }

  private static func pods(_ count: Int, of controller: String = "cart") -> [Pod] {
    (1...count).map { number in
      var pod = Pod.sample("\(controller)-\(number)")
      pod.metadata.ownerReferences = [
        OwnerReference(kind: ReplicaSet.kind, name: controller, uid: "r")
      ]
      return pod
    }
  }

  private static func delete(_ pods: [Pod]) -> [HealStep] {
    pods.map { .delete($0.key, uid: $0.metadata.uid) }
  }

  private static func nodes(_ count: Int, ready: Int) -> [Node] {
    (1...count).map { Node.sample("node-\($0)", ready: $0 <= ready ? .isTrue : .isFalse) }
  }

  @Test func everyRuleHasItsSay() {
    let plan = Sample.plan(.key("y"), steps: Self.delete(Self.pods(1)))
    let verdicts = guardrails.verdicts(
      of: plan,
      on: "c",
      HealSituation(at: .noon),
      in: RemedyWorld(Self.pods(1)).graph
    )
    #expect(Set(verdicts.map(\.rule)) == Set(GuardrailVerdict.Rule.allCases))
    #expect(verdicts.allSatisfy { !$0.isBroken && $0.reason.hasSuffix(".") })
  }

  @Test func aPauseRefusesEverything() {
    var situation = HealSituation(at: .noon)
    situation.isPaused = true
    let verdict = verdict(.paused, of: [], in: RemedyWorld([]), situation)
    #expect(verdict?.isBroken == true && verdict?.mayBeBroken == false)
  }

  @Test mutating func protectedLabelsRefuseWhatHasThem() throws {
    guardrails.protectedLabels = [try LabelSelector(parsing: "tier=payments")]
    var pod = Pod.sample()
    let steps = Self.delete([pod])
    #expect(verdict(.protectedLabels, of: steps, in: RemedyWorld(pod))?.isBroken == false)
    pod.metadata.labels = ["tier": "payments"]
    let verdict = verdict(.protectedLabels, of: steps, in: RemedyWorld(pod))
    #expect(
      verdict
        == .refused(
          .protectedLabels,
          "Pod shop/cart-1 is protected: its labels match tier=payments of protectedLabels."
        )
    )
  }

  @Test(arguments: [true, false])
  func whoOptsOutIsLeftAlone(isOnNamespace: Bool) {
    var pod = Pod.sample()
    var namespace = Namespace(metadata: .sample("shop", uid: "ns"))
    if isOnNamespace {
      namespace.metadata.annotations = ["kpatrol.io/heal": "never"]
    } else {
      pod.metadata.annotations = ["kpatrol.io/heal": "never"]
    }
    let world = RemedyWorld(pod, namespace)
    for step in [HealStep.delete(pod.key, uid: "u"), .evict(pod.key, uid: "u")] {
      let verdict = verdict(.optOut, of: [step], in: world)
      #expect(verdict?.isBroken == true && verdict?.mayBeBroken == false)
    }
  }

  @Test func aStreamThatIsBehindRefuses() {
    var situation = HealSituation(at: .noon)
    situation.staleKinds = [Pod.kind: "connection refused"]
    let steps = Self.delete(Self.pods(1))
    let verdict = verdict(.staleness, of: steps, in: RemedyWorld([]), situation)
    #expect(
      verdict == .refused(.staleness, "What is known of Pod is behind: connection refused.")
    )
  }

  @Test(
    "More than a third of the Nodes is a storm; one Node is none",
    arguments: [(1, 0, false), (3, 2, false), (3, 1, true), (10, 7, false), (10, 6, true)]
  )
  func storm(count: Int, ready: Int, isStorm: Bool) {
    let verdict = verdict(.storm, of: [], in: RemedyWorld(Self.nodes(count, ready: ready)))
    #expect(verdict?.isBroken == isStorm)
    #expect(verdict?.mayBeBroken == isStorm)
  }

  @Test func aDeletionThatPassesABudgetByIsTold() {
    let pod = Self.pods(1)[0]
    var budget = PodDisruptionBudget(metadata: .sample("cart", namespace: "shop", uid: "b"))
    budget.selector = LabelSelector()
    let world = RemedyWorld(pod, budget)
    let broken = verdict(.disruptionBudgets, of: Self.delete([pod]), in: world)
    #expect(broken?.isBroken == true)
    let eviction = HealStep.evict(pod.key, uid: pod.metadata.uid)
    let passed = verdict(.disruptionBudgets, of: [eviction], in: world)
    #expect(passed == .passed(.disruptionBudgets, "The server asks them for each eviction."))
  }

  @Test func anObjectRestsAfterItWasTouched() {
    let pod = Pod.sample()
    var situation = HealSituation(at: .noon)
    let steps = Self.delete([pod])
    situation.lastTries = [pod.key: .noon - .seconds(60)]
    let broken = verdict(.coolDown, of: steps, in: RemedyWorld(pod), situation)
    #expect(
      broken
        == .broken(.coolDown, "Something was done to Pod shop/cart-1 1m ago, within 10m.")
    )
    situation.lastTries = [pod.key: .noon - .seconds(600)]
    #expect(verdict(.coolDown, of: steps, in: RemedyWorld(pod), situation)?.isBroken == false)
  }

  @Test mutating func plansAnHourAreCountedWithThoseConfirmedBefore() {
    guardrails.limits.actionsPerHour = 3
    var situation = HealSituation(at: .noon)
    situation.actions = [.noon - .seconds(3600), .noon - .seconds(3599), .noon]
    #expect(verdict(.actionsPerHour, of: [], in: RemedyWorld([]), situation)?.isBroken == false)
    situation.plansBefore = 1
    let verdict = verdict(.actionsPerHour, of: [], in: RemedyWorld([]), situation)
    #expect(
      verdict == .broken(.actionsPerHour, "3 of 3 within the last hour: no more in this one.")
    )
  }

  @Test func whereThePastIsNotKnownNothingIsDone() {
    var situation = HealSituation(at: .noon)
    situation.unknownPast = "The disk is full."
    let verdict = verdict(.actionsPerHour, of: [], in: RemedyWorld([]), situation)
    #expect(verdict?.isBroken == true && verdict?.mayBeBroken == false)
  }

  @Test func ofTwoThatBeginAtOnceTheFirstGoesOn() {
    let pod = Pod.sample()
    let past = [1, 2, 3].map { number in
      PastHeal(
        id: HealIntent.ID(number),
        begun: .noon - .seconds(10 * number),
        tries: [pod.key: .noon - .seconds(10 * number)]
      )
    }
    var situation = HealSituation(at: .noon)
    situation.take(past, before: HealIntent.ID(2))
    #expect(situation.actions == [.noon - .seconds(10)])
    #expect(situation.lastTries == [pod.key: .noon - .seconds(10)])
    situation.take(past)
    #expect(situation.actions.count == 3)
    #expect(situation.lastTries == [pod.key: .noon - .seconds(10)], "The last of them counts.")
  }

  @Test func noMoreThanAShareOfAWorkloadEndsAtOnce() {
    let pods = Self.pods(4) + Self.pods(20, of: "web")
    let world = RemedyWorld(
      pods + [ReplicaSet(metadata: .sample("cart", namespace: "shop", uid: "r"))]
    )
    #expect(verdict(.share, of: Self.delete([pods[0]]), in: world)?.isBroken == false)
    let verdict = verdict(.share, of: Self.delete(Array(pods.prefix(2))), in: world)
    #expect(
      verdict
        == .broken(.share, "2 of 4 Pods of ReplicaSet.apps shop/cart end, more than 30 % at once.")
    )
  }

  @Test func noMoreThanAShareOfTheNodesIsTakenAway() {
    let nodes = Self.nodes(4, ready: 4)
    let world = RemedyWorld(nodes)
    #expect(verdict(.share, of: [.cordon(nodes[0])], in: world)?.isBroken == false)
    let two = verdict(.share, of: [.cordon(nodes[0]), .cordon(nodes[1])], in: world)
    #expect(two?.isBroken == true)
    let back = verdict(.share, of: nodes.map { .cordon($0, false) }, in: world)
    #expect(back?.isBroken == false)
  }

  @Test mutating func changesWaitForTheirWindow() throws {
    guardrails.limits.windows = [try #require(MaintenanceWindow("11:00-13:00"))]
    #expect(verdict(.window, of: [], in: RemedyWorld([]))?.isBroken == false)
    guardrails.limits.windows = [try #require(MaintenanceWindow("13:00-11:00"))]
    let verdict = verdict(.window, of: [], in: RemedyWorld([]))
    #expect(verdict == .broken(.window, "It is outside of 13:00-11:00 (UTC)."))
  }

  @Test(
    "A window has days and a span that may go past midnight",
    arguments: [
      // 2026-11-27 is a Friday.
      ("Mon-Fri 22:00-05:00", "2026-11-27T22:00:00Z", true),
      ("Mon-Fri 22:00-05:00", "2026-11-28T04:59:00Z", true),
      ("Mon-Fri 22:00-05:00", "2026-11-28T05:00:00Z", false),
      ("Mon-Fri 22:00-05:00", "2026-11-28T22:00:00Z", false),
      ("Mon-Fri 22:00-05:00", "2026-11-23T04:00:00Z", false),
      ("Sat,Sun 00:00-24:00", "2026-11-29T23:59:00Z", true),
      ("Fri-Mon 10:00-11:00", "2026-11-30T10:30:00Z", true),
      ("Fri-Mon 10:00-11:00", "2026-12-01T10:30:00Z", false),
    ]
  )
  func window(text: String, time: String, isWithin: Bool) throws {
    let window = try #require(MaintenanceWindow(text))
    #expect(window.contains(try #require(Timestamp(rfc3339: time))) == isWithin)
  }

  @Test(arguments: ["", "Mon", "Mon-Fry 1:00-2:00", "22:00", "24:00-25:00", "22:60-23:00"])
  func noWindow(text: String) { #expect(MaintenanceWindow(text) == nil) }

  @Test func aBrokenRuleAsksForTheHighestGradeAndIsToldToTheJournal() throws {
    let plan = Sample.plan(.key("y"))
    #expect(plan.judged([.passed(.storm, "Fine.")]).confirmation == .key("y"))
    let judged = plan.judged([.broken(.storm, "Storm.")])
    #expect(judged.confirmation == .reason("c"))
    let confirmed = try #require(ConfirmedPlan(judged, answer: "c", reason: "I know."))
    let intent = HealIntent(confirmed, server: "s", kubernetesUser: nil, at: .noon)
    #expect(intent.grade == .typedReason && intent.reason == "I know.")
    #expect(intent.verdicts == [.broken(.storm, "Storm.")])
  }

  @Test func whatComesInTheWayAfterTheConfirmationStopsThePlan() {
    let plan = Sample.plan(.key("y"))
    let storm: [GuardrailVerdict] = [.broken(.storm, "Storm.")]
    #expect(Healer.refusal(of: plan, storm)?.contains("since the plan was shown: Storm.") == true)
    #expect(Healer.refusal(of: plan.judged(storm), storm) == nil)
    #expect(Healer.refusal(of: plan, [.refused(.paused, "Paused.")]) == "Paused.")
  }
}
