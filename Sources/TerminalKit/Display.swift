/// What shows canvases and tells what the user does: a terminal, or a test.
@MainActor
package protocol Display: AnyObject {
  var size: Size { get }
  /// What the user does, in order.
  var inputs: AsyncStream<Input> { get }

  func present(_ canvas: Canvas)
}
