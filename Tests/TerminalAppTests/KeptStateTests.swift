import Foundation
import KubernetesObjects
import TerminalKit
import Testing

@testable import Monitoring
@testable import TerminalApp

@Suite struct KeptStateTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "kept-\(UInt64.random(in: 0 ... .max))").path

  private func cleanUp() { try? FileManager.default.removeItem(atPath: folder) }

  private func app(_ kept: KeptState) -> App {
    var app = App(SetUp(kept: kept), at: Sample.now)
    _ = app.update(.resize(Size(columns: 80, rows: 24)))
    _ = app.update(Message.statuses([Sample.status()]))
    return app
  }

  private func press(_ text: String, _ app: inout App) {
    for character in text {
      _ = app.update(Input.key(character == "\n" ? "enter" : .character(character)))
    }
  }

  private func lines(_ app: App) -> [String] {
    var canvas = Canvas(Size(columns: 80, rows: 24))
    app.draw(on: &canvas)
    return canvas.lines
  }

  @Test func whatIsWrittenIsReadAgainByTheUserAlone() throws {
    defer { cleanUp() }
    let file = StateFile(inFolder: folder)
    #expect(file.load().state == KeptState() && file.load().problem == nil)
    var state = KeptState()
    state.theme = "nord"
    state.screens = ["resources": ["wide": "true"]]
    #expect(file.save(state) == nil)
    #expect(file.load().state == state)
    let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/state.json")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["state.json"])
  }

  @Test("A broken file is set aside", arguments: ["", "{", "[1]", #"{"theme": 7}"#, "\u{0}"])
  func broken(text: String) throws {
    defer { cleanUp() }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try text.write(toFile: "\(folder)/state.json", atomically: true, encoding: .utf8)
    let file = StateFile(inFolder: folder)
    let (state, problem) = file.load()
    #expect(state == KeptState())
    #expect(problem?.hasSuffix("It is kept as \(folder)/state.json.broken.") == true)
    #expect(try String(contentsOfFile: "\(folder)/state.json.broken", encoding: .utf8) == text)
    #expect(file.load().problem == nil)
  }

  @Test func ofSeveralProgramsTheLastWins() async {
    defer { cleanUp() }
    let file = StateFile(inFolder: folder)
    await withTaskGroup { group in
      for number in 0..<50 {
        group.addTask {
          var state = KeptState()
          state.theme = String(repeating: "\(number)", count: 5000)
          _ = file.save(state)
        }
      }
    }
    let (state, problem) = file.load()
    #expect(problem == nil)
    #expect(state.theme?.count ?? 0 >= 5000)
  }

  @Test func whereItCannotBeWrittenIsTold() {
    #expect(
      StateFile(inFolder: "/dev/null/x").save(KeptState())?
        .hasPrefix("Not written. /dev/null/x: ") == true
    )
  }

  @Test func theFirstStartIsExplained() {
    var app = app(KeptState())
    #expect(lines(app)[19].contains("enter opens a finding") || lines(app)[20].contains("enter"))
    #expect(lines(app)[22].contains("Any key hides this."))
    press("j", &app)
    #expect(!lines(app).joined().contains("Any key hides this."))
    let state = app.stateAtEnd()
    #expect(state?.isIntroduced == true)
  }

  @Test func screensAreAsTheyWere() throws {
    var first = app(KeptState())
    press("CF", &first)
    let state = first.stateAtEnd()
    let kept = try #require(state)
    #expect(kept.screens["catalogue"]?["sort"] == "FINDINGS")
    #expect(kept.lastCommands == ["test": "checks"])

    var second = app(kept)
    #expect(lines(second)[1].hasPrefix("── Findings"))
    let effects = second.update(Message.tick(Sample.now))
    #expect(effects.contains(.loadVocabulary))
    _ = second.update(Message.vocabulary(.sample))
    #expect(lines(second)[1].hasPrefix("── Checks"))
    _ = second.stateAtEnd()
    #expect(second.kept.lastCommands == ["test": "checks"])
  }

  @Test func whoDoesSomethingIsNotTakenElsewhere() {
    var kept = KeptState()
    kept.lastCommands = ["test": "checks", "other": "clusters"]
    var app = app(kept)
    press("j", &app)
    _ = app.update(Message.tick(Sample.now))
    _ = app.update(Message.vocabulary(.sample))
    #expect(lines(app)[1].hasPrefix("── Findings"))
    _ = app.stateAtEnd()
    #expect(app.kept.lastCommands == ["other": "clusters"])
  }

  @Test func stateIsWrittenOnceWhereItChanged() {
    var app = app(KeptState())
    press("j", &app)
    func writes(_ app: inout App) -> Int {
      app.update(Message.tick(Sample.now)).count { if case .keep = $0 { true } else { false } }
    }
    let counts = [writes(&app), writes(&app)]
    _ = app.update(Message.themed("nord"))
    #expect(counts + [writes(&app)] == [1, 0, 1])
  }
}
