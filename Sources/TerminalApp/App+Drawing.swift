import Monitoring
package import TerminalKit

/// How the program looks: what all screens have above and below, and one of them between.
extension App {
  /// What is left for the screen between the title and the footer.
  var body: Region {
    Region(row: 0, column: 0, columns: size.columns, rows: size.rows).inset(top: 2, bottom: 1)
  }

  var footer: [KeyHint] {
    if palette != nil { return Palette.hints }
    let hints = screens.last?.hints ?? []
    return isTyping ? hints : shown(hints + Self.bindings.map(\.hint))
  }

  /// The keys as they are bound, but for those that change what may only be looked at.
  func shown(_ hints: [KeyHint]) -> [KeyHint] {
    let isReadOnly = !statuses.isEmpty && statuses.allSatisfy { $0.readOnlyRule != nil }
    return keys.hints(hints.filter { !($0.changes && isReadOnly) }, on: keyTables)
  }

  var isTooSmall: Bool {
    size.columns < Terminal.minimumSize.columns || size.rows < Terminal.minimumSize.rows
  }

  package func draw(on canvas: inout Canvas) {
    guard let screen = screens.last else { return }
    guard !isTooSmall else {
      let minimum = Terminal.minimumSize
      let text =
        "\(minimum.columns)×\(minimum.rows) needed, \(size.columns)×\(size.rows) here"
      canvas.write(DisplayText(text).cutAtEnd(to: size.columns), row: 0, column: 0)
      return
    }
    statusLine.draw(on: &canvas)
    canvas.drawLine(row: 1, in: canvas.region)
    statusNotes.draw(on: &canvas, row: 1)
    let title = DisplayText(" \(screen.title) ")
      .cutInMiddle(to: max(0, size.columns - statusNotes.width - 4))
    canvas.write(title, row: 1, column: 2, style: Style(.title, isBold: true))
    screen.draw(on: &canvas, in: body)
    palette?.draw(on: &canvas, in: body)
    drawIntroduction(on: &canvas, in: body)
    if asksWhetherToQuit {
      canvas.write(
        " A plan is still being carried out. End KPatrol all the same? y/n",
        row: size.rows - 1,
        column: 0,
        style: Style(.warning, isBold: true)
      )
    } else if let notice {
      let text = DisplayText(" \(notice)").cutAtEnd(to: size.columns)
      canvas.write(text, row: size.rows - 1, column: 0, style: Style(.warning, isBold: true))
    } else {
      Footer.draw(footer, on: &canvas)
    }
  }
}
