import Foundation
import TerminalKit
import Testing

@Suite struct ThemeTests {
  @Test func aThemeGivesRolesTheirLooks() throws {
    let theme = try Theme(
      parsing: """
        critical: { foreground: "#ff0000", background: 17, attributes: [bold, reverse] }
        muted: { foreground: bright-black, attributes: dim }
        """,
      name: "t",
      path: "t.yaml"
    )
    let critical = theme.look(of: .critical)
    #expect(critical.foreground == .rgb(red: 255, green: 0, blue: 0))
    #expect(critical.background == .indexed(17))
    #expect(critical.isBold && critical.isReversed && !critical.isDim)
    #expect(theme.look(of: .muted).foreground == .indexed(8))
    #expect(theme.look(of: .text) == Theme.Look())
  }

  @Test(
    "A broken theme is told with its line",
    arguments: [
      ("text: {}\na: [", "t.yaml:3: not valid YAML"), ("- x", "t.yaml:1: expected a map."),
      ("text: {}\ncritcal: {}", "t.yaml:2: there is no role critcal; did you mean critical?"),
      ("text: {}\nnothing: {}", "t.yaml:2: there is no role nothing."),
      ("text: 7", "t.yaml:1: text: expected a map."),
      (
        "text: { foregound: red }",
        "t.yaml:1: there is no field foregound; did you mean foreground?"
      ),
      (
        "text: { attributes: [blod] }",
        "t.yaml:1: there is no attribute blod; did you mean bold?"
      ),
      (
        "text: { foreground: reddish }",
        "t.yaml:1: text.foreground: reddish is no colour; write a name, 0-255, default or \"#rrggbb\"."
      ),
    ]
  )
  func broken(text: String, message: String) {
    let error = #expect(throws: ThemeError.self) {
      try Theme(parsing: text, name: "t", path: "t.yaml")
    }
    #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
  }

  @Test func namedColoursMayBeChosenWhereTheNearestWouldNotDo() throws {
    let theme = try Theme(
      parsing: """
        warning: { foreground: "#8f5e15", basic: magenta }
        key: { foreground: red }
        """,
      name: "t",
      path: "t.yaml"
    )
    #expect([8, 16, 256].map(theme.look(of: .warning).textIndex) == [5, 5, 94])
    #expect(theme.look(of: .key).textIndex(ofPalette: 8) == 1)
  }

  @Test(
    "What is critical and what is a warning differ on every terminal",
    arguments: ["default-dark", "default-light"],
    [8, 16, 256]
  )
  func severities(name: String, palette: Int) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "themes").path
    let theme = try ThemeFolder(folders: [folder]).theme(name)
    let colors = [Role.critical, .warning, .info].map {
      theme.look(of: $0).textIndex(ofPalette: palette)
    }
    #expect(Set(colors).count == 3, "\(colors)")
  }

  @Test(
    "Colours become the nearest of a palette",
    arguments: [
      ("#ff0000", 256, 196), ("#ffffff", 256, 231), ("#000000", 256, 16), ("#808080", 256, 244),
      ("#ff0000", 16, 9), ("#000000", 8, 0), ("200", 256, 200), ("default", 256, -1),
      ("red", 8, 1), ("196", 8, 1),
    ]
  )
  func nearest(text: String, palette: Int, index: Int) {
    #expect(Color(text)?.index(ofPalette: palette) == index)
  }

  @Test(
    "With few colours grey text is the terminal's own",
    arguments: [
      ("#6c6f7e", 8, -1), ("#000000", 8, -1), ("#b3001b", 8, 1), ("#6c6f7e", 256, 243),
    ]
  )
  func greyText(text: String, palette: Int, index: Int) {
    #expect(Color(text)?.textIndex(ofPalette: palette) == index)
  }

  @Test("What is no colour is not read", arguments: ["", "256", "-1", "#fff", "#gggggg", "Red"])
  func refuses(text: String) { #expect(Color(text) == nil) }

  @Test(
    "The themes that come with KPatrol are whole",
    arguments: ["default-dark", "default-light"]
  )
  func shipped(name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "themes").path
    let theme = try ThemeFolder(folders: [folder]).theme(name)
    #expect(theme.look(of: .critical) != theme.look(of: .text))
    #expect(theme.look(of: .selection) != theme.look(of: .text))
  }

  @Test func aThemeThatIsNowhereSaysWhereItWasLookedFor() {
    let error = #expect(throws: ThemeError.self) {
      try ThemeFolder(folders: ["/nowhere"]).theme("none")
    }
    #expect(error?.description == "none.yaml: cannot be read: looked in /nowhere.")
  }
}

@Suite struct KeyTests {
  @Test(
    "Keys are named as people write them",
    arguments: [
      ("j", Key.character("j")), ("ctrl-c", .control("c")), ("enter", .enter),
      ("esc", .escape), ("?", .character("?")), ("G", .character("G")), ("space", .character(" ")),
      ("page-up", .pageUp),
    ]
  )
  func named(name: String, key: Key) {
    #expect(Key(stringLiteral: name) == key)
    #expect(key.description == name)
  }
}
