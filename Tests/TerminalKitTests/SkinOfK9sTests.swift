import Foundation
import TerminalKit
import Testing

@Suite struct SkinOfK9sTests {
  private func rgb(_ value: Int) -> Color {
    .rgb(red: value >> 16, green: value >> 8 & 0xff, blue: value & 0xff)
  }

  @Test func aSkinGivesTheRolesItsColours() throws {
    let theme = try ThemeSamples.skin("lagoon")
    #expect(theme.name == "lagoon")
    let foregrounds: [Role: Int] = [
      .text: 0xd7eef2, .muted: 0x708090, .title: 0x3fb8af, .border: 0x4682b4, .header: 0xffffff,
      .key: 0xe8c07d, .selection: 0x0b1e26, .critical: 0xff7f6a, .warning: 0xffa500,
      .info: 0x87ceeb, .success: 0x98fb98, .progress: 0x3fb8af, .error: 0xff7f6a, .input: 0xe8c07d,
    ]
    for role in Role.allCases {
      let look = theme.look(of: role)
      #expect(look.foreground == foregrounds[role].map(rgb), "\(role)")
      #expect(look.background == rgb(role == .selection ? 0x3fb8af : 0x0b1e26), "\(role)")
    }
    #expect(theme.look(of: .critical).isBold)
  }

  @Test func whatASkinDoesNotSayIsAsInK9s() throws {
    let theme = try ThemeSamples.skin("paper")
    #expect(theme.look(of: .text).foreground == rgb(0))
    #expect(theme.look(of: .text).background == .standard)
    // "-" leaves it to the terminal, and so to the text.
    #expect(theme.look(of: .border).foreground == rgb(0))
    #expect(theme.look(of: .critical).foreground == rgb(0xdc143c))
    // No colour has that name: k9s takes the terminal's own.
    #expect(theme.look(of: .warning).foreground == rgb(0))
    #expect(theme.look(of: .info).foreground == rgb(0x87cefa))
    #expect(theme.look(of: .selection).isReversed)
  }

  @Test(
    "A broken skin is told with its line",
    arguments: [
      ("k9s:\n  body: red\n", "s.yaml:2: body: expected a map."),
      ("k9s:\n  body:\n    fgColor: [a]\n", "s.yaml:3: body.fgColor: expected a string."),
      ("k9s:\n  body: *none\n", "s.yaml:2: not valid YAML"),
    ]
  )
  func broken(text: String, message: String) {
    let error = #expect(throws: ThemeError.self) {
      try Theme(parsing: text, name: "s", path: "s.yaml")
    }
    let line = error?.description.replacing("k9s.", with: "") ?? ""
    #expect(line.hasPrefix(message), "\(line)")
  }

  /// To try skins that are not ours to keep: `KPATROL_SKINS=folder`.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["KPATROL_SKINS"] != nil))
  func skinsOfAFolderAreRead() throws {
    let folder = ThemeFolder(folders: [ProcessInfo.processInfo.environment["KPATROL_SKINS"] ?? ""])
    #expect(!folder.names.isEmpty)
    for name in folder.names { #expect(try folder.theme(name).name == name) }
  }
}
