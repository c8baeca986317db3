import TerminalKit
import Testing

/// A display that shows nothing and remembers all.
@MainActor
private final class FakeDisplay: Display {
  var size = Size(columns: 20, rows: 2)
  let inputs = Inputs()
  private(set) var frames: [String] = []

  func present(_ canvas: Canvas) { frames.append(canvas.lines[0]) }
  func use(_ theme: Theme) {}
  func copy(_ text: String) {}
}

/// Writes down all that happens to it.
private struct Recorder: Model {
  typealias Message = String
  typealias Effect = String

  var log: [String] = []
  var isFinished = false
  /// Messages that say nothing are not shown.
  var look: Int { log.count { $0 != "nothing" } }

  mutating func update(_ input: Input) -> [String] {
    switch input {
    case .key(let key):
      log.append("key \(key)")
      isFinished = key == "q"
      return key == "e" ? ["asked"] : []
    case .resize(let size): log.append("\(size.columns)x\(size.rows)")
    case .signal: isFinished = true
    case .paste, .click, .wheel: break
    }
    return []
  }

  mutating func update(_ message: String) -> [String] {
    log.append(message)
    isFinished = isFinished || message == "end"
    return []
  }

  func draw(on canvas: inout Canvas) {
    canvas.write(log.last { $0 != "nothing" } ?? "", row: 0, column: 0)
  }
}

@MainActor
@Suite struct ProgramTests {
  private let display = FakeDisplay()

  private func run(_ messages: [String]) async {
    let (outside, continuation) = AsyncStream.makeStream(of: String.self)
    for message in messages { continuation.yield(message) }
    let program = Program(Recorder(), on: display) { effect in "answer to \(effect)" }
    await program.run(messages: outside)
  }

  @Test func theFirstFrameIsDrawnAtOnce() async {
    await run(["end"])
    #expect(display.frames.first == "20x2")
    #expect(display.frames.last == "end")
  }

  @Test func aKeyIsNotHeldUpByAFloodOfMessages() async {
    display.inputs.send(.key("q"))
    await run((0..<100_000).map { "message \($0)" })
    #expect(display.frames.last == "key q")
    #expect(display.frames.count < 10)
  }

  @Test func anEffectComesBackAsAMessage() async {
    display.inputs.send(.key("e"))
    let display = display
    let task = Task {
      while !display.frames.contains("answer to asked") { await Task.yield() }
      display.inputs.send(.key("q"))
    }
    await run([])
    await task.value
    #expect(display.frames.contains("answer to asked"))
  }

  @Test func messagesThatChangeNothingCostNoFrame() async {
    await run(Array(repeating: "nothing", count: 1000) + ["end"])
    #expect(display.frames == ["20x2", "end"])
  }

  @Test func aKeyIsDrawnWhereItIsRead() async {
    let task = Task { await run([]) }
    while display.frames.isEmpty { await Task.yield() }
    display.inputs.send(.key("x"))
    #expect(display.frames == ["20x2", "key x"], "Nothing else had to run.")
    display.inputs.send(.key("y"), .key("q"))
    await task.value
    #expect(display.frames == ["20x2", "key x", "key q"], "Keys that come together are one frame.")
  }

  @Test func aKeyMakesOneFrame() async {
    display.inputs.send(.key("x"))
    let display = display
    let task = Task {
      while !display.frames.contains("key x") { await Task.yield() }
      display.inputs.send(.key("q"))
    }
    await run(Array(repeating: "nothing", count: 1000))
    await task.value
    #expect(display.frames == ["20x2", "key x", "key q"])
  }

  @Test func aSignalEndsTheProgram() async {
    display.inputs.send(.signal(15))
    await run([])
    #expect(!display.frames.isEmpty)
  }
}
