import ClusterGraph
import Inspection
import KubernetesObjects
import NameMatching
import ObjectBuilders
import Testing

@Suite struct MuteRulesTests {
  private static let noon = Timestamp(millisecondsSince1970: 1_795_000_000_000)

  private static func pod(_ name: String, in namespace: String = "shop") -> Pod {
    var pod = Pod(metadata: ObjectMetadata())
    pod.metadata.name = name
    pod.metadata.namespace = namespace
    return pod
  }

  private static func graph(_ objects: any ObjectRecord...) -> ClusterGraph {
    var graph = ClusterGraph()
    var touched: HandleSet = []
    for object in objects { graph.upsert(ObjectSnapshot(object), touching: &touched) }
    return graph
  }

  private static func finding(
    _ check: CheckID = "risk/quota",
    about subject: VertexID,
    related: [VertexID] = []
  ) -> Finding {
    Finding(
      id: FindingID(cluster: "test", check: check, subject: subject, discriminator: ""),
      cluster: "test",
      check: check,
      severity: .warning,
      subject: subject,
      message: "It is wrong",
      evidence: [],
      related: related,
      remedies: [],
      since: noon
    )
  }

  private func isMuted(_ finding: Finding, by mute: Mute, in graph: ClusterGraph) -> Bool {
    MuteRules([mute]).muting(of: finding, in: graph, at: Self.noon) != nil
  }

  @Test func allThatIsSaidMustFit() {
    var pod = Self.pod("cart-1")
    pod.metadata.labels["app"] = "cart"
    let graph = Self.graph(pod)
    let finding = Self.finding(about: pod.id)
    let fits = Mute(
      check: "risk/*",
      namespace: "shop",
      name: "cart-*",
      labels: ["app": "cart"],
      reason: "a"
    )
    #expect(isMuted(finding, by: fits, in: graph))
    let changes: [(inout Mute) -> Void] = [
      { $0.check = "stuck/*" }, { $0.namespace = "bank" }, { $0.name = "web-*" },
      { $0.labels["tier"] = "1" }, { $0.until = Self.noon },
    ]
    for change in changes {
      var mute = fits
      change(&mute)
      #expect(!isMuted(finding, by: mute, in: graph))
    }
    #expect(!isMuted(finding, by: Mute(labels: ["app": "cart"], reason: "a"), in: ClusterGraph()))
  }

  @Test func aMuteEndsWithItsTime() {
    let mute = Mute(name: "a", until: Self.noon + .seconds(1), reason: "until then")
    let rules = MuteRules([mute])
    let finding = Self.finding(about: Self.pod("a").id)
    let graph = ClusterGraph()
    #expect(
      rules.muting(of: finding, in: graph, at: Self.noon)
        == Muting(reason: "until then", until: mute.until)
    )
    #expect(rules.muting(of: finding, in: graph, at: Self.noon + .seconds(1)) == nil)
    #expect(rules.nextEnd(after: Self.noon) == mute.until)
    #expect(rules.nextEnd(after: Self.noon + .seconds(1)) == nil)
  }

  @Test(
    "An annotation names checks",
    arguments: ["risk/quota", "stuck/job, risk/*", " risk/quota ,"]
  )
  func annotation(text: String) {
    var pod = Self.pod("a")
    pod.metadata.annotations["kpatrol.io/mute"] = text
    let muting = MuteRules().muting(
      of: Self.finding(about: pod.id),
      in: Self.graph(pod),
      at: Self.noon
    )
    #expect(muting?.reason == "kpatrol.io/mute of Pod shop/a")
    let other = Self.finding("unhealthy/workload", about: pod.id)
    #expect(MuteRules().muting(of: other, in: Self.graph(pod), at: Self.noon) == nil)
  }

  @Test func theAnnotationOfANamespaceIsForAllInIt() {
    var namespace = Namespace(metadata: ObjectMetadata())
    namespace.metadata.name = "shop"
    namespace.metadata.annotations["kpatrol.io/mute"] = "risk/quota"
    let graph = Self.graph(namespace)
    #expect(
      MuteRules().muting(of: Self.finding(about: Self.pod("a").id), in: graph, at: Self.noon)?
        .reason == "kpatrol.io/mute of Namespace shop"
    )
    let elsewhere = Self.finding(about: Self.pod("a", in: "bank").id)
    #expect(MuteRules().muting(of: elsewhere, in: graph, at: Self.noon) == nil)
  }

  @Test func whatIsSharedIsMutedWhereAllWhoShareItAre() throws {
    let address = VertexID.address(try #require(IPAddress("10.0.0.1")))
    let pods = [Self.pod("a", in: "dev"), Self.pod("b", in: "prod")]
    let finding = Self.finding(about: address, related: pods.map(\.id))
    let dev = Mute(namespace: "dev", reason: "a")
    #expect(!isMuted(finding, by: dev, in: ClusterGraph()))
    #expect(isMuted(finding, by: Mute(namespace: "*", reason: "a"), in: ClusterGraph()))
    var annotated = pods
    annotated[0].metadata.annotations["kpatrol.io/mute"] = "risk/quota"
    let one = Self.graph(annotated[0], annotated[1])
    #expect(MuteRules().muting(of: finding, in: one, at: Self.noon) == nil)
    annotated[1].metadata.annotations["kpatrol.io/mute"] = "risk/quota"
    let both = Self.graph(annotated[0], annotated[1])
    #expect(MuteRules().muting(of: finding, in: both, at: Self.noon) != nil)
  }
}
