import CEL
import KubernetesObjects
import YAMLReading

/// A text with expressions in it: `Certificate {{ object.metadata.name }} is not ready`.
struct MessageTemplate: Sendable {
  /// A part of the text as it was read.
  enum Piece: Sendable {
    case text(String)
    case expression(RuleText)
  }

  private enum Part: Sendable {
    case text(String)
    case value(CELProgram)
  }

  /// No line on a screen is longer.
  private static let longest = 500

  private let parts: [Part]
  let programs: [CELProgram]

  /// Takes a template apart; all that is wrong with its expressions is told.
  static func pieces(of template: String, at place: FieldPlace) throws(CELProblems) -> [Piece] {
    var pieces: [Piece] = []
    var rest = template[...]
    while let start = rest.firstRange(of: "{{") {
      pieces.append(.text(String(rest[..<start.lowerBound])))
      guard let end = rest[start.upperBound...].firstRange(of: "}}") else {
        let position = SourcePosition(line: 1, column: 1)
        throw CELProblems([CELProblem(position: position, message: "{{ is not closed by }}")])
      }
      let text = String(rest[start.upperBound..<end.lowerBound])
      pieces.append(.expression(try RuleText(text, at: place)))
      rest = rest[end.upperBound...]
    }
    pieces.append(.text(String(rest)))
    return pieces
  }

  init(_ pieces: [Piece], in language: RuleLanguage) throws(CELProblems) {
    var parts: [Part] = []
    for piece in pieces {
      switch piece {
      case .text(let text): parts.append(.text(text))
      case .expression(let text): parts.append(.value(try language.compile(text)))
      }
    }
    self.parts = parts
    programs = parts.compactMap { part -> CELProgram? in
      if case .value(let program) = part { program } else { nil }
    }
  }

  /// The text for a subject; an expression without a value leaves a question mark.
  func text(_ scene: RuleScene) -> String {
    let text = parts.map { part in
      switch part {
      case .text(let text): text
      case .value(let program): (try? program.evaluate(scene))?.displayText ?? "?"
      }
    }
    return String(text.joined().prefix(Self.longest))
  }
}

extension [MessageTemplate.Piece] {
  var sources: [ObjectSource] {
    flatMap { piece -> [ObjectSource] in
      if case .expression(let text) = piece { text.sources } else { [] }
    }
  }
}

extension CELValue {
  /// The value as a sentence has it.
  var displayText: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .uint(let value): String(value)
    case .double(let value): String(value)
    case .string(let value): value
    case .bytes(let value): "\(value.count) bytes"
    case .duration(let value): value.text
    case .timestamp(let value):
      Timestamp(
        millisecondsSince1970: value.seconds * 1000 + Int64(value.nanoseconds) / 1_000_000
      ).rfc3339
    case .list(let list): list.elements.prefix(20).map(\.displayText).joined(separator: ", ")
    case .map, .object: "an object"
    case .type(let name): name
    case .optional(let value): value?.displayText ?? "nothing"
    case .opaque(let value): value.text
    }
  }
}
