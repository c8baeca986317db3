import Foundation
import KubernetesClient
import KubernetesObjects
import Monitoring
import TerminalKit
import Testing

@testable import TerminalApp

@Suite struct LogsTabTests {
  private var screen = ResourcesDriver()
  private var request: LogRequest?
  private var second: Int64 = 0
  private let main = LogSource(pod: Sample.row("cart-1").object.key, container: "main")

  private mutating func open(_ key: Key = "l", _ columns: Int = 80, _ rows: Int = 24) {
    screen = ResourcesDriver(columns, rows)
    screen.show([Sample.row("cart-1")])
    note(screen.press(key))
  }

  private mutating func note(_ effects: [Effect]) {
    for case .readLog(let request) in effects { self.request = request }
  }

  private mutating func entry(_ text: String, of source: LogSource? = nil) -> LogEntry {
    second += 1
    let noon = Sample.now.millisecondsSince1970 * 1_000_000
    let time = LogTime(nanosecondsSince1970: noon + second * 1_000_000_000 + 7_000_000)
    return LogEntry(LogLine(time: time, text: text), of: source ?? main)
  }

  private mutating func write(
    _ entries: [LogEntry],
    sources: [LogSource]? = nil,
    containers: [String] = ["main"],
    pods: Int = 1
  ) {
    guard let request else { return }
    var news = LogNews()
    news.entries = entries
    news.sources = sources ?? [main]
    news.containers = containers
    news.podCount = pods
    note(screen.driver.take(.log(news, of: request.id)))
  }

  private mutating func write(_ texts: String...) { write(texts.map { entry($0) }) }

  private mutating func writeNumbers(_ numbers: Range<Int>) {
    write(numbers.map { entry("line \($0)") })
  }

  @Test mutating func aLogStaysAtItsEndWhileItIsFollowed() {
    open()
    #expect(request?.start == .tail(200))
    #expect(screen.lines[5] == "  Loading…")
    writeNumbers(0..<50)
    #expect(
      Array(screen.lines[1...5]) == [
        "── Pod shop/cart-1 @test ───────────────────────────────────────────────────────",
        "  1 Describe   2 YAML   3 Events   4 Logs   5 Graph",
        " container main, tail, following                                       50 of 50",
        " line 31", " line 32",
      ]
    )
    #expect(screen.lines[22] == " line 49")
    #expect(
      screen.lines[23]
        == " / Search  tab Tabs  s Follow  w Wrap  t Times  c Container  : Command  ? Help"
    )
    writeNumbers(50..<52)
    #expect(screen.lines[22] == " line 51")
    screen.press("k")
    writeNumbers(52..<60)
    #expect(screen.lines[22] == " line 50", "Who moves up stays there.")
    #expect(screen.lines[3].hasPrefix(" container main, tail, staying"))
    screen.press("G")
    #expect(screen.lines[22] == " line 59")
    screen.press("g")
    #expect(screen.lines[4] == " line 0")
    screen.press("s")
    #expect(screen.lines[22] == " line 59")
  }

  @Test mutating func aWideScreenShowsMoreOfIt() {
    open("l", 200, 50)
    writeNumbers(0..<100)
    #expect(screen.lines[4] == " line 55")
    #expect(screen.lines[48] == " line 99")
    #expect(screen.lines[3].hasSuffix(" 100 of 100"))
  }

  @Test mutating func whileNobodySeesItNothingIsAskedFor() {
    open()
    write("one")
    let first = request
    #expect(first != nil)
    screen.press("?")
    request = nil
    if let first {
      var news = LogNews()
      news.entries = [entry("two")]
      note(screen.driver.take(.log(news, of: first.id)))
    }
    #expect(request == nil)
    note(screen.press("esc"))
    #expect(request == first, "It goes on where it was.")
    #expect(screen.lines[5] == " two")
  }

  @Test mutating func aLogThatIsLeftIsClosed() {
    open()
    write("one")
    let id = request?.id ?? 0
    #expect(screen.press("esc").contains(.closeLog(id)))
    note(screen.press("]"))
    #expect(request?.id != id, "It is read anew.")
    #expect(screen.lines[5] == "  Loading…")
  }

  @Test mutating func searchingGoesFromMatchToMatch() {
    open()
    writeNumbers(0..<100)
    screen.press("/", "5", "enter")
    #expect(screen.lines[3].hasPrefix(" /5"))
    #expect(screen.lines[3].hasSuffix(" 18 of 19"), "The first one in sight.")
    screen.press("n", "n")
    #expect(screen.lines[3].hasSuffix(" 1 of 19"), "After the last comes the first.")
    screen.press("N", "N", "N", "N", "N")
    #expect(screen.lines[3].hasSuffix(" 15 of 19"))
    let row = screen.lines.firstIndex(of: " line 59") ?? 0
    #expect(screen.driver.canvas[row, 6].style.role == .selection)
    screen.press("esc")
    #expect(screen.lines[3].hasPrefix(" container main"))
  }

  @Test mutating func longLinesAreCutBrokenOrShifted() {
    open()
    let long = (0..<30).map { "word-\($0)" }.joined(separator: " ")
    write(long)
    #expect(screen.lines[4].hasSuffix("…") && screen.lines[5].isEmpty)
    screen.press("right")
    #expect(screen.lines[4].hasPrefix("  word-3 "))
    screen.press("left", "w")
    #expect(screen.lines[4].hasPrefix(" word-0 word-1") && screen.lines[5].hasPrefix(" word-"))
    screen.press("t")
    #expect(screen.lines[4].hasPrefix(" 12:00:01.007 word-0"))
    #expect(screen.lines[5].hasPrefix("              word-"))
  }

  @Test mutating func severalContainersAreToldApartAndMergedByTime() {
    open()
    let other = LogSource(
      pod: ObjectKey(Pod.kind, namespace: "shop", name: "cart-2"),
      container: "main"
    )
    let entries = (0..<4).map { entry("line \($0)", of: $0.isMultiple(of: 2) ? main : other) }
    write([entries[0], entries[2]], sources: [main, other], pods: 3)
    write([entries[1], entries[3]], sources: [main, other], pods: 3)
    #expect(
      Array(screen.lines[3...7]) == [
        " 2 of 3 Pods, container main, tail, following                            4 of 4",
        " 1 line 0", " 2 line 1", " 1 line 2", " 2 line 3",
      ]
    )
  }

  @Test mutating func otherPartsAreReadAnew() {
    open()
    write([entry("one")], containers: ["init", "main"])
    func press(_ key: Key) -> LogRequest? {
      let old = request
      let effects = screen.press(key)
      #expect(effects.contains(.closeLog(old?.id ?? 0)))
      note(effects)
      #expect(request?.id != old?.id)
      return request
    }
    #expect(press("3")?.start == .seconds(300))
    #expect(screen.lines[5] == "  Loading…")
    write([], containers: ["init", "main"])
    #expect(
      screen.lines[5] == "  Nothing was written in the last 5m. 0 shows the last lines."
    )
    #expect(press("1")?.start == .beginning)
    #expect(press("c")?.containers == .named("init"))
    #expect(press("a")?.containers == .all)
    #expect(press("a")?.containers == .named("init"))
    #expect(press("p")?.isPrevious == true)
    #expect(press("0")?.start == .tail(200))
  }

  @Test mutating func thePreviousRunIsAKeyAway() {
    open("p")
    #expect(request?.isPrevious == true)
    write("crashed")
    #expect(screen.lines[3].hasPrefix(" container main, previous run, tail, following"))
  }

  @Test mutating func whatIsKeptIsSaved() {
    open()
    write("one")
    guard let request else { return }
    var news = LogNews()
    news.entries = [LogEntry(note: "the container has ended", at: nil, about: main)]
    news.sources = [main]
    note(screen.driver.take(.log(news, of: request.id)))
    #expect(
      screen.press("ctrl-s") == [
        .saveText(
          name: "test_shop_cart-1",
          lines: ["2026-11-23T12:00:01Z one", "-- the container has ended"]
        )
      ]
    )
  }

  @Test func savedFilesAreTheirOwnersAlone() throws {
    let home = FileManager.default.temporaryDirectory.appending(path: "kpatrol-\(UUID())")
    defer { try? FileManager.default.removeItem(at: home) }
    func save(in folder: String) -> String {
      SavedText.save(["a", "b"], .log, named: "x/../y", in: folder, at: Sample.now)
    }
    let said = (0..<2).map { _ in save(in: home.path) }
    let path = "\(home.path)/logs/x-..-y_20261123120000"
    #expect(said == ["2 lines saved in \(path).log", "2 lines saved in \(path)-2.log"])
    #expect(try String(contentsOfFile: "\(path).log", encoding: .utf8) == "a\nb\n")
    let attributes = try FileManager.default.attributesOfItem(atPath: "\(path).log")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(save(in: "/dev/null/x").hasPrefix("Not saved. /dev/null"))
  }

  // MARK: - What is kept

  @Test mutating func whatIsKeptIsBounded() {
    var buffer = LogBuffer()
    for _ in 0..<50 { _ = buffer.add((0..<1000).map { _ in entry("x") }) }
    #expect(buffer.lines.count <= LogBuffer.mostLines + 1000)
    #expect(buffer.lines.count + buffer.droppedCount == 50_000)
    var wide = LogBuffer()
    let long = String(repeating: "y", count: 16_000)
    for _ in 0..<20 { _ = wide.add((0..<100).map { _ in entry(long) }) }
    #expect(wide.bytes <= LogBuffer.mostBytes + LogBuffer.mostBytes / 8)
    #expect(wide.bytes == wide.lines.count * 16_000)
  }

  @Test(
    "A search finds whatever case was typed",
    arguments: [
      ("error", 2), ("ERROR", 2), ("Ü", 1), ("ü", 1), ("level=error", 1), ("zz", 0), ("e", 3),
    ]
  )
  mutating func matches(text: String, count: Int) {
    var buffer = LogBuffer()
    _ = buffer.add([entry("Level=Error"), entry("an error, Ünal"), entry("e"), entry("")])
    buffer.setSearch(text)
    #expect(buffer.matchCount == count)
  }

  @Test mutating func theReaderStaysWhereTheyAreWhileOldLinesGo() {
    open()
    writeNumbers(0..<20_500)
    screen.press("page-up", "k")
    let shown = screen.lines[4]
    writeNumbers(20_500..<22_000)
    #expect(screen.lines[4] == shown)
    #expect(screen.lines[3].contains("2000 older dropped (keeps 20000 lines or 8 MB)"))
  }

  @Test(
    "What a terminal might act on is dropped or shown",
    arguments: [
      ("\u{1b}[31mred\u{1b}[0m", "red"), ("\u{1b}]0;title\u{07}text", "text"),
      ("\u{1b}]8;;http://x\u{1b}\\link", "link"), ("a\tb", "a       b"),
      ("half\rdone", "half␍done"), ("lone \u{1b}", "lone ␛"),
      ("bell\u{07} and on and on", "bell␇ and on and on"),
      ("\u{1b}[", "␛["), ("plain", "plain"), ("naïve 日本", "naïve 日本"),
      ("\0\u{01}\u{02}ELF\0", "(no text: 7 B)"),
    ]
  )
  func cleaned(text: String, shown: String) {
    #expect(LogText.cleaned(text) == shown)
  }

  @Test mutating func hostileLinesStayInTheirPlace() {
    open("l", 60, 16)
    write("\u{202e}evil\u{1b}[2J", String(repeating: "漢", count: 400), "a\u{0301}b")
    screen.press("w")
    #expect(screen.lines.allSatisfy { DisplayText($0).width <= 60 })
    screen.press("g")
    #expect(screen.lines[4] == " �evil")
  }
}
