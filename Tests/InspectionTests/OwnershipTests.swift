import ClusterGraph
import Inspection
import KubernetesObjects
import NameMatching
import ObjectBuilders
import Testing

/// Who answers for which findings.
@Suite struct OwnershipTests {
  private static func finding(
    about ids: VertexID...,
    check: CheckID = "risk/quota",
    severity: Severity = .warning
  ) -> Finding {
    Finding(
      id: FindingID(cluster: "c", check: check, subject: ids[0], discriminator: ""),
      cluster: "c",
      check: check,
      severity: severity,
      subject: ids.count == 1 ? ids[0] : .shared(.image, "r"),
      message: "m",
      evidence: [],
      related: ids,
      remedies: [],
      since: .noon
    )
  }

  private static func pod(_ name: String, in namespace: String = "shop") -> VertexID {
    .object(ObjectKey(Pod.kind, namespace: namespace, name: name))
  }

  private static func rule(_ team: String, _ body: (inout OwnershipRule) -> Void) -> OwnershipRule {
    var rule = OwnershipRule(team: team)
    body(&rule)
    return rule
  }

  private static func graph(_ records: any ObjectRecord...) -> ClusterGraph {
    var graph = ClusterGraph()
    var touched: HandleSet = []
    for record in records { graph.upsert(ObjectSnapshot(record), touching: &touched) }
    return graph
  }

  @Test func theFirstRuleThatFitsNamesTheTeam() {
    let ownership = Ownership([
      Self.rule("drift") { $0.check = "drift/*" },
      Self.rule("shop") { $0.namespace = "shop*" },
      Self.rule("pods") { $0.kind = "Pod" },
      OwnershipRule(team: "rest"),
    ])
    func team(of finding: Finding) -> String {
      ownership.answer(for: finding, in: ClusterGraph()).team
    }
    #expect(team(of: Self.finding(about: Self.pod("a"))) == "shop")
    #expect(team(of: Self.finding(about: Self.pod("a"), check: "drift/x")) == "drift")
    #expect(team(of: Self.finding(about: Self.pod("a", in: "other"))) == "pods")
    #expect(team(of: Self.finding(about: .shared(.image, "i"))) == "rest")
    // What two share is the team's that both are of.
    let shared = Self.finding(about: Self.pod("a"), Self.pod("b", in: "other"))
    #expect(team(of: shared) == "pods")
  }

  @Test func labelsMayStandAtTheNamespace() {
    var namespace = Namespace(metadata: .sample("shop"))
    namespace.metadata.labels = ["part-of": "shop", "team": "carts"]
    var pod = Pod.sample("b")
    pod.metadata.labels = ["part-of": "other", "team": "others"]
    let graph = Self.graph(namespace, Pod.sample("a"), pod)
    let ownership = Ownership(
      [Self.rule("shop") { $0.labels = ["part-of": "shop"] }],
      teamLabel: "team"
    )
    func team(_ names: String...) -> String {
      let ids = names.map { Self.pod($0) }
      let finding =
        ids.count == 1 ? Self.finding(about: ids[0]) : Self.finding(about: ids[0], ids[1])
      return ownership.answer(for: finding, in: graph).team
    }
    #expect(team("a") == "shop" && team("b") == "others" && team("a", "b") == Ownership.unowned)
    #expect(
      Ownership().answer(for: Self.finding(about: Self.pod("b")), in: graph).team
        == Ownership.unowned
    )
  }

  @Test(
    "What no rule puts into a layer is of that of its objects",
    arguments: [
      (VertexID.object(ObjectKey(Node.kind, name: "n")), OwnershipLayer.infrastructure),
      (.object(ObjectKey(PersistentVolume.kind, name: "v")), .infrastructure),
      (.object(ObjectKey(CustomResourceDefinition.kind, name: "d")), .platform),
      (.object(ObjectKey(Pod.kind, namespace: "kube-system", name: "p")), .platform),
      (.object(ObjectKey(Namespace.kind, name: "shop")), .workload),
      (.object(ObjectKey(Pod.kind, namespace: "shop", name: "p")), .workload),
    ]
  )
  func layers(id: VertexID, layer: OwnershipLayer) {
    let finding = Self.finding(about: id)
    #expect(Ownership().answer(for: finding, in: ClusterGraph()).layer == layer)
    let ownership = Ownership([Self.rule("t") { $0.layer = .platform }])
    #expect(ownership.answer(for: finding, in: ClusterGraph()).layer == .platform)
  }

  @Test func aTeamSeesSeveritiesItsOwnWay() {
    let ownership = Ownership([
      Self.rule("shop") {
        $0.namespace = "shop"
        $0.severities = [("risk/quota", .info), ("risk/*", .critical)]
        $0.contact = "#shop"
      },
      Self.rule("shop") {
        $0.namespace = "carts"
        $0.runbook = "https://wiki.example.com"
      },
    ])
    func severity(_ check: CheckID, in namespace: String) -> Severity? {
      let finding = Self.finding(about: Self.pod("a", in: namespace), check: check)
      return ownership.answer(for: finding, in: ClusterGraph()).severity
    }
    #expect(severity("risk/quota", in: "shop") == .info)
    #expect(severity("risk/other", in: "carts") == .critical)
    #expect(severity("stuck/x", in: "shop") == nil && severity("risk/quota", in: "x") == nil)
    let directions = ownership.directions(to: "shop")
    #expect(directions.contact == "#shop" && directions.runbook == "https://wiki.example.com")
    #expect(ownership.directions(to: Ownership.unowned).contact == "")
  }

  @Test func aSeverityOfATeamGoesAsItCame() {
    var finding = Self.finding(about: Self.pod("a"))
    let before = finding
    finding.severityOfTeam = .critical
    #expect(finding.severity == .critical && finding != before)
    #expect(finding.adding([Evidence(Self.pod("a"), "p", "v")]).severity == .critical)
    finding.severityOfTeam = nil
    #expect(finding == before)
  }

  @Test func annotationsMayStandAtTheNamespaceToo() {
    var namespace = Namespace(metadata: .sample("shop"))
    namespace.metadata.annotations = ["example.com/owner": "shop"]
    var pod = Pod.sample("b")
    pod.metadata.annotations = ["example.com/owner": "carts"]
    let graph = Self.graph(namespace, Pod.sample("a"), pod)
    let ownership = Ownership([
      Self.rule("carts") { $0.annotations = ["example.com/owner": "carts"] },
      Self.rule("shop") { $0.annotations = ["example.com/owner": "shop"] },
    ])
    let teams = ["a", "b"].map { name in
      ownership.answer(for: Self.finding(about: Self.pod(name)), in: graph).team
    }
    #expect(teams == ["shop", "carts"])
    #expect(ownership.annotations == ["example.com/owner"])
  }

  @Test func aConditionIsAskedOfEachObject() {
    let condition = OwnershipCondition("it", annotations: ["x"]) { question in
      question.check == "risk/quota" && question.object.name != "b" && question.own != nil
    }
    let ownership = Ownership([Self.rule("shop") { $0.condition = condition }])
    let graph = Self.graph(Pod.sample("a"), Pod.sample("b"), Pod.sample("c"))
    func team(_ ids: VertexID...) -> String {
      let finding =
        ids.count == 1 ? Self.finding(about: ids[0]) : Self.finding(about: ids[0], ids[1])
      return ownership.answer(for: finding, in: graph).team
    }
    #expect(team(Self.pod("a")) == "shop")
    #expect(team(Self.pod("b")) == Ownership.unowned)
    #expect(team(Self.pod("gone")) == Ownership.unowned)
    #expect(team(Self.pod("a"), Self.pod("c")) == "shop")
    #expect(team(Self.pod("a"), Self.pod("b")) == Ownership.unowned)
    #expect(ownership.annotations == ["x"])
  }
}
