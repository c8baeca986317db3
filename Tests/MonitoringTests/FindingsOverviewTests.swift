import ClusterGraph
import KubernetesObjects
import NameMatching
import ObjectBuilders
import Testing

@testable import Healing
@testable import Inspection
@testable import Monitoring

/// Findings that are kept in order while they come and go.
@Suite struct FindingsOverviewTests {
  private var overview = FindingsOverview()

  private static func finding(
    _ number: Int,
    severity: Severity = .warning,
    on cluster: String = "one",
    check: CheckID = "stuck/x",
    message: String = "does not finish"
  ) -> Finding {
    let subject = VertexID.object(ObjectKey(Pod.kind, namespace: "shop", name: "pod-\(number)"))
    return Finding(
      id: FindingID(cluster: cluster, check: "stuck/x", subject: subject, discriminator: ""),
      cluster: cluster,
      check: check,
      severity: severity,
      subject: subject,
      message: message,
      evidence: [],
      related: [],
      remedies: [],
      since: Timestamp(millisecondsSince1970: Int64(number) * 1000)
    )
  }

  private static let noon = Timestamp(millisecondsSince1970: 0)

  private static let plan = HealPlan(
    cause: .finding(finding(2).id),
    subject: finding(2).subject,
    cluster: "one",
    remedy: "delete",
    title: "Delete it",
    reason: "It is in the way.",
    steps: [],
    disruption: .cleanUpSkipped,
    blastRadius: BlastRadius([]),
    undo: "Cannot be undone.",
    confirmation: .key("y")
  )

  private mutating func take(
    _ findings: [ListedFinding],
    on cluster: String = "one",
    revision: Int,
    roots: [FindingID: FindingID] = [:],
    heals: [FindingID: HealState] = [:],
    isInspected: Bool = false,
    at now: Timestamp = Timestamp(millisecondsSince1970: 0)
  ) {
    let known = Dictionary(findings.map { ($0.finding.id, $0) }) { $1 }
    overview.take(
      FindingsSnapshot(
        cluster: cluster,
        revision: revision,
        sorted: SortedFindings(findings),
        roots: roots,
        explained: roots.compactMap { id, root in
          guard let finding = known[id], let root = known[root] else { return nil }
          return FindingGroups.Explained(finding: finding, root: root)
        },
        heals: heals,
        isInspected: isInspected
      ),
      at: now
    )
  }

  private static func query(_ filter: String) throws -> FindingsQuery {
    let filter = try FilterExpression(parsing: filter, columns: FindingsFilter.columns)
    return FindingsQuery(filter: filter, limit: 9)
  }

  private static func names(_ page: FindingsPage) -> [String] {
    page.rows.map { "\($0.finding.cluster) \($0.finding.subject.name)" }
  }

  @Test mutating func whatDidNotChangeIsNotArrangedAgain() {
    take((0..<100).map { ListedFinding(Self.finding($0)) }, revision: 1)
    let first = overview.page(FindingsQuery(offset: 0, limit: 10))
    for offset in 1..<50 { _ = overview.page(FindingsQuery(offset: offset, limit: 10)) }
    #expect(overview.arrangementsMade == 1)
    take([], revision: 1)
    #expect(overview.page(FindingsQuery(offset: 0, limit: 10)) == first)
    #expect(overview.arrangementsMade == 1, "What came late says nothing.")
  }

  @Test mutating func clustersAreShownInOneOrder() {
    let one = (0..<3).map { ListedFinding(Self.finding($0 * 2)) }
    let two = (0..<3).map { ListedFinding(Self.finding($0 * 2 + 1, on: "two")) }
    take(one, revision: 1)
    take(two, on: "two", revision: 7)
    let query = FindingsQuery(limit: 9)
    #expect(
      Self.names(overview.page(query)) == [
        "one shop/pod-0", "two shop/pod-1", "one shop/pod-2", "two shop/pod-3", "one shop/pod-4",
        "two shop/pod-5",
      ]
    )
    let worse = ListedFinding(Self.finding(3, severity: .critical, on: "two"))
    take([worse, two[0]], on: "two", revision: 8)
    #expect(
      Self.names(overview.page(query)) == [
        "two shop/pod-3", "one shop/pod-0", "two shop/pod-1", "one shop/pod-2", "one shop/pod-4",
      ]
    )
    let page = overview.page(FindingsQuery(cluster: "two", limit: 9))
    #expect(Self.names(page) == ["two shop/pod-3", "two shop/pod-1"])
  }

  @Test mutating func aFilterLooksAtWhatIsNewAndForgetsWhatIsGone() throws {
    let old = (0..<4).map { number in
      ListedFinding(Self.finding(number, message: number < 2 ? "Straße CRASHED" : "waits"))
    }
    take(old, revision: 1)
    let query = try Self.query("crashed pod")
    #expect(Self.names(overview.page(query)) == ["one shop/pod-0", "one shop/pod-1"])
    let new = ListedFinding(Self.finding(9, message: "crashed"))
    take(Array(old[1...]) + [new], revision: 2)
    let page = overview.page(query)
    #expect(Self.names(page) == ["one shop/pod-1", "one shop/pod-9"])
    #expect((page.matchCount, page.totalCount) == (2, 4))
    let sharp = overview.page(try Self.query("STRASSE straße"))
    #expect(sharp.rows.isEmpty)
    #expect(overview.page(try Self.query("STRAßE")).matchCount == 1)
    #expect(overview.page(try Self.query("check:stuck/x pod-9")).matchCount == 1)
    #expect(overview.page(try Self.query("check:stuck/")).matchCount == 4)
    #expect(overview.page(try Self.query("check:stuck/y")).matchCount == 0)
  }

  @Test(arguments: [0, 1, 50, 98, 99])
  mutating func aFindingIsLocatedWhereverThePageIs(offset: Int) {
    let findings = (0..<100).map { Self.finding($0) }
    take(findings.map { ListedFinding($0) }, revision: 1)
    for wanted in [0, 49, 99] {
      let query = FindingsQuery(offset: offset, limit: 1, locating: .finding(findings[wanted].id))
      #expect(overview.page(query).locatedIndex == wanted)
    }
    let absent = Self.finding(100).id
    #expect(
      overview.page(FindingsQuery(offset: offset, locating: .finding(absent))).locatedIndex == nil
    )
  }

  @Test mutating func whatComesIsNewsAndWhatGoesStaysForAMoment() {
    let start = Timestamp(millisecondsSince1970: 1_000_000)
    let old = (0..<3).map { ListedFinding(Self.finding($0)) }
    take(old, revision: 1, at: start)
    take(old + [ListedFinding(Self.finding(9))], revision: 2, isInspected: true, at: start)
    let query = FindingsQuery(limit: 9)
    #expect(overview.page(query).rows.allSatisfy { !$0.isNew }, "The first look is no news.")
    let new = ListedFinding(Self.finding(5))
    take([old[0], old[2], new], revision: 3, isInspected: true, at: start)
    var page = overview.page(query)
    #expect(
      Self.names(page) == [0, 1, 2, 5, 9].map { "one shop/pod-\($0)" },
      "No line moves before somebody could see why."
    )
    #expect(page.rows.map(\.isNew) == [false, false, false, true, false])
    #expect(page.rows.map(\.state) == [.new, .resolved, .new, .new, .resolved])
    #expect((page.matchCount, page.totalCount, page.rowCount) == (3, 3, 5))
    overview.fade(at: start + .seconds(4))
    #expect(overview.page(query).revision == page.revision)
    overview.fade(at: start + .seconds(5))
    page = overview.page(query)
    #expect(page.rows.allSatisfy { !$0.isNew } && page.rows.count == 5)
    // It comes back before it has faded.
    take([old[0], old[1], old[2], new], revision: 4, isInspected: true, at: start + .seconds(6))
    page = overview.page(query)
    #expect(page.rows.map(\.state) == [.new, .new, .new, .new, .resolved])
    overview.fade(at: start + .seconds(10))
    page = overview.page(query)
    #expect(page.rows.map(\.finding.id) == [0, 1, 2, 5].map { Self.finding($0).id })
  }

  @Test(arguments: 1...40)
  mutating func whatIsShownIsWhatIsThereAndWhatWasAMomentAgo(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var kept: [String: [Int: ListedFinding]] = ["one": [:], "two": [:]]
    var goneAt: [FindingID: Timestamp] = [:]
    var now = Timestamp(millisecondsSince1970: 1_000_000)
    for cluster in ["one", "two"] { take([], on: cluster, revision: 0, isInspected: true, at: now) }
    for revision in 1...60 {
      now = now + .seconds(Int.random(in: 0...6, using: &random))
      let cluster = Bool.random(using: &random) ? "one" : "two"
      for number in Set((0..<4).map { _ in Int.random(in: 0..<12, using: &random) }) {
        let finding = Self.finding(number, on: cluster)
        if kept[cluster]?.removeValue(forKey: number) != nil {
          goneAt[finding.id] = now
        } else {
          kept[cluster]?[number] = ListedFinding(finding)
          goneAt[finding.id] = nil
        }
      }
      take(
        Array((kept[cluster] ?? [:]).values),
        on: cluster,
        revision: revision,
        isInspected: true,
        at: now
      )
      overview.fade(at: now)
      goneAt = goneAt.filter { now < $0.value + .seconds(10) }
      let there = kept.values.flatMap(\.values).map(\.finding.id)
      let page = overview.page(FindingsQuery(limit: 99))
      #expect(Set(page.rows.map(\.finding.id)) == Set(there).union(goneAt.keys))
      #expect(page.rows.count == page.rowCount && page.matchCount == there.count)
      let inOrder = page.rows.map(\.finding)
      #expect(inOrder == inOrder.sorted(by: Finding.precedes))
      #expect(Set(page.rows.filter { $0.state == .resolved }.map(\.finding.id)) == Set(goneAt.keys))
    }
  }

  @Test mutating func aFilterOfStatesFollowsWhatIsDone() throws {
    let findings = (0..<3).map { Self.finding($0) }
    var acknowledged = findings[1]
    acknowledged.acknowledgement = FindingNote(
      .acknowledged,
      acknowledged.id,
      author: "ann@laptop",
      time: Timestamp(millisecondsSince1970: 0),
      reason: ""
    )
    let listed = [findings[0], acknowledged, findings[2]].map { ListedFinding($0) }
    take(listed, revision: 1)
    #expect(Self.names(overview.page(try Self.query("state:new"))).count == 2)
    #expect(Self.names(overview.page(try Self.query("state:ack"))) == ["one shop/pod-1"])
    #expect(overview.page(try Self.query("!state:ack")).matchCount == 2)
    take(
      listed,
      revision: 2,
      heals: [findings[2].id: .waitingForProof(Self.plan, since: Self.noon)]
    )
    #expect(Self.names(overview.page(try Self.query("state:new"))) == ["one shop/pod-0"])
  }

  @Test(arguments: 1...20)
  mutating func aKeptFilterOfStatesFollowsFindingsAndHeals(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var kept: [Int: ListedFinding] = [:]
    var heals: [FindingID: HealState] = [:]
    let query = try Self.query("!state:healing")
    for revision in 1...40 {
      for number in Set((0..<3).map { _ in Int.random(in: 0..<9, using: &random) }) {
        if kept.removeValue(forKey: number) == nil {
          kept[number] = ListedFinding(Self.finding(number))
        }
      }
      // Most changes are none of what is being done.
      if revision.isMultiple(of: 4), let id = kept.values.map(\.finding.id).sorted().first {
        heals[id] = heals[id] == nil ? .waitingForProof(Self.plan, since: Self.noon) : nil
      }
      take(Array(kept.values), revision: revision, heals: heals)
      let shown = kept.values.map(\.finding.id).filter { heals[$0] == nil }
      #expect(Set(overview.page(query).rows.map(\.finding.id)) == Set(shown))
    }
  }

  @Test mutating func whatIsFoldedIsLocatedAtItsRoot() {
    let findings = (0..<3).map { Self.finding($0) }
    take(
      findings.map { ListedFinding($0) },
      revision: 1,
      roots: [findings[2].id: findings[1].id]
    )
    let query = FindingsQuery(locating: .finding(findings[2].id), consequences: .folded)
    let page = overview.page(query)
    #expect(page.locatedIndex == 1)
    #expect((page.rowCount, page.matchCount) == (2, 3))
  }

  @Test(arguments: [(10, 2), (FindingsDigest.fewFindings + 2, 1)])
  func causesOfVeryManyFindingsAreNotSoughtForEachOfThem(count: Int, sought: Int) {
    let graph = ClusterGraph()
    let now = Timestamp(millisecondsSince1970: 1_000_000)
    var digest = FindingsDigest(MonitorOptions(checks: []), at: now)
    let findings = (0..<count).map { Self.finding($0) }
    digest.update(findings.map { ($0.id, $0) }, in: graph, at: now)
    _ = digest.causes(in: graph, at: now)
    digest.update([(findings[0].id, nil)], in: graph, at: now)
    _ = digest.causes(in: graph, at: now)
    #expect(digest.causesSought == sought)
    let later = digest.causesDue ?? now
    _ = digest.causes(in: graph, at: later)
    #expect(digest.causesSought == 2 && digest.causesDue == nil)
  }

  @Test(arguments: 1...20)
  func findingsOfEachCheckAreCountedAsTheyComeAndGo(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let graph = ClusterGraph()
    let start = Timestamp(millisecondsSince1970: 1_000_000)
    let mute = Mute(name: "pod-1*", until: start + .seconds(15), reason: "known")
    let options = MonitorOptions(checks: [], mutes: MuteRules([mute]))
    var digest = FindingsDigest(options, at: start)
    var mutedAtMost = 0
    for round in 0..<30 {
      let now = start + .seconds(round)
      let changes = (0..<10).map { _ -> FindingsDigest.Change in
        let number = Int.random(in: 0..<60, using: &random)
        let check: CheckID = number.isMultiple(of: 3) ? "risk/y" : "stuck/x"
        let finding = Self.finding(number, check: check)
        return (finding.id, Bool.random(using: &random) ? finding : nil)
      }
      digest.update(changes, in: graph, at: now)
      _ = digest.update(bySeeing: now, in: graph)
      for check: CheckID in ["risk/y", "stuck/x"] {
        let all = digest.sorted.all.map(\.finding).filter { $0.check == check }
        let muted = all.count { $0.muting != nil }
        mutedAtMost = max(mutedAtMost, muted)
        let counts = digest.countsByCheck[check] ?? (0, 0)
        #expect(counts == (all.count - muted, muted))
      }
    }
    #expect(mutedAtMost > 0 && digest.mutedCount == 0)
  }

  @Test(arguments: 1...20)
  func replacingIsSortingAnew(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var kept: [FindingID: ListedFinding] = [:]
    var sorted = SortedFindings()
    for _ in 0..<30 {
      var (gone, new): ([ListedFinding], [ListedFinding]) = ([], [])
      for number in Set((0..<10).map { _ in Int.random(in: 0..<60, using: &random) }) {
        let severity = Severity.allCases.randomElement(using: &random) ?? .info
        let next = ListedFinding(Self.finding(number, severity: severity))
        if let old = kept.removeValue(forKey: next.finding.id) { gone.append(old) }
        guard Bool.random(using: &random) else { continue }
        kept[next.finding.id] = next
        new.append(next)
      }
      let before = sorted
      sorted.replace(gone, with: new)
      #expect(sorted.all.map(\.finding.id) == SortedFindings(kept.values).all.map(\.finding.id))
      let difference = sorted.difference(from: before)
      #expect(Set(difference.gone.map(\.finding.id)) == Set(gone.map(\.finding.id)))
      #expect(Set(difference.new.map(\.finding.id)) == Set(new.map(\.finding.id)))
    }
  }
}
