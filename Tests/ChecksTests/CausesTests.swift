import Checks
import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders
import Testing

@Suite struct CausesTests {
  /// What there is to find about some objects, all of it settled.
  private func findings(_ records: [any ObjectRecord]) -> ([Finding], ClusterGraph) {
    var graph = ClusterGraph()
    var touched: HandleSet = []
    for kind in Set(records.map(\.kind)).union([Node.kind, Pod.kind, Namespace.kind]) {
      let snapshots = records.filter { $0.kind == kind }.map { ObjectSnapshot($0) }
      graph.replace(kind, with: snapshots, touching: &touched)
    }
    var inspector = Inspector(cluster: "test", checks: Catalogue.checks)
    _ = inspector.inspect(touched, in: graph, at: .noon, watchedFromStart: true)
    _ = inspector.advance(to: .noon + .seconds(7 * 86_400), in: graph)
    return (inspector.findings, graph)
  }

  @Test func aLostNodeExplainsItsPods() throws {
    let (findings, graph) = findings([
      Node.sample("node-1", ready: .unknown),
      Node.sample("node-2", ready: .isTrue),
      Pod.sample("a", node: "node-1", deleted: .noon),
      Pod.sample("b", node: "node-1", deleted: .noon),
      Pod.sample("c", node: "node-2", deleted: .noon),
    ])
    let causes = Causes(findings, checks: Catalogue.checks, in: graph)
    let node = try #require(findings.first { $0.check == "unhealthy/node-not-ready" })
    let explained = findings.filter { causes.root(of: $0.id) == node.id }
    #expect(Set(explained.map(\.subject.name)) == ["shop/a", "shop/b"])
    #expect(causes.consequences(of: node.id) == 2)
    #expect(causes.root(of: node.id) == nil)
  }

  @Test func aLostNodeExplainsThePodsOfWhichAnotherTells() throws {
    let (findings, graph) = findings([
      Node.sample("node-1", ready: .unknown),
      Node.sample("node-2", ready: .isTrue),
      Pod.sample("a", node: "node-1", deleted: .noon),
      Pod.sample("c", node: "node-2", deleted: .noon),
    ])
    let node = try #require(findings.first { $0.check == "unhealthy/node-not-ready" })
    let ends = [[node], findings.filter { $0.id != node.id }].map { some in
      Causes(some, checks: Catalogue.checks, in: graph, tellingEnds: true).ends
    }
    let causes = Causes(
      told: findings.compactMap { finding in
        (ends[0][finding.id] ?? ends[1][finding.id]).map { (finding.id, $0) }
      }
    )
    let explained = findings.filter { causes.root(of: $0.id) == node.id }
    #expect(Set(explained.map(\.subject.name)) == ["shop/a"])
    #expect(causes.causes.count == explained.count)
  }

  @Test func whereFindingsMeetIsToldAsText() throws {
    let (findings, graph) = findings([
      Node.sample("node-1", ready: .unknown), Pod.sample("a", node: "node-1", deleted: .noon),
      waiting("b1", of: "b", "5 Insufficient cpu"), waiting("b2", of: "b", "5 Insufficient cpu"),
    ])
    let told = Causes(findings, checks: Catalogue.checks, in: graph, tellingEnds: true).ends
    #expect(told.values.contains { !$0.explainsTexts.isEmpty && !$0.explainedByTexts.isEmpty })
    for ends in told.values {
      let read = CausalEnds(
        explains: ends.explainsTexts,
        explainedBy: ends.explainedByTexts
      )
      #expect(read == ends)
    }
  }

  @Test(
    "What cannot be read is told apart from nothing",
    arguments: [
      "", "0123456789abcdef", "0123456789abcdef/", "0123456789abcdef/1x", "0123456789abcdef/1001",
      "0123456789abcde/1", "+123456789abcdef/1", "0123456789abcdef/-1",
    ]
  )
  func unreadable(text: String) {
    #expect(CausalEnds(explains: [text], explainedBy: []) == nil)
    #expect(CausalEnds(explains: [], explainedBy: [text + "/1"]) == nil)
  }

  /// A Pod of a ReplicaSet for which the scheduler finds no Node.
  private func waiting(
    _ name: String,
    of set: String,
    _ reasons: String,
    since seconds: Int = 0
  ) -> Pod {
    var pod = Pod.sample(name, node: "", phase: .pending, owner: set)
    pod.conditions = [
      Condition(
        type: "PodScheduled",
        status: .isFalse,
        reason: "Unschedulable",
        message: "0/5 nodes are available: \(reasons).",
        lastTransitionTime: .noon + .seconds(seconds)
      )
    ]
    return pod
  }

  /// Which Pods stand beneath which.
  private func folding(_ pods: [Pod]) -> [String: String] {
    let (findings, graph) = findings(pods)
    let found = findings.filter { $0.check == "stuck/unschedulable" }
      .sorted(by: Finding.precedes)
    #expect(found.count == pods.count)
    let causes = Causes(found, checks: Catalogue.checks, in: graph)
    let names = Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0.subject.name) })
    let pairs = found.compactMap { finding in
      causes.root(of: finding.id).map { (finding.subject.name, names[$0] ?? "") }
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  @Test func thePodThatWaitsForLongestStandsForThoseThatWaitForTheSame() {
    let selector = "5 node(s) didn't match Pod's node affinity/selector"
    let folded = folding([
      waiting("a1", of: "a", selector, since: 30), waiting("a2", of: "a", selector, since: 10),
      waiting("a3", of: "a", selector, since: 20), waiting("b1", of: "b", selector, since: 5),
      // Of the same controller, and for something else.
      waiting("a4", of: "a", "5 node(s) didn't have free ports for the requested pod ports"),
    ])
    #expect(folded.keys.sorted() == ["shop/a1", "shop/a3"])
    #expect(folded.values.allSatisfy { $0 == "shop/a2" })
  }

  @Test func aClusterThatIsFullIsToldOnce() {
    let folded = folding([
      waiting("a1", of: "a", "5 Insufficient cpu", since: 20),
      waiting("a2", of: "a", "3 Insufficient cpu", since: 30),
      waiting("b1", of: "b", "1 Insufficient cpu", since: 10),
      waiting("c1", of: "c", "5 Insufficient memory", since: 0),
    ])
    #expect(folded.keys.sorted() == ["shop/a1", "shop/a2"])
    #expect(folded.values.allSatisfy { $0 == "shop/b1" })
  }

  @Test func thousandsThatAreAlikeAreFoldedAtOnce() {
    let pods = (0..<3_000).map { number in
      waiting("p\(number)", of: "s\(number % 3)", "5 Insufficient cpu", since: number)
    }
    let (findings, graph) = findings(pods)
    let found = findings.filter { $0.check == "stuck/unschedulable" }
      .sorted(by: Finding.precedes)
    let causes = Causes(found, checks: Catalogue.checks, in: graph)
    #expect(found.first.map { causes.consequences(of: $0.id) } == 2_999)
  }

  @Test func aMachineThatIsNoNodeExplainsThatNobodyUsesItsAddress() throws {
    let address = try #require(IPAddress("192.0.2.16"))
    var machine = RegisteredMachine()
    machine.name = "node-6"
    machine.addresses = [address]
    var allocation = AddressAllocation(in: "ipam")
    allocation.cluster = "test"
    let (findings, graph) = findings([
      InventoryMachine(machine, in: "cmdb"),
      InventoryAddress(address, ofCluster: "test", allocations: [allocation]),
      Service(metadata: .sample("web", namespace: "shop")),
    ])
    let causes = Causes(findings, checks: Catalogue.checks, in: graph)
    let missing = try #require(findings.first { $0.check == "drift/cmdb-missing-node" })
    let leaked = try #require(findings.first { $0.check == "drift/ipam-leaked" })
    #expect(causes.causes[leaked.id] == missing.id)
  }

  @Test func whatIsStuckInANamespaceExplainsThatTheNamespaceIsStuck() throws {
    let (findings, graph) = findings([
      Namespace(metadata: .sample("shop", deleted: .noon)),
      Node.sample("node-1", ready: .isTrue),
      Pod.sample("a", deleted: .noon),
      Pod.sample("b", namespace: "payments", deleted: .noon),
    ])
    let causes = Causes(findings, checks: Catalogue.checks, in: graph)
    let namespace = try #require(findings.first { $0.check == "stuck/namespace-terminating" })
    let holder = try #require(
      findings.first { $0.subject.name == "shop/a" && $0.check == "stuck/terminating" }
    )
    #expect(causes.causes[namespace.id] == holder.id)
    #expect(causes.causes[holder.id] == nil)
  }

  @Test func aTerminatingNamespaceExplainsWhatElseIsWrongInIt() throws {
    let (findings, graph) = findings([
      Namespace(metadata: .sample("shop", deleted: .noon)),
      ResourceQuota.sample(used: ["pods": "10"], hard: ["pods": "10"]),
    ])
    let causes = Causes(findings, checks: Catalogue.checks, in: graph)
    let namespace = try #require(findings.first { $0.check == "stuck/namespace-terminating" })
    let quota = try #require(findings.first { $0.check == "risk/quota" })
    #expect(causes.root(of: quota.id) == namespace.id)
  }

  /// What each finding is folded beneath, by check and subject; those at the root alone.
  private func roots(_ records: [any ObjectRecord]) -> [String: String] {
    let (found, graph) = findings(records)
    let sorted = found.sorted(by: Finding.precedes)
    let causes = Causes(sorted, checks: Catalogue.checks, in: graph)
    let names = Dictionary(
      uniqueKeysWithValues: sorted.map { ($0.id, "\($0.check) \($0.subject.name)") }
    )
    return Dictionary(
      sorted.compactMap { finding in
        causes.root(of: finding.id).flatMap { root in
          names[root].map { ("\(finding.check) \(finding.subject.name)", $0) }
        }
      },
      uniquingKeysWith: { first, _ in first }
    )
  }

  @Test func hundredsOfPodsReadAsOneNode() {
    let pods = (0..<400).map { Pod.sample("pod-\($0)", deleted: .noon) }
    let (found, graph) = findings([Node.sample(ready: .unknown)] + pods)
    let causes = Causes(found, checks: Catalogue.checks, in: graph)
    #expect(found.filter { causes.root(of: $0.id) == nil }.map(\.subject.name) == ["node-1"])
    #expect(found.map { causes.consequences(of: $0.id) }.max() == 400)
  }

  @Test func aPodExplainsTheRolloutOfItsDeployment() {
    var set = ReplicaSet.sample("cart-2")
    set.metadata.ownerReferences = [
      OwnerReference(kind: Deployment.kind, name: "cart", uid: ObjectUID("uid-shop-cart"))
    ]
    var pod = Pod.waiting("cart-2-x", "ErrImagePull")
    pod.metadata.ownerReferences = [
      OwnerReference(kind: ReplicaSet.kind, name: "cart-2", uid: ObjectUID("uid-shop-cart-2"))
    ]
    let deployment = Deployment.sample(updated: 1) {
      $0.conditions = [.sample("Progressing", .isFalse, "ProgressDeadlineExceeded")]
    }
    #expect(
      roots([Node.sample(), set, pod, deployment])["stuck/rollout shop/cart"]
        == "stuck/image-pull shop/cart-2-x"
    )
  }

  @Test(
    "A Pod that is not ready passes on to its owners what its Node is the cause of",
    arguments: [
      (Condition.Status.unknown, Optional("unhealthy/node-not-ready node-1")), (.isTrue, nil),
    ]
  )
  func relayed(ready: Condition.Status, root: String?) {
    var set = ReplicaSet.sample("cart-2")
    set.metadata.ownerReferences = [.to(Deployment.sample(updated: 1))]
    let pod = Pod.running { pod in
      pod.nodeName = "node-1"
      pod.milestones.remove(.ready)
      pod.metadata.labels = ["app": "cart"]
      pod.metadata.ownerReferences = [.to(set)]
    }
    var budget = PodDisruptionBudget(metadata: .sample("cart", namespace: "shop"))
    budget.selector = LabelSelector(["app": "cart"])
    budget.expectedPods = 1
    budget.desiredHealthy = 1
    let roots = roots([
      Node.sample(ready: ready), Deployment.sample("cart", replicas: 2, available: 1), set, pod,
      budget,
    ])
    #expect(roots["unhealthy/workload shop/cart"] == root)
    #expect(roots["stuck/disruption-budget shop/cart"] == root)
  }

  @Test func aNodeThatIsNotReadyExplainsItsSilenceAndNotTheOtherWay() {
    let roots = roots([
      Node.sample(ready: .unknown), Lease.sample(renewed: .noon - .seconds(60)),
    ])
    #expect(roots == ["unhealthy/node-silent node-1": "unhealthy/node-not-ready node-1"])
  }

  @Test func aClaimExplainsThePodsThatMountIt() {
    let claim = PersistentVolumeClaim.sample("data", class: "fast")
    let pod = Pod.unscheduled(
      "db-0",
      "Unschedulable",
      "0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims."
    ) { $0.template.claims = ["data"] }
    #expect(
      roots([StorageClass.sample("fast"), claim, pod])["stuck/unschedulable shop/db-0"]
        == "stuck/claim shop/data"
    )
  }

  @Test func anAttachmentExplainsThePodsThatWaitForItsVolume() {
    var claim = PersistentVolumeClaim.sample("data", class: "") { $0.phase = .bound }
    claim.volumeName = "pv-1"
    let pod = Pod.waiting("db-0", "ContainerCreating") { $0.template.claims = ["data"] }
    let found = roots([
      Node.sample(), PersistentVolume.sample(), claim, pod, VolumeAttachment.sample(),
    ])
    #expect(found["stuck/creating shop/db-0"] == "stuck/volume-attach csi-1")
  }

  @Test func aQuotaExplainsTheWorkloadsThatItRefuses() {
    let quota = ResourceQuota.sample(used: ["pods": "10"], hard: ["pods": "10"])
    let event = Event.warning(
      "FailedCreate",
      about: "db",
      kind: StatefulSet.kind,
      "create Pod db-0 failed: exceeded quota: compute, requested: pods=1"
    )
    let found = roots([quota, ReplicaSet.refused(), StatefulSet.sample("db", ready: 0), event])
    #expect(found["stuck/replica-creation shop/cart"] == "stuck/quota shop/compute")
    #expect(found["stuck/replica-creation shop/db"] == "stuck/quota shop/compute")
    #expect(found["risk/quota shop/compute"] == "stuck/quota shop/compute")
  }

  @Test func aClassExplainsItsGatewaysAndTheirRoutes() {
    let found = roots([
      CustomRecord.gatewayClass(accepted: .isFalse),
      Gateway.waiting { $0.conditions = [.sample("Accepted", .unknown, "Pending")] },
      HTTPRoute.waiting { $0.conditions = [.sample("Accepted", .isFalse, "NoMatchingParent")] },
    ])
    #expect(found["stuck/gateway shop/web"] == "stuck/gateway public")
    #expect(found["stuck/gateway shop/cart"] == "stuck/gateway public")
  }

  @Test func whatStillUsesAnObjectExplainsWhyItDoesNotGo() {
    let claim = PersistentVolumeClaim.sample(
      deleted: .noon,
      finalizers: ["kubernetes.io/pvc-protection"]
    )
    var user = Pod.sample("user", deleted: .noon, finalizers: ["example.com/hold"])
    user.template.claims = ["data"]
    #expect(
      roots([Node.sample(), claim, user])["stuck/terminating shop/data"]
        == "stuck/terminating shop/user"
    )
  }

  @Test func twoFindingsNeverExplainEachOther() throws {
    // A volume and its claim name each other, and neither goes.
    var volume = PersistentVolume.sample()
    volume.metadata.deletionTimestamp = .noon
    volume.metadata.finalizers = ["kubernetes.io/pv-protection"]
    var claim = PersistentVolumeClaim.sample(
      deleted: .noon,
      finalizers: ["kubernetes.io/pvc-protection"]
    )
    claim.volumeName = "pv-1"
    let (found, graph) = findings([volume, claim])
    let causes = Causes(found, checks: Catalogue.checks, in: graph)
    let held = found.filter { $0.check == "stuck/terminating" }
    #expect(held.count == 2)
    #expect(held.filter { causes.root(of: $0.id) == nil }.count == 1)
  }

  @Test func aNodeDoesNotExplainWhatIsNoConsequence() {
    let pod = Pod.sample("stray", addresses: ["10.0.1.1"])
    let found = roots([
      Node.sample(ready: .isFalse), pod, Pod.sample("twin", addresses: ["10.0.1.1"]),
    ])
    #expect(found["conflict/pod-address 10.0.1.1"] == nil)
  }
}
