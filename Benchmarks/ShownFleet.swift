import Monitoring
import TerminalApp
import TerminalKit

/// A fleet whose clusters are followed, with its screens on a display that nobody looks at.
struct ShownFleet {
  let fleet: Fleet
  let display: RecordingDisplay
  private let patrol: Task<Void, Never>
  private let program: Task<Int32?, Never>

  /// Waits until the first cluster is listed and inspected.
  init(_ fleet: Fleet) async throws {
    let display = await RecordingDisplay()
    self.fleet = fleet
    self.display = display
    patrol = Task { await fleet.run() }
    program = Task { @MainActor in
      await Launch.run(fleet, on: display, with: SetUp())
    }
    while await fleet.statuses().first?.connection != .watching {
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  /// Ends the screens as a user does, and waits for that.
  func close() async {
    await display.close()
    _ = await program.value
  }

  /// Ends all at once, whatever has happened: what is measured next must not be measured beside it.
  func end() {
    program.cancel()
    patrol.cancel()
  }
}
