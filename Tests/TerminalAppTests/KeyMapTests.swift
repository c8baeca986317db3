import KubernetesObjects
import TerminalKit
import Testing
import UserConfiguration

@testable import Monitoring
@testable import TerminalApp

@Suite struct KeyMapTests {
  private func keys(_ text: String) throws -> KeyMap {
    let file = try ConfigurationFile(parsing: text, path: "c.yaml", checks: [])
    return try KeyMap(file.settings.keys)
  }

  private func app(_ text: String) throws -> App {
    var app = App(
      SetUp(keys: try keys(text)),
      at: Timestamp(millisecondsSince1970: 1_795_694_400_000)
    )
    _ = app.update(.resize(Size(columns: 80, rows: 24)))
    return app
  }

  private func lines(_ app: App) -> [String] {
    var canvas = Canvas(Size(columns: 80, rows: 24))
    app.draw(on: &canvas)
    return canvas.lines
  }

  @Test func whatIsNotBoundAnewKeepsItsKeys() throws {
    let keys = try keys("keys: { findings: { filter: O } }")
    #expect(keys.key("O", on: ["findings"]) == "/")
    #expect(keys.key("/", on: ["findings"]) == nil)
    #expect(keys.key("/", on: ["resources"]) == "/")
    #expect(keys.key("enter", on: ["findings"]) == "enter")
    #expect(keys.key("7", on: ["findings"]) == "7")
  }

  @Test func anActionMayHaveSeveralKeysOrNone() throws {
    let keys = try keys("keys: { global: { quit: [Q, ctrl-q], help: [] } }")
    #expect(keys.key("Q", on: ["finding"]) == "q")
    #expect(keys.key(.control("q"), on: ["finding"]) == "q")
    #expect(keys.key("q", on: ["finding"]) == nil)
    #expect(keys.key("?", on: ["finding"]) == nil)
  }

  @Test func footerAndDispatchFollow() throws {
    var app = try app("keys: { global: { help: H, quit: [] }, findings: { clusters: O } }")
    #expect(
      lines(app)[23]
        == " enter Open  / Filter  t Group  a Ack  m Mute  O Fleet  : Command  H Help"
    )
    _ = app.update(Input.key("q"))
    #expect(!app.isFinished)
    _ = app.update(Input.key("O"))
    #expect(lines(app)[1].hasPrefix("── Fleet"))
    _ = app.update(Input.key("H"))
    #expect(lines(app)[1].hasPrefix("── Help: Fleet"))
  }

  @Test func textIsTypedAsItIs() throws {
    var app = try app("keys: { findings: { open: q }, global: { quit: Q } }")
    for key: Key in ["/", "q"] { _ = app.update(Input.key(key)) }
    #expect(lines(app)[2].hasPrefix(" /q"))
  }

  @Test(
    "What cannot be is told with its place",
    arguments: [
      (
        "keys: { findigs: { open: o } }",
        "1:9: keys.findigs: there is no such screen; did you mean findings?"
      ),
      (
        "keys:\n  findings:\n    fliter: o",
        "3:5: keys.findings.fliter: there is no such action; did you mean filter?"
      ),
      ("keys: { findings: { open: [ctrl-1] } }", "1:28: keys.findings.open[0]: is no key; write"),
      ("keys: { findings: { open: ctrl-i } }", "1:27: keys.findings.open: is no key; write"),
      (
        "keys: { findings: { open: / } }",
        "1:27: keys.findings.open: / is already filter of findings"
      ),
      ("keys: { findings: { open: q } }", "1:27: keys.findings.open: q is already quit of global"),
      ("keys: { global: { help: c } }", "1:25: keys.global.help: c is already "),
      ("keys: [a]", "1:7: keys: expected a map"),
    ]
  )
  func mistakes(text: String, message: String) {
    let error = #expect(throws: ConfigurationError.self) { try keys(text) }
    #expect(
      error?.description.hasPrefix("c.yaml:\(message)") == true,
      "\(error?.description ?? "")"
    )
  }

  @Test func keysMayChangePlaces() throws {
    let keys = try keys("keys: { findings: { open: /, filter: enter } }")
    #expect(keys.key("/", on: ["findings"]) == "enter")
    #expect(keys.key("enter", on: ["findings"]) == "/")
  }

  @Test("Each action of a screen has a name of its own", arguments: KeyTable.all.map(\.screen))
  func names(screen: String) throws {
    let table = try #require(KeyTable.all.first { $0.screen == screen })
    let names = table.rows.map(\.action)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { name in name.allSatisfy { $0.isASCII && $0.isLetter } }, "\(names)")
    let keys = table.rows.flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
  }

  @Test func tabsHaveTablesOfTheirOwnThatComeFirst() throws {
    let keys = try keys("keys: { logs: { wrap: W, follow: F }, object: { shell: S } }")
    let logs = ["logs", "object"]
    #expect(keys.key("W", on: logs) == "w")
    #expect(keys.key("w", on: logs) == nil)
    #expect(keys.key("F", on: logs) == "s")
    // Among logs there is no shell, whose own key follows there.
    #expect(keys.key("S", on: logs) == "S")
    #expect(keys.key("S", on: ["yaml", "object"]) == "s")
    #expect(keys.key("w", on: ["yaml", "object"]) == "w")
    let hint = KeyHint(keys: ["w"], label: "Wrap", help: "")
    #expect(keys.hints([hint], on: logs).map(\.keys) == [["W"]])
  }

  @Test func keysOfATabAreThoseOfTheConfiguration() throws {
    var app = try app("keys: { logs: { wrap: W } }")
    let pod = ClusterObject(
      cluster: "test",
      key: ObjectKey(Pod.kind, namespace: "shop", name: "cart-1")
    )
    _ = app.update(Message.open(pod))
    _ = app.update(Input.key("l"))
    #expect(lines(app)[23].contains("W Wrap"))
    #expect(app.screens.last?.keyTables == ["logs", "object"])
  }

  /// People write these into their files: they stay as they are.
  @Test func namesAreStable() throws {
    let names = Dictionary(
      uniqueKeysWithValues: KeyTable.all.map { ($0.screen, Set($0.rows.map(\.action))) }
    )
    #expect(
      names["global"]?.isSuperset(of: ["back", "command", "help", "quit", "redraw", "save"]) == true
    )
    #expect(names["findings"]?.isSuperset(of: ["open", "filter", "fold", "moveNext"]) == true)
    #expect(names["logs"]?.isSuperset(of: ["follow", "startTail", "wrap"]) == true)
    #expect(names["catalogue"]?.isSuperset(of: ["sortFindings", "sortShare"]) == true)
  }
}
