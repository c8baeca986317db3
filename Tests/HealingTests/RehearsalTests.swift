import Inspection
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import Synchronization
import Testing
import WireFormats

@testable import Healing

/// What is asked of the server before anybody agrees to anything.
@Suite struct RehearsalTests {
  /// Answers dry runs as told, and keeps what was sent.
  private final class FakeAPI: ChangingAPI {
    private let log = Mutex<[String]>([])
    private let answer: JSONValue?

    init(_ answer: JSONValue?) { self.answer = answer }

    var sent: [String] { log.withLock { $0 } }

    func object(
      _ key: ObjectKey,
      of resource: APIResource
    ) async throws(KubernetesError) -> JSONValue {
      ["metadata": ["uid": "u", "resourceVersion": "7"], "spec": ["replicas": 1]]
    }

    func send(_ change: ChangeRequest) async throws(KubernetesError) -> JSONValue {
      log.withLock { $0.append("\(change.methodName) \(change.path)") }
      guard let answer else { throw .invalid(message: "no room") }
      return answer
    }

    func review(_ question: AccessQuestion) async throws(KubernetesError) -> AccessAnswer {
      AccessAnswer(isAllowed: true)
    }

    func userName() async throws(KubernetesError) -> String { "jane" }
  }

  private static let pod = Pod.sample()
  private static let patch = HealStep.patch(
    pod.key,
    .merge(["metadata": ["uid": "u"], "spec": ["replicas": 2]]),
    kubectl: ""
  )
  private static let path = "/api/v1/namespaces/shop/pods/cart-1"

  private func rehearse(
    _ api: FakeAPI,
    _ steps: [HealStep],
    _ guardrails: Guardrails = Guardrails()
  ) async -> Rehearsal {
    await Healer(api: api, context: "c", guardrails: guardrails)
      .rehearse(Sample.plan(.key("y"), steps: steps), resources: [Pod.kind: .pods])
  }

  @Test func aPatchShowsWhatItChanges() async {
    let api = FakeAPI([
      "metadata": ["uid": "u", "resourceVersion": "7"], "spec": ["replicas": 2],
    ])
    let rehearsal = await rehearse(api, [Self.patch])
    #expect(api.sent == ["PATCH \(Self.path)?dryRun=All&fieldManager=kpatrol"])
    guard case .accepted(let difference)? = rehearsal.results.first else {
      Issue.record("\(rehearsal)")
      return
    }
    #expect(difference.lines == [.init(path: "spec.replicas", old: "1", new: "2")])
  }

  @Test func aRefusalIsTold() async {
    let rehearsal = await rehearse(FakeAPI(nil), [.delete(Self.pod.key, uid: "u")])
    #expect(rehearsal.refusal?.contains("no room") == true)
  }

  @Test func anotherObjectOfTheNameIsToldBeforeAnythingIsSent() async {
    let api = FakeAPI([:])
    let rehearsal = await rehearse(api, [.delete(Self.pod.key, uid: "other")])
    #expect(rehearsal.refusal?.contains("is another one now") == true)
    #expect(api.sent == [])
  }

  @Test func whatFollowsOnAnotherStepIsNotChecked() async {
    let api = FakeAPI([:])
    let rehearsal = await rehearse(api, [.evict(Self.pod.key, uid: "u"), Self.patch])
    #expect(api.sent == ["POST \(Self.path)/eviction?dryRun=All"])
    #expect(rehearsal.results.last == .unchecked("it follows on a step before it"))
  }

  @Test func whereNothingMayBeChangedNothingIsAsked() async {
    let api = FakeAPI([:])
    _ = await rehearse(api, [Self.patch], Guardrails(isReadOnly: true))
    #expect(api.sent == [])
  }

  // MARK: Differences

  @Test func differencesAreToldFieldByField() {
    let old: JSONValue = [
      "metadata": ["resourceVersion": "1", "labels": ["a.b/c": "x"]],
      "spec": ["list": [["image": "a"]], "gone": ["deep": true]],
    ]
    let new: JSONValue = [
      "metadata": ["resourceVersion": "2", "labels": ["a.b/c": "y"]],
      "spec": ["list": [["image": "b"], ["image": "c"]]],
    ]
    let difference = ObjectDifference(from: old, to: new, of: Pod.kind)
    #expect(
      difference.lines == [
        .init(path: "metadata.labels[a.b/c]", old: "x", new: "y"),
        .init(path: "spec.gone.deep", old: "true", new: nil),
        .init(path: "spec.list[0].image", old: "a", new: "b"),
        .init(path: "spec.list[1].image", old: nil, new: "c"),
      ]
    )
  }

  @Test func valuesOfSecretsAreNotShown() {
    let difference = ObjectDifference(
      from: ["data": ["password": "b2xk"]],
      to: ["data": ["password": "bmV3"], "metadata": ["labels": ["a": "b"]]],
      of: ObjectKind("Secret")
    )
    #expect(
      difference.lines == [
        .init(path: "data.password", old: "(not shown)", new: "(not shown)"),
        .init(path: "metadata.labels.a", old: nil, new: "b"),
      ]
    )
  }
}

/// Plans that are confirmed together.
@Suite struct HealBatchTests {
  private func plan(_ confirmation: Healing.Confirmation, on cluster: String = "c") -> HealPlan {
    let key = Pod.sample().key
    return HealPlan(
      cause: .request("delete", cluster: cluster, object: key),
      subject: .object(key),
      cluster: cluster,
      remedy: "delete",
      title: "",
      reason: "",
      steps: [],
      disruption: .none,
      blastRadius: BlastRadius([]),
      undo: "",
      confirmation: confirmation
    )
  }

  @Test func theStrictestPlanDecidesWhatIsAskedFor() {
    let (light, typed, heavy) = (plan(.key("y")), plan(.typing("a")), plan(.reason("c")))
    #expect(HealBatch([light]).confirmation == .key("y"))
    #expect(HealBatch([typed]).confirmation == .typing("a"))
    #expect(HealBatch([light, light]).confirmation == .key("y"))
    #expect(HealBatch([light, typed]).confirmation == .typing("2 plans"))
    #expect(HealBatch([light, typed, heavy]).confirmation == .reason("c"))
    #expect(HealBatch([heavy, plan(.key("y"), on: "d")]).confirmation == .reason("2 clusters"))
  }

  @Test func allArePlansThatWereAgreedTo() {
    let batch = HealBatch([plan(.key("y")), plan(.reason("c"))])
    #expect(ConfirmedBatch(batch, answer: "c") == nil)
    #expect(ConfirmedBatch(batch, answer: "d", reason: "why") == nil)
    let confirmed = ConfirmedBatch(batch, answer: "c", reason: "why")
    #expect(confirmed?.plans.map(\.plan) == batch.plans)
    #expect(confirmed?.plans.allSatisfy { $0.reason == "why" && $0.grade == .typedReason } == true)
  }

  @Test func aPolicyAgreesOnlyToWhatIsLight() {
    let node = Node(metadata: .sample("node-1", uid: "n"))
    var policy = HealPolicy("p", remedy: "r")
    let passed: [GuardrailVerdict] = [.passed(.storm, "Fine.")]
    let light = Sample.plan(.key("y"), steps: [.cordon(node)]).judged(passed)
    #expect(ConfirmedPlan(light, by: policy) == nil, "It is not automatic.")
    policy.isAutomatic = true
    #expect(ConfirmedPlan(light, by: policy)?.grade == .policy)
    let refused = [
      Sample.plan(.key("y"), steps: [.cordon(node)]),
      Sample.plan(.key("y"), steps: [.cordon(node)]).judged([.broken(.storm, "Storm.")]),
      Sample.plan(.typing("node-1"), steps: [.cordon(node)]).judged(passed),
      Sample.plan(.key("y"), steps: [.delete(node.key, uid: "n")]).judged(passed),
    ]
    for plan in refused { #expect(ConfirmedPlan(plan, by: policy) == nil) }
  }
}
