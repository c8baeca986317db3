import ClusterGraph
import KubernetesObjects
import Rules
import TerminalKit
import Testing

@testable import Inspection
@testable import Monitoring
@testable import TerminalApp

/// A check as the catalogue lists it, which never finds anything.
private struct SampleCheck: Check {
  let id: CheckID
  let title: String
  var severity = Severity.warning
  var settles = Duration.seconds(300)
  var profile = CheckProfile.default
  var thresholds: [Threshold] = []
  let needs = [Pod.kind]
  let remedies: [RemedyID] = ["delete-pod"]
  let explanation = "What it is, and why it matters. Verify: kubectl get pods -A"

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] { [] }
}

@Suite struct CatalogueScreenTests {
  private var driver = AppDriver()

  private static let checks: [SampleCheck] = [
    SampleCheck(id: "conflict/pod-address", title: "Address used twice", severity: .critical),
    SampleCheck(id: "dangling/claim-of-scaled-down-set", title: "Claim that no Pod uses"),
    SampleCheck(
      id: "risk/quota",
      title: "Quota nearly used up",
      thresholds: [Threshold("percent", 90, "of what is allowed")]
    ),
    SampleCheck(
      id: "risk/untidy",
      title: "Something is untidy",
      severity: .info,
      profile: .hygiene
    ),
  ]

  private static let secrets = ClusterStatus.NotInspected(
    kind: ObjectKind("Secret"),
    reason: """
      secrets is forbidden: User "eve" cannot list resource "secrets" in API group "" at the cluster scope
      """,
    checks: ["risk/quota"]
  )

  private static func share(
    _ cluster: String = "prod",
    findings: Int = 0,
    muted: Int = 0,
    suspects: Int = 0,
    runs: Int = 0,
    microseconds: Int = 0,
    notInspected: [ClusterStatus.NotInspected] = []
  ) -> CataloguePage.Share {
    var share = CataloguePage.Share(cluster: cluster)
    (share.findings, share.muted, share.suspects) = (findings, muted, suspects)
    share.notInspected = notInspected
    if runs > 0 {
      share.cost.runs = runs
      share.cost.addTime(.microseconds(microseconds))
    }
    return share
  }

  /// The same checks in as many clusters as each has shares.
  private static func page(
    _ shares: [[CataloguePage.Share]],
    _ settings: CheckSettings = CheckSettings(profile: .default)
  ) -> CataloguePage {
    var page = CataloguePage()
    page.settings = settings
    page.rows = zip(checks, shares).map { check, shares in
      var row = CataloguePage.Row(check, window: settings.settles(check))
      row.shares = shares
      return row
    }
    return page
  }

  static let sample = page([
    [share(findings: 12, muted: 1, suspects: 3, runs: 100, microseconds: 12)],
    [share(findings: 40, runs: 10, microseconds: 40)],
    [share(notInspected: [secrets])],
    [share()],
  ])

  /// Rules of packs beside the checks, of which one has failed and one was switched off for it.
  static let withRules: CataloguePage = {
    var page = sample
    let text = """
      apiVersion: kpatrol.io/v1
      kind: RulePack
      metadata: {name: shop}
      rules:
        - {id: big, title: Widget is too big, match: {kinds: [Pod]}, when: "true", message: m, explain: Why it matters.}
        - {id: late, title: Widget is late, match: {kinds: [Pod]}, when: "true", message: m}
      """
    guard let pack = try? RulePack(reading: text, path: "/etc/kpatrol/rules/shop.yaml") else {
      return page
    }
    page.rows += pack.rules.enumerated().map { index, rule in
      var row = CataloguePage.Row(rule, window: .zero)
      row.source = pack.path
      var share = share(findings: index == 0 ? 2 : 0, runs: 50, microseconds: 2)
      var use = CataloguePage.RuleUse()
      use.meanCost = [7, 1200][index]
      use.errors = [1, 40][index]
      use.lastError = "1:13: no such key: size"
      if index == 1 { use.reasonToBeOff = "it failed on 12 of 40 objects: no such key: size" }
      share.rule = use
      row.shares = [share]
      return row
    }
    return page
  }()

  private mutating func open(_ command: String = "checks", _ page: CataloguePage = sample) {
    let effects = driver.run(command)
    for case .loadCatalogue(let cluster) in effects {
      driver.take(.catalogue(page, ofCluster: cluster))
    }
    driver.take(.statuses([Sample.status()]))
  }

  @Test mutating func checksAreListedWithWhatTheyFindAndCost() {
    #expect(driver.run("checks").contains(.loadCatalogue(ofCluster: nil)))
    #expect(driver.lines[5] == "  Loading…")
    driver.take(.catalogue(Self.sample, ofCluster: "other"))
    #expect(driver.lines[5] == "  Loading…", "That is another cluster's.")
    driver.take(.catalogue(Self.sample, ofCluster: nil))
    #expect(
      Array(driver.lines[1...8]) == [
        "── Checks ──────────────────────────────────────────────────────────────────────",
        " 2 in force, 1 off, 1 not inspected                                           4",
        "    CHECK↑                        FINDINGS SETTLING  MUTED WINDOW µS/RUN  SHARE",
        "> ✖ conflict/pod-address                12        3      1     5m   12.0  75.0%",
        "  ▲ dangling/claim…caled-down-set       40        0      0     5m   40.0  25.0%",
        "  ▲ risk/quota                    not inspected: needs Secret",
        "  ● risk/untidy                   off: profile hygiene is not run",
        "",
      ]
    )
    #expect(
      driver.lines[23]
        == " enter Open  / Filter  F By findings  C By cost  N By name  : Command  ? Help"
    )
  }

  @Test mutating func aWideScreenAlsoTellsWhatTheyFind() {
    driver.resize(200, 50)
    open()
    #expect(
      Array(driver.lines[3...6]) == [
        "    CHECK↑                             SHAPE      FINDINGS  SETTLING   MUTED  WINDOW  µS/RUN   SHARE  FINDS",
        "> ✖ conflict/pod-address               conflict         12         3       1      5m    12.0   75.0%  Address used twice",
        "  ▲ dangling/claim-of-scaled-down-set  dangling         40         0       0      5m    40.0   25.0%  Claim that no Pod uses",
        "  ▲ risk/quota                         risk       not inspected: needs Secret                         Quota nearly used up",
      ]
    )
  }

  @Test mutating func theSmallestScreenKeepsWhatMattersMost() {
    driver.resize(60, 16)
    open()
    #expect(driver.lines.allSatisfy { DisplayText($0).width <= 60 })
    #expect(driver.lines[3].hasSuffix("FINDINGS SETTLING µS/RUN  SHARE"))
    #expect(driver.lines[4].hasPrefix("> ✖ conflict/pod-address "))
  }

  @Test mutating func theyAreSortedByFindingsAndByCost() {
    open()
    driver.press("F")
    #expect(driver.lines[3].contains(" FINDING↓ "))
    #expect(driver.lines[4].contains("dangling/claim") && driver.lines[5].contains("pod-address"))
    driver.press("F")
    #expect(driver.lines[3].contains(" FINDING↑ ") && driver.lines[7].contains("dangling/claim"))
    driver.press("C")
    #expect(driver.lines[3].hasSuffix(" SHARE↓") && driver.lines[4].contains("pod-address"))
    driver.press("N")
    #expect(driver.lines[3].contains("CHECK↑") && driver.lines[4].contains("pod-address"))
    driver.click(row: 3, column: 36)
    #expect(driver.lines[4].contains("dangling/claim"))
  }

  @Test mutating func theSelectionFollowsItsCheck() {
    open()
    driver.press("j", "F")
    #expect(driver.lines[4].hasPrefix("> ▲ dangling/claim"))
    driver.take(.catalogue(Self.page([[Self.share(findings: 90)], [], [], []]), ofCluster: nil))
    #expect(driver.lines[4].contains("pod-address") && driver.lines[5].hasPrefix("> ▲ dangling/"))
  }

  @Test mutating func costsAreAskedForOnceASecondWhateverElseChanges() {
    open()
    #expect(!driver.take(.stale).contains(.loadCatalogue(ofCluster: nil)))
    driver.take(.statuses([Sample.status()]))
    #expect(driver.tick(Sample.now) == [.loadCatalogue(ofCluster: nil)])
    let look = driver.look
    driver.take(.catalogue(Self.sample, ofCluster: nil))
    #expect(driver.look == look, "Nothing has changed.")
  }

  @Test mutating func wordsOfTheFilterAreLookedForInAllThatIsSaidOfACheck() {
    open()
    driver.press("/")
    driver.type("hygiene off")
    #expect(driver.lines[2].hasSuffix("1 of 4") && driver.lines[4].contains("risk/untidy"))
    driver.press("enter", "esc", "/")
    driver.type("xyzzy")
    #expect(driver.lines[5] == "  No check is let through by the filter. esc clears it.")
    driver.press("esc")
    #expect(driver.lines[4].contains("pod-address"))
    open("checks quota @prod")
    #expect(driver.lines[1].hasPrefix("── Checks @prod ─") && driver.lines[2].contains("1 of 4"))
  }

  @Test mutating func aCheckTellsWhatItIsAndLeadsToItsFindings() {
    open()
    driver.press("enter")
    #expect(
      Array(driver.lines[1...21]) == [
        "── Check conflict/pod-address ──────────────────────────────────────────────────",
        "  ✖ Address used twice",
        "  in force",
        "",
        "  What it is, and why it matters.",
        "",
        "  Verify",
        "    kubectl get pods -A",
        "",
        "  How it is doing",
        "    prod 12 findings, 3 settling, 1 muted; 100 runs of 12.0 µs, 75.0% of all",
        "         inspecting",
        "",
        "  What holds for it",
        "    severity critical (checks.conflict/pod-address.severity)",
        "    settles 5m (checks.conflict/pod-address.settles)",
        "    profile default",
        "    needs Pod",
        "    remedies delete-pod",
        "    checks.conflict/pod-address.enabled: false switches it off, from the next",
        "    start on.",
      ]
    )
    driver.take(
      .catalogue(
        Self.page([[Self.share(findings: 1, runs: 1, microseconds: 2)], [], [], []]),
        ofCluster: nil
      )
    )
    #expect(driver.lines[11].hasPrefix("    prod 1 finding, 0 settling, 0 muted; 1 runs of 2.0 µs"))
    driver.press("enter")
    #expect(driver.lines[1].hasPrefix("── Findings ─"))
    #expect(driver.lines[2].hasPrefix(" /check:conflict/pod-address"))
    driver.press("esc", "esc", "esc")
    #expect(driver.lines[4].hasPrefix("> ✖ conflict/pod-address"), "It is where it was.")
  }

  @Test mutating func aCheckThatSeesSomeOfItsKindsIsInForceInPart() {
    var share = Self.share(notInspected: [Self.secrets])
    share.dispensable = [ObjectKind("ConfigMap"), Self.secrets.kind]
    open("checks", Self.page([[share], [Self.share()], [Self.share()]]))
    #expect(driver.lines[4].hasSuffix("in part: sees no Secret"))
  }

  @Test mutating func whatWasConfiguredIsToldBesideWhatTheCheckSays() {
    let settings = CheckSettings([
      "risk/quota": .init(severity: .info, settles: .seconds(60), thresholds: ["percent": 80]),
      "conflict/pod-address": .init(isEnabled: false),
    ])
    let blind = Self.share("stage", notInspected: [Self.secrets])
    let shares = [[Self.share()], [Self.share()], [Self.share(runs: 2, microseconds: 3), blind]]
    open("checks", Self.page(shares, settings))
    #expect(driver.lines[4].contains("off by configuration"))
    #expect(driver.lines[6].hasSuffix("in part: not in stage"))
    driver.press("enter")
    #expect(driver.lines.contains { $0.contains("pod-address.enabled: true switches it on") })
    driver.press("esc", "G", "enter")
    let text = driver.lines.joined(separator: "\n")
    #expect(text.contains("severity info (checks.risk/quota.severity; its own is warning)"))
    #expect(text.contains("settles 1m (checks.risk/quota.settles; its own is 5m)"))
    #expect(text.contains("stage 0 findings, 0 settling, 0 muted; not run yet"))
    #expect(text.contains("not inspected: Secret: User \"eve\" cannot list at the cluster scope"))
    driver.press("space")
    #expect(driver.lines.contains { $0.hasSuffix("percent 80, of what is allowed") })
    #expect(
      driver.lines.contains { $0.hasSuffix("checks.risk/quota.thresholds.percent; its own is 90") }
    )
  }

  @Test mutating func rulesOfPacksAreListedWithWhatTheyCostAndHowOftenTheyFail() {
    open("checks", Self.withRules)
    #expect(
      driver.lines[3]
        == "    CHECK↑                 FINDINGS SETTLING  MUTED WINDOW µS/RUN  SHARE ERRORS"
    )
    #expect(driver.lines[8].hasPrefix("  ▲ shop/big ") && driver.lines[8].hasSuffix("      1"))
    #expect(driver.lines[9].contains("off: it failed on 12 of 40 objects"))
    driver.resize(200, 50)
    #expect(
      driver.lines[3].contains(
        "PACK       FINDINGS  SETTLING   MUTED  WINDOW  µS/RUN   SHARE    COST  ERRORS  FINDS"
      )
    )
    #expect(
      driver.lines[8].contains("  shop       ")
        && driver.lines[8].contains("7       1  Widget is too big")
    )
    driver.press("P")
    #expect(driver.lines[4].contains("shop/big") && driver.lines[5].contains("shop/late"))
    driver.press("E")
    #expect(driver.lines[4].contains("shop/late") && driver.lines[5].contains("shop/big"))
    open("checks pack:shop", Self.withRules)
    #expect(driver.lines[2].hasSuffix("2 of 6"))
    open("checks source:kpatrol", Self.withRules)
    #expect(driver.lines[2].hasSuffix("4 of 6"))
  }

  @Test mutating func aRuleIsExplainedAndItsChangesAreShown() {
    open("checks", Self.withRules)
    driver.press("G", "enter")
    let text = driver.lines.joined(separator: "\n")
    #expect(text.contains("off: it failed on 12 of 40 objects"))
    #expect(text.contains("failed 40 times, last with 1:13: no such key: size"))
    #expect(text.contains("pack /etc/kpatrol/rules/shop.yaml"))
    driver.press("space")
    #expect(driver.lines.joined().contains("It is switched on again once its pack is changed."))
    driver.press("esc", "k", "enter")
    #expect(driver.lines.joined().contains("Why it matters."))
    // The pack is changed, and then removed.
    var page = Self.withRules
    page.rows[4] = CataloguePage.Row(
      SampleCheck(id: "shop/big", title: "Widget is much too big"),
      window: .zero
    )
    driver.take(.catalogue(page, ofCluster: nil))
    #expect(driver.lines[2] == "  ▲ Widget is much too big")
    driver.take(.catalogue(Self.sample, ofCluster: nil))
    #expect(driver.lines[2].hasPrefix("  There is no such check any more"))
  }

  @Test mutating func findingsLeadToTheChecks() {
    driver.show([Sample.finding(1)])
    #expect(driver.press("C").contains(.loadCatalogue(ofCluster: nil)))
    #expect(driver.lines[1].hasPrefix("── Checks ─"))
    driver.run("ctx stage")
    #expect(driver.lines[1].hasPrefix("── Checks @stage ─"))
  }
}
