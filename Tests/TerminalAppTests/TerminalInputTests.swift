import KubernetesObjects
import TerminalKit
import Testing

@testable import Monitoring
@testable import TerminalApp

/// What terminals send beside keys, and how small they may be.
@Suite struct TerminalInputTests {
  private var app = App()

  init() { _ = app.update(.resize(Size(columns: 80, rows: 24))) }

  private func lines(_ columns: Int = 80, _ rows: Int = 24) -> [String] {
    var canvas = Canvas(Size(columns: columns, rows: rows))
    app.draw(on: &canvas)
    return canvas.lines
  }

  @Test mutating func pastedTextIsNoKeys() {
    #expect(app.update(.paste("q")).isEmpty)
    #expect(!app.isFinished)
    #expect(lines()[23] == " Pasted text is ignored here: as keys it might do anything.")
  }

  @Test mutating func pastedTextGoesWhereTextIsTyped() {
    _ = app.update(Input.key("/"))
    let effects = app.update(.paste("\n a\u{1b}[2Jb\tc\u{202e}d\n"))
    #expect(lines()[2].hasPrefix(" /a[2Jb cd"))
    // One look-up for all of it.
    #expect(effects.count == 1)
    _ = app.update(Input.key("enter"))
    _ = app.update(Input.key(":"))
    _ = app.update(.paste("quit\n"))
    // It is not run by its own line break.
    #expect(!app.isFinished)
    #expect(lines()[2].hasPrefix(" :quit"))
  }

  @Test(arguments: [(40, 10), (59, 24), (80, 15), (5, 1), (1, 1), (0, 0)])
  mutating func aSmallWindowSaysSo(columns: Int, rows: Int) {
    _ = app.update(.resize(Size(columns: columns, rows: rows)))
    _ = app.update(.click(row: 0, column: 0))
    _ = app.update(.wheel(3))
    let lines = lines(columns, rows)
    #expect(lines.count == rows)
    guard columns >= 40 else { return }
    #expect(lines[0] == "60×16 needed, \(columns)×\(rows) here")
  }

  @Test mutating func whatIsToldIsKept() {
    app = App(SetUp(notices: ["first"]), at: Timestamp(millisecondsSince1970: 1_795_694_400_000))
    _ = app.update(.resize(Size(columns: 80, rows: 24)))
    #expect(lines()[23] == " first")
    _ = app.update(Message.tick(Timestamp(millisecondsSince1970: 1_795_694_407_000)))
    for _ in 1...2 { _ = app.update(Message.notice("second\u{1b}[31m")) }
    for key: Key in [":", "l", "o", "g", "enter"] { _ = app.update(Input.key(key)) }
    let lines = lines()
    #expect(lines[1].hasPrefix("── Log"))
    #expect(lines[2].contains("12:00:07 UTC second\u{fffd}[31m (2 times)"))
    #expect(lines[3].contains("12:00:00 UTC first"))
  }

  @Test func whatAScreenCouldNotDoIsKeptToo() {
    var driver = ResourcesDriver()
    driver.show([Sample.row("cart-1")])
    driver.press("O")
    #expect(driver.lines[2].hasPrefix(" No column is picked"))
    driver.press("j", "O", "7")
    driver.run("log")
    #expect(driver.lines[2].hasSuffix("No namespace has the number 7."))
    #expect(
      driver.lines[3].hasSuffix("No column is picked: shift-left and shift-right do. (2 times)")
    )
  }

  @Test mutating func lostClustersAreLogged() {
    _ = app.update(Message.statuses([Sample.status()]))
    for _ in 1...2 { _ = app.update(Message.statuses([Sample.status(.disconnected("no route."))])) }
    _ = app.update(Message.statuses([Sample.status()]))
    #expect(app.log.entries.map(\.text) == ["test: disconnected. no route.", "test: live again."])
    // Clusters have a screen of their own; the log says nothing at the end of others.
    #expect(lines()[23].contains("enter Open"))
  }

  @Test mutating func theScreenIsCopiedAsItIs() {
    let shown = lines().joined(separator: "\n")
    for key: Key in [":", "c", "o", "p", "y"] { _ = app.update(Input.key(key)) }
    #expect(app.update(Input.key("enter")) == [.copy(shown, what: "the text of this screen")])
  }

  @Test mutating func theScreenIsSavedAsItIs() {
    let effects = app.update(Input.key(.control("s")))
    #expect(effects == [.save(lines(), named: "Findings")])
  }

  @Test mutating func theMouseIsGivenBackAndTaken() {
    for key: Key in [":", "m", "o", "u", "s", "e"] { _ = app.update(Input.key(key)) }
    #expect(app.update(Input.key("enter")) == [.useMouse(false)])
    for key: Key in [":", "m", "o", "u", "s", "e"] { _ = app.update(Input.key(key)) }
    #expect(app.update(Input.key("enter")) == [.useMouse(true)])
  }

  @Test mutating func helpIsSearched() {
    for key: Key in ["?", "/"] { _ = app.update(Input.key(key)) }
    for character in "quit" { _ = app.update(Input.key(.character(character))) }
    let lines = lines()
    #expect(lines[2].hasPrefix(" /quit"))
    #expect(lines[3].contains("On every screen"))
    #expect(lines.contains { $0.contains("q ctrl-c") && $0.contains("Ends KPatrol") })
    #expect(!lines.contains { $0.contains("Shows only findings") })
    _ = app.update(Input.key("esc"))
    #expect(self.lines()[2].contains("On this screen"))
  }

  @Test mutating func helpIsReadToItsEndOnASmallScreen() {
    _ = app.update(.resize(Size(columns: 60, rows: 16)))
    _ = app.update(Input.key("?"))
    #expect(lines(60, 16).contains { $0.contains("more") })
    _ = app.update(Input.key("G"))
    #expect(lines(60, 16).joined().contains("settle window"))
  }
}
