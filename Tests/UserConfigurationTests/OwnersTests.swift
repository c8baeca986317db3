import ClusterGraph
import Inspection
import KubernetesObjects
import NameMatching
import Testing
import UserConfiguration

/// What a file says of who answers for what.
@Suite struct OwnersTests {
  private static let checks = [
    ConfigurableCheck("conflict/pod-address"), ConfigurableCheck("risk/quota"),
  ]

  private func file(_ text: String) throws(ConfigurationError) -> ConfigurationFile {
    try ConfigurationFile(parsing: text, path: "config.yaml", checks: Self.checks)
  }

  @Test func everyFieldIsRead() throws {
    let owners = try file(
      """
      owners:
        - team: storage
          layer: infrastructure
          contact: "#storage"
          runbook: https://wiki.example.com
          namespace: "rook-*"
          kind: Persistent*
          check: conflict/*
          labels: {app: ceph}
          severities: {risk/quota: info, "*": critical}
        - team: shop
      """
    ).settings.owners
    var storage = OwnershipRule(team: "storage")
    storage.layer = .infrastructure
    storage.contact = "#storage"
    storage.runbook = "https://wiki.example.com"
    storage.namespace = "rook-*"
    storage.kind = "Persistent*"
    storage.check = "conflict/*"
    storage.labels = ["app": "ceph"]
    storage.severities = [("risk/quota", .info), ("*", .critical)]
    #expect(owners == [storage, OwnershipRule(team: "shop")])
  }

  @Test(
    "A mistake is told with its line, column and field",
    arguments: [
      ("owners: [{layer: platform}]", "1:10: owners[0].team: it is missing"),
      (
        "owners: [{team: a, layer: cloud}]",
        #"1:27: owners[0].layer: "cloud" is not a layer; write infrastructure, platform or workload"#
      ),
      (
        "owners: [{team: a, where: \"labls['x'] == 'y'\"}]",
        "1:27: owners[0].where: 1:1: there is no variable labls; did you mean labels?"
      ),
      (
        "owners: [{team: a, where: annotations.size() > 0}]",
        "1:27: owners[0].where: 1:1: write out which annotations are asked for, as in annotations['example.com/team']"
      ),
      (
        "owners: [{team: a, severities: {risk/quot: info}}]",
        #"1:33: owners[0].severities.risk/quot: there is no check "risk/quot"; did you mean risk/quota?"#
      ),
      (
        "owners: [{team: a, severities: {risk/quota: bad}}]",
        #"1:45: owners[0].severities.risk/quota: "bad" is not a severity; write critical, warning or info"#
      ),
      (
        "owners:\n- team: a\n- {team: b, kind: Pod}",
        "3:3: owners[1]: an entry before it is meant for everything; put that one last"
      ),
      (
        "owners: [{team: a, contect: b}]",
        "1:20: owners[0].contect: there is no such key; did you mean contact?"
      ),
    ]
  )
  func mistakes(text: String, told: String) throws {
    let error = #expect(throws: ConfigurationError.self) { try file(text) }
    guard case .mistakes(let mistakes)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(mistakes.map { "\($0)" } == ["config.yaml:\(told)"])
  }

  @Test func aConditionIsAnExpression() throws {
    let owners = try file(
      """
      owners:
        - team: shop
          annotations: {example.com/owner: shop}
          where: labels['app'].startsWith('cart') && annotations['example.com/tier'] == 'front' && kind == 'Pod'
      """
    ).settings.ownership
    #expect(owners.annotations == ["example.com/owner", "example.com/tier"])
    func team(_ name: String, _ labels: Labels, _ annotations: Labels) -> String {
      var metadata = ObjectMetadata()
      (metadata.name, metadata.namespace) = (name, "shop")
      (metadata.labels, metadata.annotations) = (labels, annotations)
      var graph = ClusterGraph()
      var touched: HandleSet = []
      let pod = Pod(metadata: metadata)
      graph.upsert(
        ObjectSnapshot(record: pod, version: ObjectVersion(), projected: nil),
        touching: &touched
      )
      let finding = Finding(
        id: FindingID(cluster: "c", check: "risk/quota", subject: pod.id, discriminator: ""),
        cluster: "c",
        check: "risk/quota",
        severity: .warning,
        subject: pod.id,
        message: "m",
        evidence: [],
        related: [],
        remedies: [],
        since: Timestamp(millisecondsSince1970: 0)
      )
      return owners.answer(for: finding, in: graph).team
    }
    let annotations: Labels = ["example.com/owner": "shop", "example.com/tier": "front"]
    #expect(team("a", ["app": "cart-1"], annotations) == "shop")
    #expect(team("a", ["app": "web"], annotations) == "unowned")
    #expect(team("a", [:], annotations) == "unowned")
    #expect(team("a", ["app": "cart-1"], ["example.com/owner": "shop"]) == "unowned")
  }
}
