/// What shows canvases and tells what the user does: a terminal, or a test.
@MainActor
package protocol Display: AnyObject, Sendable {
  var size: Size { get }
  /// What the user does.
  var inputs: Inputs { get }

  func present(_ canvas: Canvas)
  /// Shows roles as a theme says from the next frame on.
  func use(_ theme: Theme)
  /// Whether the mouse is the program's from now on, or the terminal's.
  func useMouse(_ isUsed: Bool)
  /// Draws everything anew at the next frame.
  func redraw()
  /// Stops the program until the user's shell has it go on.
  func suspend()
  /// Lets somebody else have the terminal, and comes back.
  func lend<Outcome: Sendable>(_ body: @Sendable () async -> Outcome) async -> Outcome
  /// Puts a text on the user's clipboard; answers whether it is short enough.
  func copy(_ text: String) -> Bool
}

// What is shown to a test, or a measurement, is no terminal.
extension Display {
  package func useMouse(_ isUsed: Bool) {}
  package func redraw() {}
  package func suspend() {}
  package func lend<Outcome: Sendable>(
    _ body: @Sendable () async -> Outcome
  ) async -> Outcome { await body() }
  package func copy(_ text: String) -> Bool { true }
}
