import Foundation
import WireFormats

@testable import CEL

/// A case of the language's own suite, as its file has it.
struct ConformanceCase: Sendable {
  let file: String
  let section: String
  let name: String
  let expression: String
  let container: String
  let variables: [CELEnvironment.Variable]
  let bindings: [String: CELValue]
  let hasMacros: Bool
  let isChecked: Bool
  let expected: Expectation

  enum Expectation: Sendable {
    case value(CELValue)
    case error
  }

  var id: String { "\(file)/\(section)/\(name)" }
}

extension ConformanceCase {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Conformance")

  /// All cases, in the order of files.
  static func all() throws -> [ConformanceCase] {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".json") }.sorted()
    return try files.flatMap { file in
      let bytes = try Data(contentsOf: folder.appending(path: file))
      let json = try JSONValue(parsing: Array(bytes))
      return try (json.arrayValue ?? []).map {
        try ConformanceCase($0, file: String(file.dropLast(5)))
      }
    }
  }

  private init(_ json: JSONValue, file: String) throws {
    self.file = file
    section = json["section"]?.stringValue ?? ""
    name = json["name"]?.stringValue ?? ""
    expression = json["expr"]?.stringValue ?? ""
    container = json["container"]?.stringValue ?? ""
    hasMacros = json["disableMacros"]?.booleanValue != true
    isChecked = json["disableCheck"]?.booleanValue != true
    bindings = try (json["bindings"]?.objectValue ?? [:]).mapValues { try Self.value($0) }
    let declared = json["declares"]?.arrayValue?.compactMap(\.stringValue) ?? []
    variables = Set(declared).union(bindings.keys).sorted().map { CELEnvironment.Variable($0) }
    expected = try json["expect"].map { .value(try Self.value($0)) } ?? .error
  }

  private static func value(_ json: JSONValue) throws -> CELValue {
    guard let value = CELValue(typedJSON: json) else { throw WrongCase(json: json) }
    return value
  }

  struct WrongCase: Error {
    let json: JSONValue
  }

  /// What is wrong; nil if it is as it must be.
  func failure() -> String? {
    let environment = CELEnvironment(
      variables: variables,
      container: container,
      hasMacros: hasMacros
    )
    let program: CELProgram
    do {
      program = try environment.compile(expression, isChecked: isChecked)
    } catch {
      if case .error = expected { return nil }
      return "did not compile: \(error)"
    }
    do {
      let value = try program.evaluate(bindings)
      guard case .value(let wanted) = expected else { return "is \(value), and must fail" }
      return value.isSame(as: wanted) ? nil : "is \(value), and must be \(wanted)"
    } catch {
      if case .error = expected { return nil }
      return "failed: \(error)"
    }
  }
}

extension CELValue {
  /// Whether it is the same value of the same type; a number that is none is the same as another.
  func isSame(as other: CELValue) -> Bool {
    switch (self, other) {
    case (.double(let left), .double(let right)): left.isNaN && right.isNaN || left == right
    case (.list(let left), .list(let right)):
      left.count == right.count
        && zip(left.elements, right.elements).allSatisfy { $0.isSame(as: $1) }
    case (.map, .map):
      mapKeys.count == other.mapKeys.count
        && mapKeys.allSatisfy { key in
          other.mapKeys.contains { $0.isSame(as: key) }
            && mapValue(key).flatMap { value in
              other.mapValue(key).map { value.isSame(as: $0) }
            } == true
        }
    default:
      typeName == other.typeName && description == other.description
    }
  }
}
