/// Why no screen can be opened.
package enum TerminalError: Error, Equatable, Sendable {
  case notATerminal
  case noTerminalType
  case unknownTerminalType(String)
  case tooSmall(Size, minimum: Size)
}

extension TerminalError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notATerminal:
      "Input and output must be a terminal. Run it in one, or with ssh -t."
    case .noTerminalType:
      "TERM is not set, or dumb. Set it to what your terminal is: xterm-256color."
    case .unknownTerminalType(let name):
      "This machine does not know the terminal type \(name). Try TERM=xterm-256color."
    case .tooSmall(let size, let minimum):
      "The terminal has \(size.columns)×\(size.rows) characters; "
        + "\(minimum.columns)×\(minimum.rows) are needed. Make the window larger."
    }
  }
}
