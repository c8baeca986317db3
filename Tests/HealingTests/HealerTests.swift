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

    init(failure: KubernetesError? = nil, onCall failingCall: Int = 0) {
      self.failure = failure
      self.failingCall = failingCall
    }

    var calls: [String] { log.withLock { $0 } }

    func delete(
      _ key: ObjectKey,
      of resource: APIResource,
      options: DeleteOptions
    ) async throws(KubernetesError) -> JSONValue {
      try note(
        "delete \(key.qualifiedName) \(options.uid ?? "-") \(options.gracePeriodSeconds ?? -1)"
      )
    }

    func patch(
      _ key: ObjectKey,
      of resource: APIResource,
      _ patch: Patch,
      dryRun: Bool
    ) async throws(KubernetesError) -> JSONValue {
      try note("patch \(key.qualifiedName)")
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
      finding: FindingID(
        cluster: "c",
        check: "x/y",
        subject: .object(Pod.sample().key),
        discriminator: ""
      ),
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
    #expect(api.calls == ["patch shop/cart-1", "delete shop/cart-1 u 0"])
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
}
