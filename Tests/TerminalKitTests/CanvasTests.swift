import Testing

@testable import TerminalKit

@Suite struct DisplayTextTests {
  @Test(
    "Widths are those of a terminal",
    arguments: [
      ("abc", 3), ("héllo", 5), ("e\u{301}", 1), ("漢字", 4), ("한글", 4), ("😀", 2), ("👨‍👩‍👧‍👦", 2),
      ("🇩🇪", 2), ("❤️", 2), ("…", 1), ("─█░", 3), ("ﾊﾝｶｸ", 4), ("ＡＢ", 4), ("✖▲●✔", 4), ("", 0),
    ]
  )
  func widths(text: String, width: Int) { #expect(DisplayText(text).width == width) }

  @Test(
    "What could act on a terminal is made visible",
    arguments: [
      ("a\u{1b}[31mb", "a�[31mb"), ("a\nb", "a�b"), ("a\r\nb", "a�b"), ("a\tb", "a�b"),
      ("a\u{0}b", "a�b"), ("a\u{7f}b", "a�b"), ("a\u{9b}31mb", "a�31mb"), ("\u{7}", "�"),
      ("a\u{202e}b", "a�b"), ("a\u{2066}b", "a�b"), ("\u{feff}a", "�a"), ("a\u{2028}b", "a�b"),
      ("\u{e0041}a", "�a"),
    ]
  )
  func hostile(text: String, shown: String) {
    let display = DisplayText(text)
    #expect(
      display.string.unicodeScalars.allSatisfy { scalar in
        scalar.value >= 0x20 && !(0x7f..<0xa0).contains(scalar.value)
          && !(0x202a...0x202e).contains(scalar.value)
          && !(0x2066...0x2069).contains(scalar.value)
      }
    )
    #expect(display.string == shown)
  }

  @Test func aPileOfMarksIsNoCharacter() {
    let pile = "a" + String(repeating: "\u{301}", count: 1000)
    #expect(DisplayText(pile).string == "�")
  }

  @Test(
    "Long text loses its middle",
    arguments: [
      ("abcdefgh", 5, "ab…gh"), ("abcdefgh", 8, "abcdefgh"), ("abcdefgh", 4, "ab…h"),
      ("abcdefgh", 1, "…"), ("abcdefgh", 0, ""), ("漢字漢字", 5, "漢…字"), ("漢字漢字", 4, "漢…"),
    ]
  )
  func cutsMiddle(text: String, width: Int, shown: String) {
    #expect(DisplayText(text).cutInMiddle(to: width).string == shown)
    #expect(DisplayText(text).cutInMiddle(to: width).width <= width)
  }

  @Test(
    "Text is wrapped between words",
    arguments: [
      ("one two three", 7, ["one two", "three"]), ("one two three", 8, ["one two ", "three"]),
      ("abcdefghij", 4, ["abcd", "efgh", "ij"]), ("", 4, [""]), ("漢字漢字", 5, ["漢字", "漢字"]),
    ]
  )
  func wraps(text: String, width: Int, lines: [String]) {
    #expect(DisplayText(text).wrapped(to: width).map(\.string) == lines)
  }
}

@Suite struct CanvasTests {
  private var canvas = Canvas(Size(columns: 10, rows: 3))

  @Test mutating func textStopsAtTheEdges() {
    canvas.write("0123456789abc", row: 0, column: 0)
    canvas.write("abc", row: 1, column: 8)
    canvas.write("abc", row: 1, column: -1)
    canvas.write("abc", row: 7, column: 0)
    canvas.write("abc", row: 2, column: 2, width: 2)
    #expect(canvas.lines == ["0123456789", "bc      ab", "  ab"])
  }

  @Test mutating func aWideCharacterIsNeverCutInHalf() {
    canvas.write("123456789漢", row: 0, column: 0)
    canvas.write("漢字", row: 1, column: 0)
    canvas.write("x", row: 1, column: 1)
    canvas.write("漢字", row: 2, column: 0)
    canvas.write("漢", row: 2, column: 1)
    #expect(canvas.lines == ["123456789", " x字", " 漢"])
  }

  @Test mutating func aRowIsRestyledWithoutItsText() {
    canvas.write("abc", row: 1, column: 0, style: Style(.critical))
    canvas.restyle(row: 1, in: canvas.region) { $0.role = .selection }
    #expect(canvas[1, 1].text == "b")
    #expect(canvas[1, 1].style == Style(.selection))
    #expect(canvas[0, 0].style == Style())
  }
}

@Suite struct WidgetTests {
  private func canvas(_ draw: (inout Canvas) -> Void) -> [String] {
    var canvas = Canvas(Size(columns: 20, rows: 1))
    draw(&canvas)
    return canvas.lines
  }

  @Test func aFooterShowsWholeHintsOnly() {
    let hints = [
      KeyHint(keys: ["h", "x"], label: "Heal", help: ""),
      KeyHint(keys: ["j"], label: "", help: ""),
      KeyHint(keys: ["q"], label: "Quit", help: ""),
      KeyHint(keys: ["?"], label: "A long hint", help: ""),
    ]
    let lines = canvas { Footer.draw(hints, on: &$0) }
    #expect(lines == [" h Heal  q Quit"])
    let keys = [0, 1, 6, 7, 9, 14, 15].map { Footer.key(at: $0, of: hints, width: 20) }
    #expect(keys == [nil, "h", "h", nil, "q", "q", nil])
  }

  @Test func aFooterKeepsRoomForWhatLeadsToTheRest() {
    let hints = [
      KeyHint(keys: ["a"], label: "First", help: ""),
      KeyHint(keys: ["b"], label: "Second", help: ""),
      KeyHint(keys: ["?"], label: "Help", help: "", isAlwaysShown: true),
      KeyHint(keys: ["q"], label: "Q", help: ""),
    ]
    #expect(canvas { Footer.draw(hints, on: &$0) } == [" a First  ? Help"])
    #expect(Footer.key(at: 11, of: hints, width: 20) == "?")
  }

  @Test(
    "A console without them shows other characters than those of its own fonts",
    arguments: [
      ("─", "─", "-"), ("✖", "X", "X"), ("⡇", ":", ":"), ("é", "é", "?"), ("名", "名", "?"),
      ("", nil, "?"), ("a", "a", "a"), ("▸", ">", ">"),
    ]
  )
  func glyphs(text: String, ofConsole: String?, ofASCII: String) {
    #expect(GlyphSet.console.text(text) == ofConsole)
    #expect(GlyphSet.ascii.text(text) == ofASCII)
    #expect(GlyphSet.all.text(text) == (text.isEmpty ? nil : text))
  }

  @Test(
    "A terminal that a machine has not heard of is like another",
    arguments: [
      ("xterm-kitty", "xterm-256color"), ("putty-256color", "xterm-256color"), ("putty", "xterm"),
      ("tmux-256color", "screen-256color"), ("screen.xterm-256color", "screen-256color"),
      ("alacritty", "xterm-256color"), ("st-256color", "xterm-256color"),
      ("linux-16color", "vt100"),
      ("no-such-terminal", nil), ("stranger", nil), ("", nil),
    ]
  )
  func likeness(type: String, like: String?) { #expect(TerminalLikeness.of(type) == like) }

  @Test(
    "A bar is as long as its fraction",
    arguments: [
      (0.0, "░░░░"), (0.5, "██░░"), (0.99, "███░"), (1, "████"), (7, "████"), (-1, "░░░░"),
    ]
  )
  func bar(fraction: Double, bar: String) {
    let lines = canvas { ProgressBar.draw(fraction, on: &$0, row: 0, column: 0, width: 4) }
    #expect(lines == [bar])
  }

  @Test func aTextFieldEditsAroundItsCursor() {
    var field = TextField("ab")
    for key in ["left", "x", "home", "y", "end", "é", "backspace", "delete"] as [Key] {
      let isHandled = field.handle(key)
      #expect(isHandled)
    }
    #expect(field.text == "yaxb")
    let isWordHandled = field.handle("ctrl-w")
    let isEnterHandled = field.handle("enter")
    #expect(field.text.isEmpty)
    #expect((isWordHandled, isEnterHandled) == (true, false))
  }

  @Test func marksJoinTheCharacterBeforeThem() {
    var field = TextField()
    for key in ["e", "\u{301}", "x", "left", "left", "a"] as [Key] { _ = field.handle(key) }
    #expect(field.text == "ae\u{301}x")
    _ = field.handle("delete")
    #expect(field.text == "ax")
    for key in ["\u{2764}", "\u{fe0f}", "backspace", "backspace", "backspace"] as [Key] {
      _ = field.handle(key)
    }
    #expect(field.text == "x")
  }

  @Test func aWordIsDeletedBackwards() {
    var field = TextField("one two  ")
    _ = field.handle("ctrl-w")
    #expect(field.text == "one ")
    _ = field.handle("ctrl-u")
    #expect(field.text == "")
  }

  @Test func aLongTextFieldKeepsItsCursorInSight() {
    let lines = canvas { TextField("0123456789").draw(on: &$0, row: 0, column: 1, width: 5) }
    #expect(lines == [" 6789"])
  }
}

@Suite struct ListStateTests {
  private var list = ListState<Int>()

  init() {
    list.resize(height: 3)
    list.update(count: 10, selectedIndex: nil)
  }

  @Test mutating func theSelectionStopsAtTheEndsAndStaysInSight() {
    list.move(by: 4)
    #expect((list.index, list.offset) == (4, 2))
    list.moveToEnd()
    #expect((list.index, list.offset) == (9, 7))
    list.move(by: -100)
    #expect((list.index, list.offset) == (0, 0))
  }

  @Test mutating func theSelectionFollowsItsItem() {
    list.move(by: 4)
    list.select(id: 42)
    list.update(count: 12, selectedIndex: 6)
    #expect(list.index == 6)
    #expect(list.selectedID == 42)
  }

  @Test mutating func theSelectionStaysOnItsRowOfTheScreen() {
    list.move(by: 4)
    list.move(by: -1)
    list.select(id: 42)
    let row = list.index - list.offset
    for index in [5, 3, 20, 4] {
      list.update(count: 30, selectedIndex: index)
      #expect(list.index - list.offset == row)
    }
    list.update(count: 30, selectedIndex: 0)
    #expect((list.index, list.offset) == (0, 0), "There is nothing above it any more.")
  }

  @Test mutating func theSelectionStaysWhereItsItemVanished() {
    list.move(by: 4)
    list.select(id: 42)
    list.update(count: 3, selectedIndex: nil)
    #expect((list.index, list.offset) == (2, 0))
    #expect(list.selectedID == nil)
  }

  @Test mutating func aRowOfTheWindowIsSelectedAndThenOpened() {
    list.move(by: 4)
    let clicks = [list.click(row: 0), list.click(row: 3), list.click(row: 0)]
    #expect(clicks == [.select, nil, .open])
    #expect(list.index == 2)
  }

  @Test mutating func theSelectionStaysFirstUntilItIsMoved() {
    list.select(id: 42)
    list.update(count: 12, selectedIndex: 6)
    #expect((list.index, list.selectedID) == (0, nil))
    list.move(by: 1)
    list.restart()
    list.update(count: 12, selectedIndex: 6)
    #expect((list.index, list.isChosen) == (0, false))
  }

  @Test mutating func anEmptyListHasNoSelection() {
    list.update(count: 0, selectedIndex: nil)
    list.move(by: 1)
    #expect((list.index, list.offset) == (0, 0))
  }
}
