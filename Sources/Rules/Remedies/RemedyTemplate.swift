import CEL
import KubernetesObjects
import WireFormats
import YAMLReading

/// A value with expressions in its texts.
///
/// A text that is one expression alone becomes its value, whatever type that has; any other becomes a text.
indirect enum RemedyTemplate<Expression: Sendable>: Sendable {
  enum Piece: Sendable {
    case text(String)
    case expression(Expression)
    /// When the plan is made.
    case now
  }

  case constant(JSONValue)
  case text([Piece])
  case object([(name: String, value: RemedyTemplate)])
  case list([RemedyTemplate])

  /// All expressions, in their order.
  var expressions: [Expression] {
    switch self {
    case .constant: []
    case .text(let pieces):
      pieces.compactMap { piece in
        if case .expression(let expression) = piece { expression } else { nil }
      }
    case .object(let members): members.flatMap(\.value.expressions)
    case .list(let elements): elements.flatMap(\.expressions)
    }
  }

  /// The same with other expressions.
  func map<Other>(_ make: (Expression) -> Other) -> RemedyTemplate<Other> {
    switch self {
    case .constant(let value): .constant(value)
    case .text(let pieces):
      .text(
        pieces.map { piece in
          switch piece {
          case .text(let text): .text(text)
          case .expression(let expression): .expression(make(expression))
          case .now: .now
          }
        }
      )
    case .object(let members): .object(members.map { ($0.name, $0.value.map(make)) })
    case .list(let elements): .list(elements.map { $0.map(make) })
    }
  }
}

extension RemedyTemplate where Expression == CELProgram {
  /// What it comes to for a subject.
  func value(_ scene: RuleScene, at time: Timestamp) throws(CELError) -> JSONValue {
    switch self {
    case .constant(let value): return value
    case .text(let pieces):
      if pieces.count == 1, case .expression(let program) = pieces[0] {
        return try program.evaluate(scene).plainJSON()
      }
      var text = ""
      for piece in pieces {
        switch piece {
        case .text(let part): text += part
        case .now: text += time.rfc3339
        case .expression(let program):
          let value = try program.evaluate(scene).plainJSON()
          guard let part = value.plainText else {
            throw CELError(.conversion(from: "list or object", to: "text"))
          }
          text += part
        }
      }
      return .string(text)
    case .object(let members):
      var object: [String: JSONValue] = [:]
      for member in members { object[member.name] = try member.value.value(scene, at: time) }
      return .object(object)
    case .list(let elements):
      var values: [JSONValue] = []
      for element in elements { values.append(try element.value(scene, at: time)) }
      return .array(values)
    }
  }
}

extension JSONValue {
  /// A scalar as a text has it; `nil` for a list or an object.
  var plainText: String? {
    switch self {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): String(value)
    case .string(let value): value
    case .array, .object: nil
    }
  }
}

extension CELValue {
  /// The value as an API server is sent it.
  fileprivate func plainJSON() throws(CELError) -> JSONValue {
    switch self {
    case .null: return .null
    case .bool(let value): return .boolean(value)
    case .int(let value): return .integer(value)
    case .uint(let value):
      guard let value = Int64(exactly: value) else { throw CELError(.outOfRange("the number")) }
      return .integer(value)
    case .double(let value): return .number(value)
    case .string(let value): return .string(value)
    case .duration, .timestamp, .opaque: return .string(displayText)
    case .list(let list):
      var elements: [JSONValue] = []
      for element in list.elements { elements.append(try element.plainJSON()) }
      return .array(elements)
    case .map(let map):
      var members: [String: JSONValue] = [:]
      for entry in map.entries {
        guard case .string(let name) = entry.key else {
          throw CELError(.unsupportedKey("that is no text"))
        }
        members[name] = try entry.value.plainJSON()
      }
      return .object(members)
    case .object(let object):
      var members: [String: JSONValue] = [:]
      for name in object.fieldNames {
        members[name] = try object.field(named: name)?.plainJSON()
      }
      return .object(members)
    case .optional(let value):
      guard let value else { throw CELError(.emptyOptional) }
      return try value.plainJSON()
    case .bytes, .type: throw CELError(.conversion(from: typeName, to: "JSON"))
    }
  }
}
