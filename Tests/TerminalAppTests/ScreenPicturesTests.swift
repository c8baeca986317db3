import Foundation
import TerminalKit
import Testing

@testable import TerminalApp

/// How screens look, line by line, at the size of old and of large terminals, and without colours.
@Suite struct ScreenPicturesTests {
  /// Set to anything, the pictures are drawn instead of compared.
  private static let variable = "KPATROL_WRITE_SCREENS"
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Screens")

  @Test("A screen is as it was drawn", arguments: Scene.all, [80, 200])
  func pictures(scene: Scene, columns: Int) throws {
    let rows = columns == 80 ? 24 : 50
    let canvas = scene.driver(columns, rows).canvas
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

  @Test func everyScreenHasAPicture() throws {
    let screens = try Scene.screensOfSources()
    #expect(screens.count > 20)
    let shown = Set(Scene.all.flatMap { $0.driver().screenNames })
    for screen in screens where !shown.contains(screen) {
      Issue.record("No scene shows \(screen).")
    }
  }

  /// A picture that no scene draws any more is of a screen that is gone.
  @Test func everyPictureHasAScene() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    let scenes = Set(Scene.all.map(\.name))
    for name in names {
      let scene = name.replacing(#/-\d+x\d+\.txt$/#, with: "")
      #expect(scenes.contains(scene), "\(name)")
    }
    #expect(Set(Scene.all.map(\.name)).count == Scene.all.count)
  }

  /// Whoever sees no colour still sees how bad something is.
  @Test func severitiesAreToldBySymbolsInEveryList() {
    var driver = AppDriver()
    driver.show(Scene.findings)
    #expect(zip(["✖", "▲", "●"], driver.lines[4...6]).allSatisfy { $1.contains($0) })
  }
}
