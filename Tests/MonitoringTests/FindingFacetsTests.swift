import ClusterGraph
import KubernetesObjects
import NameMatching
import ObjectBuilders
import Testing

@testable import Inspection
@testable import Monitoring

/// What the graph tells of a finding's place, and what people said of it.
@Suite struct FindingFacetsTests {
  private var graph = ClusterGraph()
  private let now = Timestamp(millisecondsSince1970: 1_000_000)

  private static func finding(about subject: VertexID, check: CheckID = "stuck/x") -> Finding {
    Finding(
      id: FindingID(cluster: "one", check: check, subject: subject, discriminator: ""),
      cluster: "one",
      check: check,
      severity: .warning,
      subject: subject,
      message: "",
      evidence: [],
      related: [],
      remedies: [],
      since: Timestamp(millisecondsSince1970: 0)
    )
  }

  private mutating func add(_ record: some TypedRecord, touching touched: inout HandleSet) {
    graph.upsert(ObjectSnapshot(record), touching: &touched)
  }

  private func facets(of finding: Finding, teamLabel: String?) -> FindingFacets {
    let answer = Ownership(teamLabel: teamLabel).answer(for: finding, in: graph)
    return FindingFacets(of: finding, answer, in: graph)
  }

  @Test mutating func aPodsPlaceIsItsNodeAndItsTeamThatOfItsNamespace() {
    var touched: HandleSet = []
    var namespace = Namespace(metadata: ObjectMetadata())
    namespace.metadata.name = "shop"
    namespace.metadata.labels = ["example.com/team": "cart"]
    add(namespace, touching: &touched)
    var pod = Pod.sample("a", node: "node-1")
    pod.metadata.labels = ["app": "a"]
    add(pod, touching: &touched)
    let finding = Self.finding(about: .object(pod.key))
    var facets = self.facets(of: finding, teamLabel: "example.com/team")
    #expect((facets.node, facets.team) == ("node-1", "cart"))
    #expect(facets.labels["app"] == "a")
    #expect(self.facets(of: finding, teamLabel: nil).team == Ownership.unowned)
    pod.metadata.labels = ["example.com/team": "web"]
    add(pod, touching: &touched)
    facets = self.facets(of: finding, teamLabel: "example.com/team")
    #expect(facets.team == "web")
  }

  @Test mutating func aFindingMovesWithItsPod() {
    var touched: HandleSet = []
    var pod = Pod.sample("a", node: "")
    add(pod, touching: &touched)
    var digest = FindingsDigest(MonitorOptions(checks: []), at: now)
    let finding = Self.finding(about: .object(pod.key))
    digest.update([(finding.id, finding)], in: graph, at: now)
    #expect(digest.sorted.all.map(\.facets.node) == [""])
    pod.nodeName = "node-2"
    touched = []
    add(pod, touching: &touched)
    digest.update(bySeeing: touched, in: graph, at: now)
    #expect(digest.sorted.all.map(\.facets.node) == ["node-2"])
  }

  @Test func whatIsSaidOfAFindingIsSeenUntilItIsTakenBackOrOver() {
    var digest = FindingsDigest(MonitorOptions(checks: []), at: now)
    let findings = ["a", "b"].map {
      Self.finding(about: .object(ObjectKey(Pod.kind, namespace: "shop", name: $0)))
    }
    digest.update(findings.map { ($0.id, $0) }, in: graph, at: now)
    func note(_ content: FindingNote.Content, _ index: Int) -> FindingNote {
      FindingNote(content, findings[index].id, author: "ann@laptop", time: now, reason: "known")
    }
    let end = now + .seconds(60)
    var notes = FindingNotes([note(.acknowledged, 0), note(.muted(until: end), 1)])
    digest.take(notes, in: graph, at: now)
    #expect(digest[findings[0].id]?.acknowledgement?.reason == "known")
    #expect(
      digest[findings[1].id]?.muting == Muting(reason: "known", until: end, author: "ann@laptop")
    )
    #expect(digest.counts == [.warning: 1] && digest.end == end)
    let revision = digest.revision
    digest.take(notes, in: graph, at: now)
    #expect(digest.revision == revision)
    let hasEnded = digest.update(bySeeing: end, in: graph)
    #expect(hasEnded)
    #expect(digest[findings[1].id]?.muting == nil && digest.end == nil)
    notes.add(note(.unacknowledged, 0))
    digest.take(notes, in: graph, at: end)
    #expect(digest[findings[0].id]?.acknowledgement == nil)
  }

  @Test mutating func aTeamMutesAndWeighsWhatIsItsOwn() {
    var touched: HandleSet = []
    var pod = Pod.sample("a", node: "")
    pod.metadata.labels = ["team": "web"]
    add(pod, touching: &touched)
    var web = OwnershipRule(team: "web")
    web.labels = ["team": "web"]
    web.severities = [("*", .info)]
    let options = MonitorOptions(
      checks: [],
      mutes: MuteRules([Mute(team: "shop", reason: "on holiday")]),
      ownership: Ownership([web], teamLabel: "team")
    )
    var digest = FindingsDigest(options, at: now)
    let finding = Self.finding(about: .object(pod.key))
    digest.update([(finding.id, finding)], in: graph, at: now)
    #expect(digest[finding.id]?.severity == .info && digest[finding.id]?.muting == nil)
    #expect(digest.counts == [.info: 1])
    pod.metadata.labels = ["team": "shop"]
    touched = []
    add(pod, touching: &touched)
    digest.update(bySeeing: touched, in: graph, at: now)
    #expect(digest[finding.id]?.severity == finding.severity)
    #expect(digest[finding.id]?.muting?.reason == "on holiday")
    #expect(digest.sorted.all.map(\.facets.team) == ["shop"])
  }
}
