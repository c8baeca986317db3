import Foundation
import Inspection
import KubernetesClient
import KubernetesObjects
import TerminalKit
import Testing
import WireFormats

@testable import Monitoring
@testable import TerminalApp

/// How screens look, line by line, at the size of old and of large terminals, and without colours.
@Suite struct ScreenPicturesTests {
  /// Set to anything, the pictures are drawn instead of compared.
  private static let variable = "KPATROL_WRITE_SCREENS"
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Screens")

  /// A screen, and how one comes to it.
  struct Scene: Sendable, CustomTestStringConvertible {
    let name: String
    let open: @Sendable (inout AppDriver) -> Void

    init(_ name: String, _ open: @escaping @Sendable (inout AppDriver) -> Void) {
      self.name = name
      self.open = open
    }

    var testDescription: String { name }
  }

  private static let pod = Sample.row("cart-1").id

  private static let findings = [
    Sample.finding(1, message: "Address 10.1.2.3 is used by 2 Pods: shop/cart-1, shop/web-1"),
    Sample.finding(2, severity: .warning, message: "Pod shop/pod-2 has \u{1b}[31mcontrol\u{202e}"),
    Sample.finding(3, severity: .info, message: "名前のとても長い 設定が誰にも使われていません"),
  ]

  private static func object(_ tab: ObjectScreen.Tab) -> @Sendable (inout AppDriver) -> Void {
    { driver in
      driver.take(.open(pod))
      let key: Key =
        switch tab {
        case .description: "d"
        case .yaml: "y"
        case .events: "v"
        case .logs: "l"
        case .graph: "x"
        }
      for case .readLog(let request) in driver.press(key) {
        var news = LogNews()
        news.podCount = 1
        driver.take(.log(news, of: request.id))
      }
      let manifest: JSONValue = [
        "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "cart-1", "namespace": "shop"],
        "spec": ["nodeName": "node-1"], "status": ["phase": "Running"],
      ]
      driver.take(
        .object(.text(ObjectText(manifest)), at: Sample.now, for: pod, isRevealed: false)
      )
      driver.take(.facts(.facts(ObjectFacts(manifest)), for: pod))
      driver.take(.events(.events([]), about: pod))
      driver.take(.surroundings(nil, at: Sample.now, of: .object(pod.key), cluster: "test"))
    }
  }

  private static func list(
    _ command: String,
    _ rows: [ResourcesPage.Row]
  ) -> @Sendable (inout AppDriver) -> Void {
    { driver in
      for case .loadRows(let query) in driver.run(command) {
        var effects = driver.take(.rows(Sample.resources(rows), for: query))
        while let asked = effects.cells {
          let answers = rows.filter { asked.contains($0.id) }.map { Sample.cells($0) }
          effects = driver.take(.cells(answers))
        }
      }
    }
  }

  static let scenes = [
    Scene("aliases") { driver in
      driver.press("ctrl-a")
      driver.take(.vocabulary(.sample))
    },
    Scene("catalogue-empty") { driver in
      driver.press("C")
      driver.take(.catalogue(CataloguePage(), ofCluster: nil))
    },
    Scene("clusters") { driver in
      var (prod, stage) = (Sample.status(), Sample.status(.disconnected("no route to host.")))
      (prod.name, stage.name) = ("prod", "stage")
      driver.take(.statuses([prod, stage]))
      driver.press("c")
    },
    Scene("containers") { driver in
      let containers = [
        PodContainer(name: "main", image: "example.com/cart:1.4", state: "running"),
        PodContainer(name: "proxy", image: "mesh:2", state: "waiting: CrashLoopBackOff"),
      ]
      driver.take(.containers(containers, of: pod))
    },
    Scene("dangling-empty") { driver in
      for case .loadFindings(let query) in driver.press("D") {
        driver.take(.findings(Sample.page([]), for: query))
      }
      driver.take(.statuses([Sample.status()]))
    },
    Scene("findings") { $0.show(findings) },
    Scene("findings-columns") { driver in
      driver.show(findings)
      driver.press("|", "j")
    },
    Scene("findings-empty") { $0.show([]) },
    Scene("findings-syncing") { $0.show([], [Sample.status(.syncing)]) },
    Scene("help") { $0.press("?") },
    Scene("log") { driver in
      driver.take(.notice("Not kept. /home/me/x: No space left on device"))
      driver.run("log")
    },
    Scene("log-empty") { $0.run("log") },
    Scene("object-describe", object(.description)),
    Scene("object-events", object(.events)),
    Scene("object-graph", object(.graph)),
    Scene("object-logs", object(.logs)),
    Scene("object-yaml", object(.yaml)),
    Scene("palette") { driver in
      driver.press(":")
      driver.take(.vocabulary(.sample))
    },
    Scene("pulse-empty") { driver in
      driver.run("pulse")
      driver.take(.history(FleetHistory()))
    },
    Scene("resources", list("pods", [Sample.row("cart-1", findings: 2), Sample.row("cart-2")])),
    Scene("resources-empty", list("nodes", [])),
    Scene("users-empty") { driver in
      list("pods", [Sample.row("cart-1")])(&driver)
      driver.press("u")
      driver.take(.surroundings(nil, at: Sample.now, of: .object(pod.key), cluster: "test"))
    },
    Scene("views-empty") { $0.run("views") },
  ]

  @Test("A screen is as it was drawn", arguments: scenes, [80, 200])
  func pictures(scene: Scene, columns: Int) throws {
    let rows = columns == 80 ? 24 : 50
    var driver = AppDriver(columns, rows)
    driver.show([])
    scene.open(&driver)
    let canvas = driver.canvas
    for line in canvas.lines { #expect(DisplayText(line).width <= columns) }
    var lines = canvas.lines
    if columns == 80 { lines += [Self.separator] + Self.marks(of: canvas) }
    while lines.last?.isEmpty == true { lines.removeLast() }
    let text = lines.joined(separator: "\n") + "\n"
    let file = Self.folder.appending(path: "\(scene.name)-\(columns)x\(rows).txt")
    if ProcessInfo.processInfo.environment[Self.variable] != nil {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let drawn = try String(contentsOf: file, encoding: .utf8)
    #expect(
      text == drawn,
      "If it is as it should be: \(Self.variable)=1 make test FILTER=ScreenPictures"
    )
  }

  private static let separator = "=== monochrome: Bold, Dim, Reversed, Underlined"

  /// What is done to each cell where there are no colours, a letter each.
  private static func marks(of canvas: Canvas) -> [String] {
    (0..<canvas.size.rows).map { row in
      let marks = (0..<canvas.size.columns).map { column -> Character in
        let cell = canvas[row, column]
        let look = Theme.monochrome.look(of: cell.style.role)
        if look.isReversed != cell.style.isReversed { return "R" }
        if look.isUnderlined { return "U" }
        if look.isBold || cell.style.isBold { return cell.text == " " ? " " : "B" }
        return look.isDim && cell.text != " " ? "D" : " "
      }
      return String(String(marks).reversed().drop { $0 == " " }.reversed())
    }
  }

  /// Whoever sees no colour still sees how bad something is.
  @Test func severitiesAreToldBySymbolsInEveryList() {
    var driver = AppDriver()
    driver.show(Self.findings)
    #expect(zip(["✖", "▲", "●"], driver.lines[4...6]).allSatisfy { $1.contains($0) })
  }
}
