import TerminalKit

/// A display that nobody looks at; it keeps the last frame and when it came.
@MainActor
final class RecordingDisplay: Display {
  let size = Size(columns: 200, rows: 50)
  let inputs = Inputs()
  /// What is waited for, and when a frame first had it.
  private var wanted = ""
  private var shownAt: ContinuousClock.Instant?

  func present(_ canvas: Canvas) {
    let now = ContinuousClock.now
    guard !wanted.isEmpty, shownAt == nil, canvas.lines.contains(where: { $0.contains(wanted) })
    else { return }
    shownAt = now
  }

  func use(_ theme: Theme) {}
  func copy(_ text: String) {}

  func press(_ text: String) {
    for character in text { inputs.send(.key(.character(character))) }
  }

  /// Ends whatever is shown here.
  func close() { inputs.send(.signal(15)) }

  /// Waits until a frame has this text, and answers when that was presented.
  func shown(_ text: String) async throws -> ContinuousClock.Instant {
    wanted = text
    shownAt = nil
    defer { wanted = "" }
    for _ in 0..<5_000 {
      if let shownAt { return shownAt }
      try await Task.sleep(for: .milliseconds(2))
    }
    throw BenchmarkFailure("This was not shown within ten seconds: \(text).")
  }
}
