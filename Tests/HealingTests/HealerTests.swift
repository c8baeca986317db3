import Inspection
import KubernetesClient
import KubernetesObjects
import NameMatching
import ObjectBuilders
import Synchronization
import Testing
import WireFormats

@testable import Healing

@Suite struct HealerTests {
  /// An API that answers as told, and remembers what it was asked.
  private final class FakeAPI: ChangingAPI {
    private let log = Mutex<[String]>([])
    private let failure: KubernetesError?
    private let failingCall: Int
    private let source: JSONValue
    private let lastSent = Mutex<JSONValue>(.null)
    /// How often the eviction of each Pod is still refused.
    private let refusals: Mutex<[String: Int]>

    init(
      failure: KubernetesError? = nil,
      onCall failingCall: Int = 0,
      source: JSONValue = [:],
      refusals: [String: Int] = [:]
    ) {
      self.refusals = Mutex(refusals)
      self.failure = failure
      self.failingCall = failingCall
      self.source = source
    }

    /// What is there before something is done to it.
    private static let uids: [ObjectKey: String] = [
      Pod.sample().key: "u", Pod.sample("a").key: "a", Pod.sample("b").key: "b",
      Pod.sample("c").key: "c", ObjectKey(Deployment.kind, namespace: "shop", name: "cart"): "u",
    ]

    /// The body of the last creation or patch.
    var sent: JSONValue { lastSent.withLock { $0 } }

    var calls: [String] { log.withLock { $0 } }

    func object(
      _ key: ObjectKey,
      of resource: APIResource
    ) async throws(KubernetesError) -> JSONValue {
      if let uid = Self.uids[key] { return ["metadata": ["uid": .string(uid)]] }
      _ = try note("get \(resource.plural) \(key.qualifiedName)")
      return source
    }

    func send(_ change: ChangeRequest) async throws(KubernetesError) -> JSONValue {
      let name = change.target.qualifiedName
      let subresource = change.subresource.isEmpty ? "" : " \(change.subresource)"
      switch change.methodName {
      case "DELETE":
        let body = change.body
        return try note(
          "delete \(name) \(body[path: "preconditions", "uid"]?.stringValue ?? "-") "
            + "\(body["gracePeriodSeconds"]?.integerValue ?? -1) "
            + (body["propagationPolicy"]?.stringValue ?? "-")
        )
      case "PATCH":
        lastSent.withLock { $0 = change.body }
        return try note("patch \(name)\(subresource)")
      case _ where !subresource.isEmpty: return try evict(change)
      default:
        lastSent.withLock { $0 = change.body }
        return try note("create \(change.resource.plural) in \(change.target.namespace)")
      }
    }

    func review(_ question: AccessQuestion) async throws(KubernetesError) -> AccessAnswer {
      AccessAnswer(isAllowed: true)
    }

    func userName() async throws(KubernetesError) -> String { "jane" }

    private func evict(_ change: ChangeRequest) throws(KubernetesError) -> JSONValue {
      let uid = change.body[path: "deleteOptions", "preconditions", "uid"]?.stringValue ?? "-"
      let answer = try note("evict \(change.target.qualifiedName) \(uid)")
      let isRefused = refusals.withLock { refusals in
        let left = refusals[change.target.name, default: 0]
        refusals[change.target.name] = max(0, left - 1)
        return left > 0
      }
      if isRefused { throw .throttled(retryAfter: nil, message: "The budget has 1") }
      return answer
    }

    private func note(_ call: String) throws(KubernetesError) -> JSONValue {
      let index = log.withLock { log in
        log.append(call)
        return log.count - 1
      }
      if let failure, index == failingCall { throw failure }
      return [:]
    }
  }

  private func plan(_ steps: [HealStep]) throws -> ConfirmedPlan {
    let plan = HealPlan(
      cause: .finding(
        FindingID(
          cluster: "c",
          check: "x/y",
          subject: .object(Pod.sample().key),
          discriminator: ""
        )
      ),
      subject: .object(Pod.sample().key),
      cluster: "c",
      remedy: "r",
      title: "",
      reason: "",
      steps: steps,
      disruption: .none,
      blastRadius: BlastRadius([]),
      undo: "",
      confirmation: .key("y")
    )
    return try #require(ConfirmedPlan(plan, answer: "y"))
  }

  private let steps: [HealStep] = [
    .patch(Pod.sample().key, .merge(["a": 1]), kubectl: ""),
    .delete(Pod.sample().key, uid: "u", gracePeriodSeconds: 0),
  ]
  private let resources = [Pod.kind: APIResource.pods]

  @Test func stepsAreSentInOrderWithTheirPreconditions() async throws {
    let api = FakeAPI()
    let outcome = await Healer(api: api, context: "c", guardrails: Guardrails())
      .execute(try plan(steps), resources: resources)
    #expect(outcome == .accepted)
    #expect(api.calls == ["patch shop/cart-1", "delete shop/cart-1 u 0 Background"])
  }

  @Test func theFirstFailureStopsThePlan() async throws {
    let api = FakeAPI(failure: .changedMeanwhile(message: "other uid"))
    let outcome = await Healer(api: api, context: "c", guardrails: Guardrails())
      .execute(try plan(steps), resources: resources)
    #expect(
      outcome
        == .failed(
          stepsDone: 0,
          "It changed since the plan was made: other uid. Review the new plan."
        )
    )
    #expect(api.calls.count == 1)
  }

  @Test func anObjectThatIsGoneNeedsNoDeletion() async throws {
    let gone = FakeAPI(failure: .notFound(message: "gone"), onCall: 1)
    let outcome = await Healer(api: gone, context: "c", guardrails: Guardrails())
      .execute(try plan(steps), resources: resources)
    #expect(outcome == .accepted)
    let patched = FakeAPI(failure: .notFound(message: "gone"), onCall: 0)
    let failed = await Healer(api: patched, context: "c", guardrails: Guardrails())
      .execute(try plan(steps), resources: resources)
    #expect(failed == .failed(stepsDone: 0, "Not found: gone."))
  }

  @Test func readOnlySendsNothing() async throws {
    let api = FakeAPI()
    let outcome = await Healer(api: api, context: "c", guardrails: Guardrails(isReadOnly: true))
      .execute(try plan(steps), resources: resources)
    guard case .refused = outcome else {
      Issue.record("Not refused: \(outcome)")
      return
    }
    #expect(api.calls.isEmpty)
  }

  @Test func aProtectedNamespaceIsSentNothing() async throws {
    let api = FakeAPI()
    let healer = Healer(
      api: api,
      context: "c",
      guardrails: Guardrails(protectedNamespaces: ["sh*"])
    )
    let outcome = await healer.execute(try plan(steps), resources: resources)
    let reason = "Namespace shop is protected: it matches sh* of protectedNamespaces."
    #expect(outcome == .refused("\(reason) See kpatrol config show."))
    #expect(api.calls.isEmpty)
  }

  @Test func aKindThatIsNoLongerServedIsTold() async throws {
    let outcome = await Healer(api: FakeAPI(), context: "c", guardrails: Guardrails())
      .execute(try plan(steps), resources: [:])
    guard case .failed(stepsDone: 0, _) = outcome else {
      Issue.record("Not failed: \(outcome)")
      return
    }
  }

  @Test func aSubresourceIsPatchedAsOne() async throws {
    let api = FakeAPI()
    let step = HealStep.patch(Pod.sample().key, .merge([:]), subresource: "x", kubectl: "")
    let outcome = await Healer(api: api, context: "c", guardrails: Guardrails())
      .execute(try plan([step]), resources: resources)
    #expect(outcome == .accepted)
    #expect(api.calls == ["patch shop/cart-1 x"])
  }
}

// MARK: - Evictions

extension HealerTests {
  private static let evictions = ["a", "b", "c"].map { name in
    HealStep.evict(Pod.sample(name).key, uid: ObjectUID(name))
  }

  private func evict(
    _ api: FakeAPI,
    attempts: Int = 3,
    report: @Sendable (HealProgress) async -> Void = { _ in }
  ) async throws -> Healer.Outcome {
    let healer = Healer(
      api: api,
      context: "c",
      guardrails: Guardrails(),
      patience: EvictionPatience(interval: .zero, attempts: attempts)
    )
    let cordon = HealStep.patch(Pod.sample().key, .merge([:]), kubectl: "")
    let confirmed = try plan([cordon] + Self.evictions + [cordon])
    return await healer.execute(confirmed, resources: resources, report: report)
  }

  @Test func whatABudgetHoldsIsTriedAgainWhileTheOthersGo() async throws {
    let api = FakeAPI(refusals: ["a": 2, "c": 1])
    let waits = Mutex<[HealProgress]>([])
    let outcome = try await evict(api) { progress in
      if !progress.wait.isEmpty { waits.withLock { $0.append(progress) } }
    }
    #expect(outcome == .accepted)
    let evictions = ["a", "b", "c", "a", "c", "a"].map { "evict shop/\($0) \($0)" }
    #expect(api.calls == ["patch shop/cart-1"] + evictions + ["patch shop/cart-1"])
    let first = try #require(waits.withLock { $0 }.first)
    #expect(first.stepsDone == 2)
    #expect(
      first.wait
        == "Pod shop/a and 1 other may not go yet: The budget has 1. Tried 1 of 3 times."
    )
  }

  @Test func patienceWithABudgetEnds() async throws {
    let api = FakeAPI(refusals: ["b": 9])
    guard case .failed(stepsDone: 3, let reason) = try await evict(api) else {
      Issue.record("Not failed after the others: \(api.calls)")
      return
    }
    #expect(reason.contains("Pod shop/b may not go yet: The budget has 1."))
    #expect(api.calls.count == 1 + 3 + 2)
  }

  @Test func anAbortedPlanSendsNothingMore() async throws {
    let api = FakeAPI(refusals: ["a": 9])
    let task = Task {
      try await evict(api) { progress in
        if !progress.wait.isEmpty { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
    #expect(try await task.value == .aborted(stepsDone: 3))
    #expect(api.calls.count == 1 + 3)
  }

  @Test func aPodThatWentByItselfNeedsNoEviction() async throws {
    for failure in [KubernetesError.notFound(message: ""), .changedMeanwhile(message: "")] {
      let api = FakeAPI(failure: failure, onCall: 2)
      #expect(try await evict(api) == .accepted)
    }
  }
}

// MARK: - Steps made after what the server has

extension HealerTests {
  private static func resource(_ kind: ObjectKind, _ plural: String) -> APIResource {
    APIResource(kind: kind, version: "v1", plural: plural, isNamespaced: true)
  }

  private static let batch = [
    CronJob.kind: resource(CronJob.kind, "cronjobs"), Job.kind: resource(Job.kind, "jobs"),
  ]
  private static let apps = [
    Deployment.kind: resource(Deployment.kind, "deployments"),
    ReplicaSet.kind: resource(ReplicaSet.kind, "replicasets"),
  ]

  private static let run = JobRun(
    ObjectKey(Job.kind, namespace: "shop", name: "backup-1"),
    of: ObjectKey(CronJob.kind, namespace: "shop", name: "backup"),
    uid: "u"
  )

  private func cronJob(uid: JSONValue) -> JSONValue {
    [
      "metadata": ["uid": uid],
      "spec": [
        "jobTemplate": [
          "metadata": ["labels": ["app": "backup"], "annotations": ["note": "x"]],
          "spec": ["backoffLimit": 1],
        ]
      ],
    ]
  }

  @Test func aJobIsMadeAfterTheCronJobAsTheServerHasIt() async throws {
    let api = FakeAPI(source: cronJob(uid: "u"))
    let outcome = await Healer(api: api, context: "c", guardrails: Guardrails())
      .execute(try plan([.run(Self.run)]), resources: Self.batch)
    #expect(outcome == .accepted)
    #expect(api.calls == ["get cronjobs shop/backup", "create jobs in shop"])
    #expect(
      api.sent == [
        "apiVersion": "batch/v1", "kind": "Job",
        "metadata": [
          "name": "backup-1", "namespace": "shop", "labels": ["app": "backup"],
          "annotations": ["note": "x", "cronjob.kubernetes.io/instantiate": "manual"],
          "ownerReferences": [
            [
              "apiVersion": "batch/v1", "kind": "CronJob", "name": "backup", "uid": "u",
              "controller": true,
            ]
          ],
        ],
        "spec": ["backoffLimit": 1],
      ]
    )
  }

  @Test func anotherCronJobOfTheSameNameIsNotRun() async throws {
    let api = FakeAPI(source: cronJob(uid: "v"))
    let outcome = await Healer(api: api, context: "c", guardrails: Guardrails())
      .execute(try plan([.run(Self.run)]), resources: Self.batch)
    guard case .failed(stepsDone: 0, let reason) = outcome else {
      Issue.record("Not failed: \(outcome)")
      return
    }
    #expect(reason.contains("CronJob.batch shop/backup is another one now"))
    #expect(api.calls == ["get cronjobs shop/backup"])
  }

  @Test func whatIsReadMustBeServedToo() async throws {
    let api = FakeAPI(source: cronJob(uid: "u"))
    var resources = Self.batch
    resources[CronJob.kind] = nil
    let outcome = await Healer(api: api, context: "c", guardrails: Guardrails())
      .execute(try plan([.run(Self.run)]), resources: resources)
    #expect(
      outcome
        == .failed(
          stepsDone: 0,
          "The server no longer serves CronJob.batch. Look at the finding again."
        )
    )
    #expect(api.calls.isEmpty)
  }

  @Test func aProtectedNamespaceGetsNoJob() async throws {
    let api = FakeAPI(source: cronJob(uid: "u"))
    let outcome = await Healer(
      api: api,
      context: "c",
      guardrails: Guardrails(protectedNamespaces: ["shop"])
    ).execute(try plan([.run(Self.run)]), resources: Self.batch)
    guard case .refused = outcome else {
      Issue.record("Not refused: \(outcome)")
      return
    }
    #expect(api.calls.isEmpty)
  }

  @Test func aDeploymentGetsTheTemplateOfItsReplicaSetWithoutTheHash() async throws {
    let api = FakeAPI(
      source: [
        "metadata": ["uid": "uid-shop-cart-1"],
        "spec": [
          "template": [
            "metadata": ["labels": ["app": "cart", "pod-template-hash": "abc"]],
            "spec": ["containers": []],
          ]
        ],
      ]
    )
    var deployment = Deployment(metadata: .sample("cart", namespace: "shop", uid: "u"))
    deployment.metadata.generation = 7
    let rollback = Rollback(deployment, to: .sample("cart-1"), revision: 2)
    let outcome = await Healer(api: api, context: "c", guardrails: Guardrails())
      .execute(try plan([.rollBack(rollback)]), resources: Self.apps)
    #expect(outcome == .accepted)
    #expect(api.calls == ["get replicasets shop/cart-1", "patch shop/cart"])
    #expect(
      api.sent == [
        ["op": "test", "path": "/metadata/uid", "value": "u"],
        ["op": "test", "path": "/metadata/generation", "value": 7],
        [
          "op": "replace", "path": "/spec/template",
          "value": [
            "metadata": ["labels": ["app": "cart"]], "spec": ["containers": []],
          ],
        ],
      ]
    )
  }
}
