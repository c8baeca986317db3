/// What shows canvases and tells what the user does: a terminal, or a test.
@MainActor
package protocol Display: AnyObject {
  var size: Size { get }
  /// What the user does.
  var inputs: Inputs { get }

  func present(_ canvas: Canvas)
}
