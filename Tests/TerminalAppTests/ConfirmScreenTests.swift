import Healing
import Inspection
import Inventories
import KubernetesClient
import KubernetesObjects
import Monitoring
import TerminalKit
import Testing
import UserConfiguration

@testable import TerminalApp

@Suite struct ConfirmScreenTests {
  private var driver = AppDriver()
  private let finding = Sample.finding(1)
  private static let longName =
    "pvc-4d4673ef-77ba-4574-a1af-8cfd4d2f0a8b-" + String(repeating: "x", count: 60)

  @Test mutating func theNameToTypeIsShownWhole() {
    driver.open(.plan(Sample.plan(finding, .typing(Self.longName))))
    let shown = driver.lines[16...].joined().replacing(" ", with: "")
    #expect(shown.contains(Self.longName))
    #expect(driver.lines[23].hasPrefix(" enter Confirm  esc Leave"))
  }

  @Test mutating func aWrongNameIsAnswered() {
    driver.open(.plan(Sample.plan(finding, .typing("pod-1"))))
    #expect(driver.press("x", "enter").isEmpty)
    #expect(
      driver.lines.contains(
        "  That is another name; nothing was done. Type this one, or leave with esc:"
      )
    )
    driver.press("backspace")
    #expect(driver.lines.contains("  Type this name and press enter to do this now; esc leaves:"))
  }

  @Test mutating func lettersAreCommandsWhereOneKeyConfirms() {
    driver.open(.plan(Sample.plan(finding, .key("y"))))
    driver.press("n")
    #expect(driver.lines[22].hasPrefix("  Only y does this; nothing was done."))
    driver.press("?")
    #expect(driver.lines[1].hasPrefix("── Help: Confirm "))
    driver.press("esc", "q")
    #expect(driver.app.isFinished)
  }

  @Test mutating func manyStepsOfOneCommandAreALineEach() {
    let pods = (1...3).map { ObjectKey(Pod.kind, namespace: "shop", name: "pod-\($0)") }
    let node = ObjectKey(Node.kind, name: "node-4")
    let first = HealStep.delete(node, uid: "u")
    let evictions = pods.map { HealStep.evict($0, uid: "u") }
    let plan = Sample.plan(
      finding,
      .typing("node-4"),
      steps: [first] + evictions,
      kubectl: "drain node-4"
    )
    driver.open(.plan(plan))
    let heading = driver.lines.firstIndex { $0.hasPrefix("  Steps") } ?? 0
    #expect(
      Array(driver.lines[(heading + 1)...].prefix(7)) == [
        "    1 Delete Node node-4", "      kubectl --context test delete node node-4",
        "    2 Evict Pod shop/pod-1", "    3 Evict Pod shop/pod-2", "    4 Evict Pod shop/pod-3",
        "      each only if its uid is still the same",
        "      kubectl --context test drain node-4",
      ]
    )
  }

  @Test mutating func kindsThatCannotBeSeenAreNotLeftOutOfTheBlastRadius() {
    let plan = Sample.plan(finding, .key("y"), unknownKinds: [ObjectKind("Secret")])
    driver.open(.plan(plan))
    let text = driver.lines.joined().replacing(#/\ +/#, with: " ")
    #expect(text.contains("of kinds that cannot be inspected: Secret"))
  }

  @Test(
    "A command that is broken is still the same command",
    arguments: [40, 60, 80, 1000]
  )
  func commands(width: Int) {
    let json = #"[{"op":"test","path":"/metadata/uid","value":"u-1,2"},{"op":"remove"}]"#
    let command = "kubectl --context 'a b, c' patch widget w1 -n shop --type=json -p '\(json)'"
    let lines = ShellCommand.lines(of: command, width: width)
    #expect(lines.allSatisfy { $0.count <= width })
    // As a shell reads it: a backslash joins lines; in JSON a line break is a space.
    let joined = lines.joined(separator: "\n").replacing(" \\\n", with: " ")
    #expect(joined.replacing("\n", with: "") == command)
    #expect((lines.count == 1) == (width > command.count))
  }
}

@Suite struct ClustersScreenTests {
  private var driver = AppDriver()

  @Test(arguments: [(60, 16), (80, 24), (200, 50)])
  mutating func numbersAreNeverCut(columns: Int, rows: Int) {
    driver.resize(columns, rows)
    var status = Sample.status()
    status.name = "arn:aws:eks:eu-central-1:123456789012:cluster/production"
    status.objectCount = 1_234_567
    status.eventsPerSecond = 12_345.6
    driver.press("F")
    driver.take(.statuses([status]))
    #expect(driver.lines[3].contains("none"), "No findings is a number, too.")
    #expect(driver.lines[3].contains(" live 0s "))
    // What has no room in the row stands beneath the list.
    #expect(driver.lines.contains { $0.contains(" 1234567") })
    #expect(driver.lines.contains { $0.contains("12345.6") })
    #expect(driver.lines.contains { $0.contains("50 of 50 kinds") })
    #expect(driver.lines[3].contains(status.name) == (columns == 200))
  }

  private static func sample(_ minutesAgo: Int, critical: Int) -> ClusterStatus {
    var status = Sample.status()
    status.name = "prod"
    status.now = Sample.now - .seconds(60 * minutesAgo)
    status.findings = [.critical: critical, .info: 3]
    return status
  }

  private static var three: [ClusterStatus] {
    var (prod, stage, edge) = (Sample.status(), Sample.status(.syncing), Sample.status())
    prod.name = "prod"
    prod.findings = [.critical: 2, .warning: 14, .info: 130]
    prod.lag = .milliseconds(130)
    prod.version = "v1.36.2"
    prod.eventsPerSecond = 41.4
    prod.notInspected = [.init(kind: ObjectKind("Secret"), reason: "forbidden", checks: [])]
    stage.name = "stage"
    stage.objectCount = 100
    stage.objectsListed = 40
    stage.requests.bytesReceived = 2_500_000
    edge.name = "edge"
    edge.connection = .disconnected("Cannot reach https://edge: connection refused")
    edge.connectionSince = Sample.now - .seconds(300)
    return [prod, stage, edge]
  }

  @Test mutating func aFleetIsARowForEachCluster() {
    driver.press("F")
    driver.take(.statuses(Self.three))
    #expect(
      Array(driver.lines[1...6]) == [
        "── Fleet ───────────────────────────── 1 not up to date ─ 1 kind not inspected ─",
        "  CLUSTER       STATE              FINDINGS          LAST HOUR     OBJECTS",
        "> prod          live 0s            ✖ 2  ▲ 14  ● 130                    300",
        "  stage         syncing 0s         ████░░░░░░░░ 20/50 kinds, 140 objects, 2.5 MB",
        "  edge          disconnected 5m    none                                300",
        "",
      ]
    )
  }

  @Test mutating func aWideFleetTellsAllOfIt() {
    driver.resize(200, 50)
    driver.press("F")
    driver.take(.statuses(Self.three))
    var history = FleetHistory()
    for minute in 0..<60 {
      history.add([Self.sample(60 - minute, critical: minute / 10)], residentBytes: 1)
    }
    driver.take(.history(history))
    #expect(
      Array(driver.lines[2...5]) == [
        "  CLUSTER       STATE              FINDINGS          LAST HOUR                       "
          + "OBJECTS  EVENTS/S    LAG  KINDS  NOT INSPECTED  VERSION",
        "> prod          live 0s            ✖ 2  ▲ 14  ● 130                        ▁▃▃▄▆▇██      "
          + "300      41.4  0.1 s  50/50  ▲ 1 kind       v1.36.2",
        "  stage         syncing 0s         ████░░░░░░░░ 20/50 kinds, 140 objects, 2.5 MB",
        "  edge          disconnected 5m    none                                                  "
          + "300       0.0  0.0 s  50/50  none",
      ]
    )
  }

  @Test mutating func kindsThatAreForbiddenForOneReasonStandTogether() {
    var status = Sample.status()
    status.notInspected = [("Node", "nodes"), ("Pod", "pods")].map { kind, plural in
      .init(
        kind: ObjectKind(kind),
        reason: #"\#(plural) is forbidden: User "u" cannot list resource "\#(plural)""#
          + #" in API group "" at the cluster scope"#,
        checks: ["dangling/pod-node"]
      )
    }
    driver.press("F")
    driver.take(.statuses([status]))
    #expect(driver.lines.contains(#"    User "u" cannot list at the cluster scope: Node, Pod"#))
    #expect(driver.lines.count { $0 == "      needed by dangling/pod-node" } == 1)
  }

  @Test mutating func inventoriesAreShownWithHowTheyStand() {
    var status = Sample.status()
    var read = InventoryStatus(name: "netbox", kind: .cmdb, place: "netbox.example.com")
    read.recordCount = 1200
    read.lastRead = status.now - .seconds(20)
    read.isKnown = true
    read.problems = ["page 3, record 7: address: \"x\" is no address"]
    var failing = InventoryStatus(name: "ipam", kind: .ipam, place: "ipam.csv")
    failing.failingSince = Timestamp(millisecondsSince1970: 0)
    failing.trouble = "ipam.csv cannot be read: \u{1B}[2J"
    status.inventories = [read, failing]
    driver.press("F")
    driver.take(.statuses([status]))
    let text = driver.lines.joined(separator: "\n")
    #expect(text.contains("netbox (cmdb, netbox.example.com): 1200 records, read 20 s ago"))
    #expect(text.contains("page 3, record 7: address: \"x\" is no address"))
    #expect(text.contains("ipam (ipam, ipam.csv): cannot be read since 1970-01-01T00:00:00Z"))
    #expect(!text.contains("\u{1B}"))
  }

  @Test mutating func proseIsNoWiderThanCanBeRead() {
    driver.resize(200, 50)
    driver.press("F")
    let reason = String(repeating: "word ", count: 60)
    driver.take(.statuses([Sample.status(.disconnected(reason))]))
    let longest = driver.lines.filter { $0.contains("word") }.map(\.count).max() ?? 0
    #expect((80...100).contains(longest))
  }
}
