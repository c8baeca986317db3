/// What shows canvases and tells what the user does: a terminal, or a test.
@MainActor
package protocol Display: AnyObject, Sendable {
  var size: Size { get }
  /// What the user does.
  var inputs: Inputs { get }

  func present(_ canvas: Canvas)
  /// Shows roles as a theme says from the next frame on.
  func use(_ theme: Theme)
  /// Puts a text into the clipboard of whoever looks at it, where the terminal lets programs do so.
  func copy(_ text: String)
}
