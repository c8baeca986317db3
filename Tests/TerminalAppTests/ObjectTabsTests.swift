import Inspection
import KubernetesClient
import KubernetesObjects
import Monitoring
import TerminalKit
import Testing
import WireFormats

@testable import TerminalApp

/// The tabs of an object beside its YAML.
@Suite struct ObjectTabsTests {
  private var screen = ResourcesDriver()
  private let object = Sample.row("cart-1").id
  let pod: JSONValue = [
    "apiVersion": "v1", "kind": "Pod",
    "metadata": [
      "name": "cart-1", "creationTimestamp": "2026-11-23T11:00:00Z",
      "labels": ["app": "cart", "tier": "web"], "annotations": ["example.com/a": "x"],
    ],
    "spec": [
      "nodeName": "node-1", "containers": [["name": "main", "image": "example.com/cart:1.4"]],
    ],
    "status": [
      "phase": "Running",
      "conditions": [
        [
          "type": "Ready", "status": "False", "reason": "ContainersNotReady",
          "lastTransitionTime": "2026-11-23T11:58:00Z",
        ]
      ],
      "containerStatuses": [
        [
          "name": "main", "ready": false, "restartCount": 4,
          "state": ["waiting": ["reason": "CrashLoopBackOff", "message": "back-off 40s"]],
          "lastState": [
            "terminated": [
              "reason": "OOMKilled", "exitCode": 137, "finishedAt": "2026-11-23T11:59:00Z",
            ]
          ],
        ]
      ],
    ],
  ]

  private static func key(_ kind: ObjectKind, _ name: String) -> VertexID {
    .object(ObjectKey(kind, namespace: kind == Node.kind ? "" : "shop", name: name))
  }

  private static let replicaSet = Surroundings.Member(key(ReplicaSet.kind, "cart-5d8"))

  var around: Surroundings {
    var around = Surroundings(.object(object.key), .present(isTerminating: false))
    around.resourceVersion = "1"
    around.findings = [Sample.finding(1, message: "Pod shop/cart-1 restarts again and again")]
    around.findingCount = 1
    let worst = Sample.finding(2, severity: .warning)
    around.groups = [
      .init(.owner, isOutgoing: true, [Self.replicaSet]),
      .init(
        .configuration,
        isOutgoing: true,
        [.init(Self.key(ConfigMap.kind, "cart-config"), .absent)]
      ),
      .init(
        .node,
        isOutgoing: true,
        [
          .init(
            Self.key(Node.kind, "node-1"),
            findings: FindingsSummary(worst: worst, count: 2)
          )
        ]
      ),
      .init(
        .selection,
        isOutgoing: false,
        [.init(Self.key(Service.kind, "cart"))],
        count: 961
      ),
    ]
    around.changes = [
      RecentChange(
        time: Sample.now - .seconds(60),
        key: object.key,
        what: .changed([.init(path: "phase", old: "Pending", new: "Running")]),
        manager: "kubelet"
      )
    ]
    return around
  }

  let events = ObjectEvents.events([
    ObjectEvent(
      isWarning: true,
      reason: "BackOff",
      message: "Back-off restarting failed container",
      reporter: "kubelet",
      count: 12,
      first: Sample.now - .seconds(1200),
      last: Sample.now - .seconds(30)
    ),
    ObjectEvent(
      isWarning: false,
      reason: "Pulled",
      message: "image is \u{1b}[31mthere",
      reporter: "",
      count: 1,
      first: nil,
      last: Sample.now - .seconds(7200)
    ),
  ])

  private mutating func answer(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .loadFacts(object):
        screen.driver.take(.facts(.facts(ObjectFacts(pod)), for: object))
      case .loadSurroundings(.object(object.key), "test"):
        tell(around, of: .object(object.key))
      case .loadEvents(object): screen.driver.take(.events(events, about: object))
      default: break
      }
    }
    screen.driver.take(.statuses([Sample.status()]))
    _ = screen.driver.tick(Sample.now)
  }

  @discardableResult
  private mutating func tell(_ surroundings: Surroundings, of id: VertexID) -> [Effect] {
    screen.driver.take(.surroundings(surroundings, at: Sample.now, of: id, cluster: "test"))
  }

  private mutating func open(_ key: Key, _ columns: Int = 80, _ rows: Int = 24) {
    screen = ResourcesDriver(columns, rows)
    screen.show([Sample.row("cart-1")])
    answer(screen.press(key))
  }

  @Test mutating func aDescriptionTellsWhatItIsAndWhatIsWrongWithIt() {
    open("d")
    #expect(
      Array(screen.lines[1...22]) == [
        "── Pod shop/cart-1 @test ───────────────────────────────────────────────────────",
        "  1 Describe   2 YAML   3 Events   4 Logs   5 Graph",
        "> created     60m ago, 2026-11-23T11:00:00Z",
        "  owner       ReplicaSet.apps shop/cart-5d8",
        "  labels      app=cart tier=web",
        "  annotations example.com/a",
        "",
        "  Findings",
        "  ✖ Pod shop/cart-1 restarts again and again",
        "",
        "  Containers",
        "  main        waiting: CrashLoopBackOff: back-off 40s, 4 restarts",
        "              before that ended 60s ago: OOMKilled (exit 137)",
        "              example.com/cart:1.4",
        "",
        "  Conditions",
        "  Ready ▲ False for 2m  ContainersNotReady",
        "",
        "  Status",
        "  phase Running",
        "",
        "  Spec                                                               ↓ 18 more",
      ]
    )
    #expect(
      screen.lines[23] == " enter Open  tab Tabs  r Reload  : Command  ? Help  esc Back  q Quit"
    )
    screen.press("G")
    #expect(
      Array(screen.lines[5...22]) == [
        "  nodeName node-1", "", "  It names", "  is owned by ReplicaSet.apps shop/cart-5d8",
        "  reads       ConfigMap shop/cart-config (does not exist)",
        "  is on       Node node-1  ▲ 2", "", "  Named by",
        "  is selected by Service shop/cart", "    and 960 more", "",
        "  Changes since KPatrol looks", "  60s ago     phase: Pending → Running (kubelet)", "",
        "  Events", "  30s ago     ▲ BackOff: Back-off restarting failed container (12 times)",
        "              [kubelet]", "> 2h ago      Pulled: image is �[31mthere",
      ]
    )
  }

  @Test mutating func aWideDescriptionHasItAllOnOnePage() {
    open("d", 200, 50)
    let lines = screen.lines
    #expect(lines[4] == "  owner       ReplicaSet.apps shop/cart-5d8")
    #expect(lines.contains("  reads       ConfigMap shop/cart-config (does not exist)"))
    #expect(
      lines.contains(
        "  30s ago     ▲ BackOff: Back-off restarting failed container (12 times) [kubelet]"
      )
    )
    #expect(!lines.contains { $0.contains("\u{1b}") })
  }

  @Test mutating func whatARowIsAboutIsOpened() {
    open("d")
    screen.press("j")
    let effects = screen.press("enter")
    let owner = ObjectKey(ReplicaSet.kind, namespace: "shop", name: "cart-5d8")
    #expect(effects.contains(.loadSurroundings(.object(owner), cluster: "test")))
    #expect(screen.lines[1].hasPrefix("── ReplicaSet.apps shop/cart-5d8 @test ─"))
    screen.press("esc")
    #expect(screen.lines[4].hasPrefix("> owner"), "The selection is where it was.")
    screen.press("j", "j", "j", "j", "j", "enter")
    #expect(screen.lines[1].hasPrefix("── Finding "))
  }

  @Test mutating func whatDoesNotExistSaysSo() {
    open("d")
    tell(Surroundings(.object(object.key), .absent), of: .object(object.key))
    screen.driver.take(.facts(.failed("Not found: pods \"cart-1\" not found."), for: object))
    #expect(screen.lines[3] == "> It does not exist.")
    #expect(screen.lines[4] == "  Not found: pods \"cart-1\" not found.")
  }

  @Test mutating func aSecretsValuesAreInNoDescription() {
    let secret: JSONValue = [
      "kind": "Secret", "metadata": ["name": "cart-1"], "data": ["token": "c2VjcmV0"],
    ]
    open("d")
    screen.driver.take(.facts(.facts(ObjectFacts(secret)), for: object))
    #expect(screen.lines.contains("  token"))
    #expect(!screen.lines.contains { $0.contains("c2V") || $0.contains("secret") })
  }

  @Test mutating func eventsAreListedNewestFirst() {
    open("v")
    #expect(
      Array(screen.lines[2...7]) == [
        "  1 Describe   2 YAML   3 Events   4 Logs   5 Graph",
        "  LAST  FIRST  COUNT WHAT HAPPENED",
        "> 30s   20m    12    ▲ BackOff: Back-off restarting failed container [kubelet]",
        "  2h    -      1     Pulled: image is �[31mthere",
        "", "",
      ]
    )
    // They are asked for again every five seconds, and no sooner.
    let asked = (1...10).map { second in
      screen.driver.tick(Sample.now + .seconds(second)).contains(.loadEvents(object))
    }
    #expect(asked.count { $0 } == 2)
    #expect(screen.lines[4].hasPrefix("> 40s   20m"))
    screen.driver.take(.events(.events([]), about: object))
    #expect(screen.lines[4] == "> No Event is about it. Kubernetes keeps them for an hour.")
    screen.driver.take(.events(.failed("Not allowed."), about: object))
    #expect(screen.lines[4] == "> Not allowed.")
  }

  @Test mutating func theGraphIsATreeBothWays() {
    open("x")
    var owner = Surroundings(Self.replicaSet.id, .present(isTerminating: false))
    owner.groups = [
      .init(.owner, isOutgoing: true, [.init(Self.key(Deployment.kind, "cart"))])
    ]
    let effects = tell(owner, of: owner.id)
    #expect(
      effects.contains(.loadSurroundings(Self.key(Deployment.kind, "cart"), cluster: "test"))
    )
    #expect(
      Array(screen.lines[2...10]) == [
        "  1 Describe   2 YAML   3 Events   4 Logs   5 Graph",
        "  Deployment.apps shop/cart",
        "  └ owns ReplicaSet.apps shop/cart-5d8",
        ">   └ ▾ owns Pod shop/cart-1  ✖ 1",
        "      ├ ▸ reads ConfigMap shop/cart-config (does not exist)",
        "      ├ ▸ is on Node node-1  ▲ 2",
        "      ├ ▸ is selected by Service shop/cart",
        "      └ is selected by 960 more",
        "",
      ]
    )
    #expect(screen.driver.canvas[6, 16].style.role == .critical)
    screen.press("j", "j")
    let wanted = screen.press("space")
    let node = Self.key(Node.kind, "node-1")
    #expect(wanted.contains(.loadSurroundings(node, cluster: "test")))
    #expect(screen.lines[8] == "      │ └ Loading…")
    var about = Surroundings(node, .present(isTerminating: false))
    about.groups = [
      .init(
        .node,
        isOutgoing: false,
        [.init(.object(object.key)), .init(Self.key(Pod.kind, "web-1"))]
      )
    ]
    tell(about, of: node)
    // Whence one came is not shown once more.
    #expect(screen.lines[7] == ">     ├ ▾ is on Node node-1  ▲ 2")
    #expect(screen.lines[8] == "      │ └ ▸ runs Pod shop/web-1")
    screen.press("left")
    #expect(screen.lines[8] == "      ├ ▸ is selected by Service shop/cart")
    screen.press("enter")
    #expect(screen.lines[1].hasPrefix("── Node node-1 @test ─"))
    screen.press("esc", "y")
    #expect(screen.lines[1].hasPrefix("── Node node-1 @test ─"), "Keys are about what is selected.")
    #expect(screen.lines[5] == "  Loading…")
    screen.press("esc", "k", "k")
    #expect(screen.press("c") == [.copy("cart-1", what: "cart-1")])
    screen.press("d")
    #expect(screen.lines[1].hasPrefix("── Pod shop/cart-1 @test ─"))
  }

  @Test mutating func tabsGoRoundAndAreKept() {
    open("y")
    #expect(screen.lines[5] == "  Loading…")
    screen.press("tab")
    #expect(screen.lines[4] == "> Loading…")
    screen.press("shift-tab", "shift-tab")
    #expect(screen.lines[3] == "> Loading…")
    screen.press("5")
    #expect(screen.lines[3].hasPrefix("> ▾ Pod shop/cart-1  Loading…"))
    screen.driver.click(row: 2, column: 15)
    #expect(screen.lines[5] == "  Loading…")
  }

  @Test mutating func whatHasNoPodsHasNoLogs() {
    var driver = AppDriver()
    driver.show([Sample.finding(1)])
    let key = ObjectKey(Node.kind, name: "node-1")
    driver.take(.open(ClusterObject(cluster: "test", key: key)))
    #expect(driver.lines[2] == "  1 Describe   2 YAML   3 Events   4 Graph")
    #expect(driver.press("l") == [.tell("A Node has no logs.")])
  }

  @Test mutating func theListOfUsersOpensThem() {
    screen.show([Sample.row("cart-1")])
    answer(screen.press("u"))
    #expect(
      Array(screen.lines[1...4]) == [
        "── Who uses Pod shop/cart-1 @test ──────────────────────────────────────────────",
        "> is selected by Service shop/cart",
        "  is selected by 960 more", "",
      ]
    )
    screen.press("enter")
    #expect(screen.lines[1].hasPrefix("── Service shop/cart @test ─"))
  }

  @Test mutating func namesAreCopiedAndOwnersFound() {
    screen.show([Sample.row("cart-1")])
    #expect(screen.press("c") == [.copy("cart-1", what: "cart-1")])
    #expect(screen.press("J") == [.findOwner(object)])
    screen.driver.take(.open(ClusterObject(cluster: "test", key: ObjectKey(Node.kind, name: "n"))))
    #expect(screen.lines[1].hasPrefix("── Node n @test ─"))
  }

  @Test mutating func screensThatWereLeftComeBack() {
    open("d")
    screen.press("[")
    #expect(screen.lines[1].hasPrefix("── Pods ─"))
    screen.press("]")
    #expect(screen.lines[1].hasPrefix("── Pod shop/cart-1 @test ─"))
    screen.press("-")
    #expect(screen.lines[1].hasPrefix("── Pods ─"))
    screen.press("-")
    #expect(screen.lines[1].hasPrefix("── Pod shop/cart-1 @test ─"))
    screen.press("]")
    #expect(screen.lines[23] == " No screen was left.")
    screen.press("esc", "y", "esc", "]")
    #expect(screen.lines[1].hasPrefix("── Pod shop/cart-1 @test ─"))
    #expect(screen.lines[5] == "  Loading…", "The last one of them is meant.")
  }
}
