import Testing

@testable import TerminalKit

@Suite struct ChartTests {
  private func lines(_ series: [[Double?]], columns: Int = 4, rows: Int = 2, span: Int = 8)
    -> [String]
  {
    var canvas = Canvas(Size(columns: columns, rows: rows))
    let lines = series.map { BrailleChart.Series($0, Style(.info)) }
    BrailleChart(lines, maximum: 7, span: span).draw(on: &canvas, in: canvas.region)
    return canvas.lines
  }

  @Test func aLineRisesByADotForEachPart() {
    #expect(lines([[0, 1, 2, 3, 4, 5, 6, 7]]) == ["  ⣠⠞", "⣠⠞⠁"])
  }

  @Test func aSteepLineHasNoGaps() {
    #expect(lines([[0, 0, 0, 0, 7, 7, 7, 7]]) == ["  ⡏⠉", "⣀⣀⡇"])
  }

  @Test func whatWasNotMeasuredIsEmptyAndTheNewestIsAtTheRight() {
    #expect(lines([[7, 7]]) == ["   ⠉", ""])
    #expect(lines([[0, nil, nil, nil, nil, nil, nil, 0]]) == ["", "⡀  ⢀"])
  }

  @Test func moreThanFitsShowsTheHighest() {
    var values = [Double?](repeating: 0, count: 80)
    values[40] = 7
    #expect(lines([values], span: 80) == ["  ⣿", "⣀⣀⣿⣀"])
  }

  @Test func theFirstLineIsSeenWhereSeveralMeet() {
    var canvas = Canvas(Size(columns: 1, rows: 1))
    let series = [Role.critical, .muted].map { BrailleChart.Series([0, 0], Style($0)) }
    BrailleChart(series, maximum: 1, span: 2).draw(on: &canvas, in: canvas.region)
    #expect(canvas[0, 0].style.role == .critical)
  }

  @Test(
    "A sparkline is as high as its values are",
    arguments: [
      ([0, 1, 2, 3, 4, 5, 6, 7], "▁▂▃▄▅▆▇█"), ([0, 0], "▁▁"), ([], ""), ([5, 1_000_000], "▂█"),
    ]
  )
  func sparkline(values: [Double], text: String) {
    #expect(Sparkline.text(values) == text)
  }

  @Test func aSparklineHasGaps() { #expect(Sparkline.text([nil, 1, nil]) == " █ ") }

  @Test(
    "Charts have a form of ASCII",
    arguments: [("⡇", ":"), ("⠉", "."), ("⣿", "#"), ("⠀", " "), ("█", "#"), ("▁", "_")]
  )
  func ascii(text: String, shown: String) { #expect(ASCIIGlyph.text(text) == shown) }
}
