import KubernetesObjects
import TerminalKit
import Testing
import WireFormats

@testable import Monitoring
@testable import TerminalApp

@Suite struct ObjectScreenTests {
  private var screen = ResourcesDriver()
  private let pod: JSONValue = [
    "apiVersion": "v1", "kind": "Pod",
    "metadata": [
      "name": "cart-1", "managedFields": [["manager": "kubelet"], ["manager": "kubectl"]],
    ],
    "spec": ["nodeName": "node-1", "priority": 0],
  ]

  /// Opens the YAML of the selected object and answers what was asked for.
  private mutating func open(_ rows: [ResourcesPage.Row] = [Sample.row("cart-1")]) -> [Effect] {
    screen.show(rows)
    return screen.press("y")
  }

  private mutating func show(
    _ value: JSONValue,
    isRevealed: Bool = false,
    of name: String = "cart-1"
  ) {
    show(.text(ObjectText(value)), isRevealed: isRevealed, of: Sample.row(name).id)
  }

  private mutating func show(
    _ answer: ObjectAnswer,
    isRevealed: Bool = false,
    of object: ClusterObject = Sample.row("cart-1").id
  ) {
    screen.driver.take(.object(answer, at: Sample.now, for: object, isRevealed: isRevealed))
  }

  @Test mutating func anObjectIsShownAsYAML() {
    #expect(open().contains(.loadObject(Sample.row("cart-1").id, revealing: false)))
    #expect(screen.lines[5] == "  Loading…")
    show(pod)
    #expect(
      Array(screen.lines[1...13]) == [
        "── Pod shop/cart-1 @test ───────────────────────────────────────────────────────",
        "  1 Describe   2 YAML   3 Events   4 Logs   5 Graph",
        " as of 12:00:00 UTC                                                    1–8 of 8",
        " apiVersion: v1", " kind: Pod", " metadata:",
        "   managedFields: … (3 lines; m shows them)", "   name: cart-1", " spec:",
        "   nodeName: node-1", "   priority: 0", "", "",
      ]
    )
    #expect(
      screen.lines[23]
        == " / Search  tab Tabs  n Next  m Managed fields  r Reload  : Command  ? Help"
    )
    #expect(screen.driver.canvas[4, 1].style.role == .info)
    screen.press("m")
    #expect(
      screen.lines[7...9] == [
        "   managedFields:", "   - manager: kubelet", "   - manager: kubectl",
      ]
    )
    screen.press("esc")
    #expect(screen.lines[1].hasPrefix("── Pods ─"))
  }

  @Test mutating func aSearchGoesFromMatchToMatch() {
    _ = open()
    var data: [String: JSONValue] = [:]
    for number in 10..<90 { data["key-\(number)"] = number.isMultiple(of: 20) ? "Wanted" : "x" }
    show(["data": .object(data)])
    #expect(screen.lines[3].hasSuffix(" 1–19 of 81"))
    screen.press("/", "w", "a", "n")
    #expect(screen.lines[3].hasPrefix(" /wan") && screen.lines[3].hasSuffix(" 1 of 4"))
    #expect(screen.lines[15] == "   key-20: Wanted")
    screen.press("enter", "n")
    #expect(screen.lines[3].hasSuffix(" 2 of 4"))
    #expect(screen.lines.contains("   key-40: Wanted"))
    screen.press("n", "n", "n")
    #expect(screen.lines[3].hasSuffix(" 1 of 4"), "After the last comes the first.")
    screen.press("N")
    #expect(screen.lines[3].hasSuffix(" 4 of 4") && screen.lines.contains("   key-80: Wanted"))
    screen.press("esc")
    #expect(screen.lines[3].hasPrefix(" as of"))
    screen.press("/", "z", "z")
    #expect(screen.lines[3].hasSuffix(" 0 found"))
  }

  @Test mutating func whatIsFoundStandsOut() {
    _ = open()
    show(pod)
    screen.press("/", "n", "o", "d", "e", "-", "enter")
    let line = screen.lines[10]
    #expect(line == "   nodeName: node-1")
    #expect(screen.driver.canvas[10, 13].style.role == .selection)
    #expect(screen.driver.canvas[10, 3].style.role == .info, "nodeName has no hyphen.")
  }

  @Test mutating func aSecretsValuesAreShownOnlyWhenAsked() {
    let key = ObjectKey(ObjectKind("Secret"), namespace: "shop", name: "token")
    let object = ClusterObject(cluster: "test", key: key)
    let secret: JSONValue = [
      "data": ["token": "c2VjcmV0"],
      "metadata": [
        "annotations": [
          "kubectl.kubernetes.io/last-applied-configuration": "{\"data\":\"c2VjcmV0\"}"
        ]
      ],
    ]
    let row = ResourcesPage.Row(
      cluster: "test",
      object: ClusterRows.Row(key: key, uid: "u", resourceVersion: "1", creationTimestamp: nil)
    )
    #expect(open([row]).contains(.loadObject(object, revealing: false)))
    show(.text(ObjectText(SecretMask.masked(secret))), of: object)
    #expect(screen.lines.contains { $0.contains("token: •••••• (6 bytes; x shows them)") })
    #expect(!screen.lines.contains { $0.contains("c2Vj") })
    #expect(screen.press("x").contains(.loadObject(object, revealing: true)))
    show(.text(ObjectText(SecretMask.revealed(secret))), isRevealed: true, of: object)
    #expect(screen.lines.contains("   token: secret"))
    #expect(!screen.lines.contains { $0.contains("c2Vj") })
    #expect(screen.press("x").contains(.loadObject(object, revealing: false)))
    #expect(!screen.lines.contains { $0.contains("token: secret") }, "It is gone at once.")
    show(.text(ObjectText(SecretMask.revealed(secret))), isRevealed: true, of: object)
    #expect(!screen.lines.contains { $0.contains("secret") }, "An answer that came late.")
  }

  @Test mutating func bytesThatAreNoTextAreCounted() {
    let secret: JSONValue = ["data": ["a": "/w==", "b": "not base64!"]]
    #expect(
      SecretMask.revealed(secret)["data"]
        == ["a": "(1 bytes that are no text)", "b": "not base64!"]
    )
  }

  @Test mutating func whatCannotBeLoadedSaysWhyAndIsAskedForAgain() {
    _ = open()
    show(.failed("Not found: pods \"cart-1\" not found."))
    #expect(screen.lines[5] == "  Not found: pods \"cart-1\" not found.")
    #expect(screen.press("r").contains(.loadObject(Sample.row("cart-1").id, revealing: false)))
    show(pod)
    screen.press("r")
    show(.failed("Cannot reach x."))
    #expect(screen.lines[3].hasPrefix(" Cannot reach x."))
    #expect(screen.lines[4] == " apiVersion: v1", "What was known stays.")
  }

  @Test mutating func hostileAndLongTextsStayInTheirPlace() {
    _ = open()
    let long = String(repeating: "word ", count: 60)
    show([
      "a": "\u{1b}[2J\u{202e}", "b": .string(long),
      "c": .string(String(repeating: "x", count: 300)),
    ])
    #expect(screen.lines.allSatisfy { DisplayText($0).width <= 80 })
    #expect(screen.lines[4] == " a: \"\\u001b[2J�\"")
    #expect(screen.lines[5].hasPrefix(" b: \"word word") && screen.lines[6].hasPrefix("    word"))
  }

  @Test mutating func theObjectOfAFindingIsAKeyAway() {
    var driver = AppDriver()
    driver.show([Sample.finding(1)])
    let object = ClusterObject(
      cluster: "test",
      key: ObjectKey(ObjectKind("Pod"), namespace: "shop", name: "pod-1")
    )
    #expect(driver.press("y").contains(.loadObject(object, revealing: false)))
    #expect(driver.lines[1].hasPrefix("── Pod shop/pod-1 @test ─"))
    driver.press("esc", "enter")
    #expect(driver.press("y").contains(.loadObject(object, revealing: false)))
  }

  @Test(
    "It fits every size",
    arguments: [(60, 16), (80, 24), (200, 50), (400, 120)]
  )
  mutating func sizes(columns: Int, rows: Int) {
    screen = ResourcesDriver(columns, rows)
    _ = open()
    let deep = (0..<40).reduce(JSONValue.string(String(repeating: "y", count: 99))) {
      value,
      number in
      ["a-rather-long-key-\(number)": value]
    }
    show(deep)
    screen.press("/", "y")
    #expect(screen.lines.count == rows)
    #expect(screen.lines.allSatisfy { DisplayText($0).width <= columns })
  }
}
