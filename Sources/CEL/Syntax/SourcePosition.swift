/// A place in an expression's text, counted from 1; columns are characters.
package struct SourcePosition: Hashable, Sendable, CustomStringConvertible {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The place of the byte at `offset`.
  init(offset: Int, in source: String) {
    var line = 1
    var column = 1
    for (index, byte) in source.utf8.enumerated() {
      guard index < offset else { break }
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    self.init(line: line, column: column)
  }

  package var description: String { "\(line):\(column)" }
}

/// Something wrong with an expression that is seen before it is evaluated.
package struct CELProblem: Error, Hashable, Sendable, CustomStringConvertible {
  package let position: SourcePosition
  /// What is wrong, and where it is known, what was probably meant.
  package let message: String

  package init(position: SourcePosition, message: String) {
    self.position = position
    self.message = message
  }

  package var description: String { "\(position): \(message)" }
}

/// All that is wrong with an expression.
package struct CELProblems: Error, Hashable, Sendable, CustomStringConvertible {
  package let problems: [CELProblem]

  package init(_ problems: [CELProblem]) {
    self.problems = problems
  }

  package var description: String {
    problems.map(\.description).joined(separator: "\n")
  }
}
