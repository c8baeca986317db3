/// How far something is, as a bar.
package enum ProgressBar {
  /// Draws `fraction`, from 0 to 1, in `width` columns; text beside it must tell it too.
  package static func draw(
    _ fraction: Double,
    on canvas: inout Canvas,
    row: Int,
    column: Int,
    width: Int
  ) {
    let filled = Int((min(max(fraction, 0), 1) * Double(width)).rounded(.down))
    canvas.write(
      String(repeating: "█", count: filled),
      row: row,
      column: column,
      style: Style(.progress)
    )
    canvas.write(
      String(repeating: "░", count: width - filled),
      row: row,
      column: column + filled,
      style: Style(.muted)
    )
  }
}
