import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects
import NameMatching
import ObjectBuilders
import Synchronization
import Testing
import WireFormats

@testable import Healing

/// What plans do beside a cluster: in an IPAM, and in KPatrol's own picture.
@Suite struct StepsElsewhereTests {
  /// What there is beside a cluster, and remembers what it was asked.
  private final class FakeElsewhere: ChangingElsewhere {
    private let log = Mutex<[String]>([])
    private let failure: StepFailure?

    init(failing failure: StepFailure? = nil) { self.failure = failure }

    var calls: [String] { log.withLock { $0 } }

    func release(_ release: AddressRelease) async throws(StepFailure) {
      try note("\(release.request.method.rawValue) \(release.request.url) \(release.request.body)")
    }

    func relist(_ kind: ObjectKind, in namespace: String?) async throws(StepFailure) {
      try note("list \(kind) in \(namespace ?? "all")")
    }

    private func note(_ call: String) throws(StepFailure) {
      log.withLock { $0.append(call) }
      if let failure { throw failure }
    }
  }

  /// An API server that nobody may ask.
  private struct SilentAPI: UnchangingAPI {
    let refusal = KubernetesError.cancelled
  }

  private static let address = IPAddress("192.0.2.77")
  private static let subject = VertexID.object(
    ObjectKey(InventoryAddress.kind, name: "192.0.2.77")
  )

  private static var netBox: ReleaseRule {
    var rule = ReleaseRule(.patch, "https://netbox.example.com/api/ipam/ip-addresses/{id}/")
    rule.body = #"{"status":"deprecated"}"#
    rule.undo = #"{"status":"{state}"}"#
    rule.tokenScheme = "Token"
    return rule
  }

  /// A graph with an address that an IPAM has given to the cluster, and the rule to release it.
  private func world(
    _ rule: ReleaseRule?,
    id: String = "17",
    _ lifecycle: RecordLifecycle = .inService
  ) throws -> RemedyWorld {
    var allocation = AddressAllocation(in: "ipam")
    allocation.cluster = "c"
    allocation.id = id
    allocation.state = "active"
    allocation.lifecycle = lifecycle
    let table = AllocationTable([.init(.address(try #require(Self.address)), allocation)])
    var world = RemedyWorld()
    var touched: HandleSet = []
    world.graph.setInventories(
      [InventoryContent("ipam", .addresses(table), release: rule)],
      ofCluster: "c",
      touching: &touched
    )
    return world
  }

  // MARK: Plans

  @Test func anAddressIsReleasedByItsRecordAndMayBeTakenBack() throws {
    let plan = try world(Self.netBox).plan("release-address", about: Self.subject)
    guard case .release(let release) = plan.steps.first, plan.steps.count == 1 else {
      Issue.record("\(plan.steps)")
      return
    }
    #expect(release.request.url == "https://netbox.example.com/api/ipam/ip-addresses/17/")
    #expect(release.request.body == #"{"status":"deprecated"}"#)
    #expect(
      plan.steps[0].commandByHand(context: "c")
        == #"curl --fail --request PATCH --header "Authorization: Token $TOKEN" "#
        + "--header 'Content-Type: application/json' --data '{\"status\":\"deprecated\"}' "
        + "https://netbox.example.com/api/ipam/ip-addresses/17/"
    )
    #expect(plan.undo.contains(#"--data '{"status":"active"}'"#))
    #expect(plan.confirmation == .key("y"))
    #expect(plan.blastRadius.impacts.map(\.vertex) == [Self.subject])
  }

  @Test func whatCannotBeTakenBackHasToBeTyped() throws {
    let rule = ReleaseRule(.delete, "http://ipam/{id}?ip={address}")
    let plan = try world(rule, id: "a b/ö").plan("release-address", about: Self.subject)
    #expect(plan.confirmation == .typing("192.0.2.77"))
    #expect(plan.undo.hasPrefix("By hand, in ipam"))
    #expect(
      plan.steps[0].commandByHand(context: "c")
        == "curl --fail --request DELETE 'http://ipam/a%20b%2F%C3%B6?ip=192.0.2.77'"
    )
  }

  @Test func aRecordsValuesStayWithinTheStringsThatTheyStandIn() throws {
    var rule = ReleaseRule(.post, "http://ipam/release")
    rule.body = #"{"id": "{id}", "state": "{state}", "other": {"{x}": 1}}"#
    let plan = try world(rule, id: #"","admin":"{state}"#)
      .plan("release-address", about: Self.subject)
    guard case .release(let release) = plan.steps[0] else { return }
    #expect(
      release.request.body
        == #"{"id": "\",\"admin\":\"{state}", "state": "active", "other": {"{x}": 1}}"#
    )
    #expect(throws: Never.self) { try JSONValue(parsing: Array(release.request.body.utf8)) }
  }

  @Test func nothingIsReleasedWithoutAWayToDoIt() throws {
    #expect(
      try world(nil).obstacle("release-address", about: Self.subject)
        .hasPrefix("How ipam is told is not configured")
    )
    #expect(
      try world(Self.netBox, id: "").obstacle("release-address", about: Self.subject)
        .hasPrefix("ipam does not tell by what its record of 192.0.2.77 is known")
    )
    #expect(
      try world(Self.netBox, .retired).obstacle("release-address", about: Self.subject)
        .hasPrefix("Address 192.0.2.77 is not allocated to this cluster")
    )
    let other = VertexID.object(ObjectKey(InventoryAddress.kind, name: "192.0.2.78"))
    var world = try world(Self.netBox)
    world.know(InventoryAddress.kind)
    #expect(try world.obstacle("release-address", about: other).contains("gone"))
  }

  @Test func aKindIsListedAgainWhereItsPictureWasWrong() throws {
    let key = ObjectKey(Pod.kind, namespace: "shop", name: "a")
    var cluster = ClusterRecord()
    cluster.modelFaults = [
      ModelFault(
        kind: Pod.kind,
        namespace: "shop",
        examples: [.init(key, fault: "missing", listed: "7", held: nil)],
        count: 1
      )
    ]
    let plan = try RemedyWorld(cluster)
      .plan("relist", about: ClusterRecord.vertex, related: [.object(key)])
    #expect(plan.steps == [.relist(Pod.kind, namespace: "shop")])
    #expect(plan.confirmation == .key("y"))
    #expect(plan.commands == ["get pod -n shop -o name"])
    let other = ObjectKey(Node.kind, name: "n")
    _ = try RemedyWorld(cluster)
      .obstacle("relist", about: ClusterRecord.vertex, related: [.object(other)])
    _ = try RemedyWorld(ClusterRecord())
      .obstacle("relist", about: ClusterRecord.vertex, related: [.object(key)])
  }

  // MARK: Execution

  private func execute(
    _ elsewhere: FakeElsewhere?,
    _ guardrails: Guardrails = Guardrails(),
    on context: String = "c",
    relists: Bool = false
  ) async throws -> Healer.Outcome {
    var plan = try world(Self.netBox).plan("release-address", about: Self.subject)
    if relists {
      plan = HealPlan(
        cause: plan.cause,
        subject: plan.subject,
        cluster: "c",
        remedy: "relist",
        title: "",
        reason: "",
        steps: [.relist(Pod.kind, namespace: nil)],
        disruption: .none,
        blastRadius: BlastRadius([]),
        undo: "",
        confirmation: .key("y")
      )
    }
    return await Healer(
      api: SilentAPI(),
      elsewhere: elsewhere,
      context: context,
      guardrails: guardrails
    )
    .execute(try #require(ConfirmedPlan(plan, answer: "y")), resources: [:])
  }

  @Test func stepsElsewhereNeedNothingOfTheAPIServer() async throws {
    let elsewhere = FakeElsewhere()
    #expect(try await execute(elsewhere) == .accepted)
    #expect(try await execute(elsewhere, relists: true) == .accepted)
    #expect(
      elsewhere.calls == [
        #"PATCH https://netbox.example.com/api/ipam/ip-addresses/17/ {"status":"deprecated"}"#,
        "list Pod in all",
      ]
    )
  }

  @Test func whatFailsElsewhereIsTold() async throws {
    let failing = FakeElsewhere(failing: StepFailure("It is gone."))
    #expect(try await execute(failing) == .failed(stepsDone: 0, "It is gone."))
    guard case .failed = try await execute(nil) else {
      Issue.record("Nobody did it.")
      return
    }
  }

  @Test func aReadOnlyContextsInventoriesAreNotChangedEither() async throws {
    let elsewhere = FakeElsewhere()
    let guardrails = Guardrails(readOnlyContexts: ["*prod*"])
    guard case .refused = try await execute(elsewhere, guardrails, on: "prod") else {
      Issue.record("It was released.")
      return
    }
    #expect(elsewhere.calls.isEmpty)
    // To look again changes nothing of anybody's.
    #expect(try await execute(elsewhere, guardrails, on: "prod", relists: true) == .accepted)
  }
}
