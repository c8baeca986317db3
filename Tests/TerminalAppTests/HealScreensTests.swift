import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects
import Monitoring
import TerminalKit
import Testing
import WireFormats

@testable import Healing
@testable import TerminalApp

/// The screens on which plans are confirmed, followed and queued.
@Suite struct HealScreensTests {
  private var driver = AppDriver()

  private static func plan(
    _ number: Int,
    _ confirmation: Healing.Confirmation = .key("y"),
    on cluster: String = "test"
  ) -> HealPlan {
    let pod = ObjectKey(Pod.kind, namespace: "shop", name: "pod-\(number)")
    return HealPlan(
      cause: .request("delete", cluster: cluster, object: pod),
      subject: .object(pod),
      cluster: cluster,
      remedy: "delete",
      title: "Delete Pod shop/pod-\(number)",
      reason: "It is not wanted any more.",
      steps: [.delete(pod, uid: ObjectUID("u-\(number)"))],
      disruption: .onePod,
      blastRadius: BlastRadius([.init(.object(pod), "is deleted")]),
      undo: "Cannot be undone.",
      confirmation: confirmation
    )
  }

  private mutating func text(_ columns: Int = 100, _ rows: Int = 60) -> String {
    driver.resize(columns, rows)
    return driver.lines.map { $0.trimmingPrefix { $0 == " " } }.joined(separator: " ")
  }

  // MARK: Confirming

  @Test mutating func guardrailsAreShownBrokenOnesFirst() {
    let plan = Self.plan(1).judged([
      .passed(.storm, "0 of 5 Nodes are not ready."), .broken(.coolDown, "It was touched."),
    ])
    driver.take(.proposed([.plan(plan)]))
    let text = text()
    #expect(text.contains("Guardrails 1 of 2 broken"))
    let storm = "✔ Storm lock: 0 of 5 Nodes are not ready."
    #expect(text.contains("✖ Cool-down: It was touched.") && text.contains(storm))
    #expect(text.contains("Type this cluster's name and press enter, and then say why"))
  }

  @Test mutating func theHighestGradeWantsTheClusterAndAReason() {
    driver.take(.proposed([.plan(Self.plan(1, .reason("test")))]))
    #expect(driver.type("wrong").isEmpty)
    #expect(driver.press("enter").isEmpty)
    driver.press("ctrl-u")
    driver.type("test")
    #expect(driver.press("enter").isEmpty)
    #expect(text().contains("Say why, for the journal"))
    #expect(driver.press("enter").isEmpty, "Without a reason nothing is done.")
    driver.type("node is gone")
    let effects = driver.press("enter")
    guard case .healAll(let batch)? = effects.first else {
      Issue.record("\(effects)")
      return
    }
    #expect(batch.plans.map(\.reason) == ["node is gone"])
  }

  @Test mutating func theDryRunIsAskedForAndShown() {
    let plan = Self.plan(1)
    let effects = driver.take(.proposed([.plan(plan)]))
    #expect(effects.contains(.rehearse(plan)))
    #expect(text().contains("Dry run: the server is being asked…"))
    let difference = ObjectDifference(
      from: ["spec": ["replicas": 1]],
      to: ["spec": ["replicas": 2, "note": "\u{1B}[2J"]],
      of: Pod.kind
    )
    driver.take(.rehearsed(Rehearsal(results: [.accepted(difference)]), of: plan.id))
    let text = text()
    #expect(text.contains("- spec.replicas: 1") && text.contains("+ spec.replicas: 2"))
    #expect(!text.contains("\u{1B}"))
    driver.take(.rehearsed(Rehearsal(results: [.refused("No room.")]), of: plan.id))
    #expect(self.text().contains("Dry run: 1 refused by the server"))
  }

  @Test mutating func severalPlansAreConfirmedTogether() {
    let plans = [Self.plan(1), Self.plan(2), Self.plan(3, on: "other")]
    let asked = driver.take(.proposed(plans.map { .plan($0) } + [.unavailable("It is gone.")]))
    #expect(asked.contains(.tell("Nothing can be done about 1 of 4: It is gone.")))
    let text = text(100, 100)
    #expect(text.contains("3 plans in 2 clusters"))
    #expect(text.contains("1 in other, 2 in test."))
    #expect(text.contains("The first that fails stops the rest."))
    driver.press("tab")
    #expect(self.text(100, 100).contains("Those after one that fails are done all the same."))
    let effects = driver.press("y")
    guard case .healAll(let batch)? = effects.first else {
      Issue.record("\(effects)")
      return
    }
    #expect(batch.plans.map(\.plan) == plans && !batch.stopsAtFailure)
    #expect(effects.contains(.loadHeals(plans.map(\.id))))
  }

  @Test mutating func marksAreHealedTogether() {
    let findings = [Sample.finding(1), Sample.finding(2)].sorted(by: Finding.precedes)
    driver.show(findings)
    driver.press("space", "space")
    #expect(driver.press("h") == [.proposeRemedies(findings)])
  }

  // MARK: Following

  @Test mutating func aBatchIsFollowedToItsEnd() {
    let plans = (1...4).map { Self.plan($0) }
    driver.take(.proposed(plans.map { .plan($0) }))
    driver.press("y")
    var report = HealReport()
    report.states[plans[0].id] = .done(plans[0], after: .seconds(3))
    report.states[plans[1].id] = .running(plans[1], HealProgress())
    driver.take(.heals(report, of: plans.map(\.id)))
    let running = text()
    #expect(running.contains("Healing: 4 plans"))
    #expect(running.contains("1 of 4 carried out: 1 done, 1 healing, 2 waiting"))
    #expect(running.contains("3 Delete Pod shop/pod-3: waits for its turn"))
    #expect(driver.press("X") == [.abortHeals(plans.map(\.id))])
    report.states[plans[1].id] = .failed(plans[1], stepsDone: 0, "It changed.")
    report.skipped = [plans[2].id: "It was aborted.", plans[3].id: "It was aborted."]
    driver.take(.heals(report, of: plans.map(\.id)))
    let over = text()
    #expect(over.contains("2 of 4 carried out: 1 done, 1 failed, 2 not begun"))
    #expect(driver.press("X").isEmpty)
  }

  @Test mutating func aPlanThatIsOutOfDateLeadsToTheNewOne() {
    let plan = Self.plan(1)
    driver.take(.proposed([.plan(plan)]))
    driver.press("y")
    var report = HealReport()
    report.states[plan.id] = .outdated(plan, newer: .plan(Self.plan(2)))
    driver.take(.heals(report, of: [plan.id]))
    #expect(text().contains("changed meanwhile. Review the new plan."))
    driver.press("h")
    #expect(text().contains("── Confirm "))
    #expect(text().contains("Delete Pod shop/pod-2"))
  }

  // MARK: The queue

  private static func queued(_ number: Int) -> QueuedPlan {
    QueuedPlan(plan(number), for: Sample.finding(number), by: "idle Pods", since: Sample.now)
  }

  @Test mutating func anEmptyQueueSaysWhatFillsIt() {
    #expect(driver.run("queue").contains(.loadQueue))
    driver.take(.queue([]))
    let text = driver.lines.joined(separator: " ").replacing(#/\ +/#, with: " ")
    #expect(text.contains("Nothing waits to be confirmed. Policies put plans here"))
  }

  @Test(arguments: [(80, 24), (200, 50)])
  mutating func plansOfTheQueueAreReviewedOrRejected(columns: Int, rows: Int) {
    driver.resize(columns, rows)
    driver.run("queue")
    let plans = [Self.queued(1), Self.queued(2)]
    driver.take(.queue(plans))
    #expect(driver.lines[1].hasPrefix("── Heal queue "))
    #expect(driver.lines[2] == "    CLUSTER  POLICY     PLAN")
    #expect(
      driver.lines[3].hasPrefix(">   test     idle Pods  Delete Pod shop/pod-1: Pod shop/pod-1")
    )
    #expect(driver.press("enter") == [.proposeQueued([plans[0]])])
    driver.press("space", "space")
    #expect(driver.lines[4].hasPrefix("> • ") || driver.lines[3].hasPrefix("  • "))
    #expect(driver.press("enter") == [.proposeQueued(plans)])
    #expect(driver.press("r") == [.reject(plans)])
  }

  @Test mutating func allHealingIsPausedByOneKey() {
    driver.show([Sample.finding(1)])
    #expect(driver.press("P") == [.pauseHealing])
    var status = Sample.status()
    status.isHealingPaused = true
    status.queuedPlans = 3
    driver.take(.statuses([status]))
    #expect(driver.lines[1].contains(" healing paused "))
    #expect(driver.lines[1].contains(" 3 in :queue "))
  }
}

// MARK: - Secrets, and what a deleted object owns

extension HealScreensTests {
  private static let secret = ObjectKey(ObjectKind("Secret"), namespace: "shop", name: "login")

  @Test mutating func aSecretThatWasEditedShowsNoValue() {
    func secret(_ password: String) -> JSONValue {
      [
        "apiVersion": "v1", "kind": "Secret",
        "metadata": [
          "name": "login", "namespace": "shop", "uid": "u",
          "annotations": ["kubectl.kubernetes.io/last-applied-configuration": .string(password)],
        ],
        "data": ["password": .string(password)], "stringData": ["token": .string(password)],
      ]
    }
    let (old, new) = (secret("aHVudGVy"), secret("bmV3"))
    var metadata = ObjectMetadata()
    (metadata.namespace, metadata.name, metadata.uid) = ("shop", "login", "u")
    let record = Secret(metadata: metadata)
    var graph = ClusterGraph()
    var touched: HandleSet = []
    graph.upsert(
      ObjectSnapshot(record: record, version: ObjectVersion(resourceVersion: "1")),
      touching: &touched
    )
    let action = ObjectAction.apply(EditedObject(old, editedTo: new))
    guard
      case .plan(let plan) = action.plan(for: Self.secret, of: "test", in: graph, at: Sample.now)
    else {
      Issue.record("It cannot be edited.")
      return
    }
    driver.take(.proposed([.plan(plan.keepingSecrets(by: nil))]))
    let difference = ObjectDifference(from: old, to: new, of: Self.secret.kind)
    driver.take(.rehearsed(Rehearsal(results: [.accepted(difference)]), of: plan.id))
    let text = text(200, 80)
    #expect(text.contains("- data.password: (not shown)"))
    #expect(text.contains("+ data.password: (not shown)"))
    #expect(text.contains("edit secret login -n shop"))
    #expect(text.contains("Secret values are not kept, so that no undo brings them back."))
    for value in ["aHVudGVy", "bmV3"] { #expect(!text.contains(value)) }
  }

  private static func deletion(_ propagation: DeleteOptions.Propagation) -> HealPlan {
    let deployment = ObjectKey(Deployment.kind, namespace: "shop", name: "cart")
    return HealPlan(
      cause: .request("delete", cluster: "test", object: deployment),
      subject: .object(deployment),
      cluster: "test",
      remedy: "delete",
      title: "Delete Deployment.apps shop/cart",
      reason: "It is not wanted any more.",
      steps: [.delete(deployment, uid: "u", propagation: propagation)],
      disruption: .outage,
      blastRadius: BlastRadius([.init(.object(deployment), "is deleted")]),
      undo: "By the journal.",
      confirmation: .typing("cart")
    )
  }

  @Test mutating func whatBecomesOfOwnedObjectsIsChosenBeforeItIsConfirmed() {
    let plan = Self.deletion(.background)
    driver.take(.proposed([.plan(plan)]))
    #expect(text().contains("Owned objects are deleted after it (background)"))
    driver.type("car")
    #expect(driver.press("ctrl-p") == [.replan([plan], deleting: .foreground)])
    #expect(confirmed(driver.press("t", "enter")) == [plan], "Until then it is as it was.")

    driver.take(.proposed([.plan(plan)]))
    driver.type("cart")
    let orphan = Self.deletion(.orphan)
    #expect(driver.take(.replanned([.plan(orphan)], of: [plan.id])) == [.rehearse(orphan)])
    #expect(text().contains("Owned objects stay, and are owned by nobody (orphan)"))
    #expect(driver.press("enter").isEmpty, "What was typed before was about another plan.")
    #expect(driver.type("cart").isEmpty)
    #expect(confirmed(driver.press("enter")) == [orphan])
  }

  @Test mutating func aChoiceThatCannotBeHadChangesNothing() {
    let plan = Self.deletion(.background)
    driver.take(.proposed([.plan(plan)]))
    driver.take(.replanned([.unavailable("It is gone already.")], of: [plan.id]))
    #expect(text().contains("It stays as it is: It is gone already."))
    #expect(text().contains("(background)"))
  }

  @Test mutating func whereThereIsNoChoiceNoneIsOffered() {
    driver.take(.proposed([.plan(Self.plan(1))]))
    #expect(!text().contains("Owned objects"))
    #expect(driver.press("ctrl-p").isEmpty)
  }
}

/// The plans that are to be carried out.
private func confirmed(_ effects: [Effect]) -> [HealPlan] {
  effects.flatMap { effect -> [HealPlan] in
    if case .healAll(let batch) = effect { batch.plans.map(\.plan) } else { [] }
  }
}

// MARK: - Nothing that was not shown

extension HealScreensTests {
  /// All letters and digits, and what else means something somewhere.
  private static let keys: [Key] =
    [
      "enter", "esc", "tab", "space", "up", "down", "left", "right", "backspace", "ctrl-u",
      "ctrl-p", "ctrl-d", "page-down", "page-up", "?", ":", "/", "-", "[", "]",
    ]
    + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".map { .character($0) }

  @Test(
    "No sequence of keys does what its confirm screen did not show",
    arguments: [UInt64(1), 2, 3, 4, 5, 6, 7, 8]
  )
  mutating func onlyWhatIsShown(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let plans = [
      Self.plan(1), Self.plan(2, .typing("test")), Self.plan(3, .reason("test")),
      Self.plan(4).judged([.broken(.storm, "Storm.")]),
    ]
    let findings = (1...3).map { Sample.finding($0) }
    driver.show(findings)
    var confirmed = 0
    // Each screen is come to, with what it shows to people, and driven from there.
    var ahead = Scene.all.shuffled(using: &random)
    var driven: Set<String> = []
    for turn in 0..<4000 {
      if turn % 40 == 0, let scene = ahead.popLast() { driver = scene.driver() }
      driven.formUnion(driver.screenNames)
      if Int.random(in: 0..<8, using: &random) == 0 {
        let proposals = (0..<Int.random(in: 1...3, using: &random)).map { _ -> Proposal in
          let plan = plans[Int.random(in: 0..<plans.count, using: &random)]
          return Bool.random(using: &random) ? .plan(plan) : .refused(plan, "Read-only.")
        }
        driver.take(.proposed(proposals))
      }
      let screen = driver.app.screens.last as? ConfirmScreen
      // Some answers are typed as wanted, or nothing would ever be confirmed.
      let wanted = screen?.batch.confirmation.expectedAnswer
      var effects: [Effect] = []
      if let wanted, Int.random(in: 0..<4, using: &random) == 0 {
        effects += driver.type(wanted) + driver.press("enter")
      } else {
        effects += driver.press(Self.keys[Int.random(in: 0..<Self.keys.count, using: &random)])
      }
      for effect in effects {
        let done: [HealPlan]
        switch effect {
        case .heal(let plan): done = [plan.plan]
        case .healAll(let batch): done = batch.plans.map(\.plan)
        default: continue
        }
        confirmed += 1
        #expect(done == screen?.batch.plans)
        #expect(screen?.title == "Confirm", "What is refused is not done.")
        let reasons = effects.compactMap { effect -> [String]? in
          if case .healAll(let batch) = effect { batch.plans.map(\.reason) } else { nil }
        }.flatMap(\.self)
        if case .reason? = screen?.batch.confirmation { #expect(!reasons.contains("")) }
      }
      if driver.app.isFinished { driver = AppDriver() }
    }
    #expect(confirmed > 5)
    #expect(ahead.isEmpty)
    let missed = try Scene.screensOfSources().subtracting(driven)
    #expect(missed.isEmpty, "No key was pressed on \(missed.sorted()).")
  }
}

/// Random numbers that are the same in each run.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
