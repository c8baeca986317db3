import Foundation
import Testing
import WireFormats

@testable import SimulatedCluster

/// One recorded exchange with a real API server.
struct Recording {
  let method: String
  let target: String
  let headers: [String: String]
  let body: [UInt8]
  let status: Int
  /// Of the answer.
  let fields: [String: String]
  let answerBytes: [UInt8]

  var answer: String { String(decoding: answerBytes, as: UTF8.self) }
  var contentType: String { fields["Content-Type"] ?? "" }

  init(_ number: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "RecordedTraffic")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let name = try #require(names.first { $0.hasPrefix("\(number)-") })
    let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
    let divider = Array("--- response ---\n".utf8)
    let halves = try #require(bytes.firstRange(of: divider))
    let (requestHead, requestBody) = try Self.split(bytes[..<halves.lowerBound])
    let (head, answer) = try Self.split(bytes[halves.upperBound...])
    let first = try #require(requestHead.first).split(separator: " ")
    method = String(first[0])
    target = String(first[1])
    headers = Self.headers(requestHead)
    var end = requestBody
    while end.last == UInt8(ascii: "\n") { end.removeLast() }
    body = Array(end)
    let words = try #require(head.first).split(separator: " ")
    status = try #require(Int(words[1]))
    fields = Self.headers(head)
    answerBytes = Array(answer)
  }

  private static func split(_ bytes: ArraySlice<UInt8>) throws -> ([String], ArraySlice<UInt8>) {
    let gap = try #require(bytes.firstRange(of: Array("\n\n".utf8)))
    let head = String(decoding: bytes[..<gap.lowerBound], as: UTF8.self)
    return (head.split(separator: "\n").map(String.init), bytes[gap.upperBound...])
  }

  private static func headers(_ lines: [String]) -> [String: String] {
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstRange(of: ": ") else { continue }
      headers[String(line[..<colon.lowerBound])] = String(line[colon.upperBound...])
    }
    return headers
  }

  var json: JSONValue {
    get throws { try JSONValue(parsing: Array(answer.utf8)) }
  }

  /// The lines of a watch.
  var lines: [JSONValue] {
    get throws {
      try answer.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
    }
  }

  /// The request as it was, with the token of the test's server where one was sent.
  var request: APIRequest {
    var headers = headers
    if headers["Authorization"] != nil { headers["Authorization"] = "Bearer secret" }
    return APIRequest(method, target, headers: headers, body: body)
  }
}

/// The structure of JSON: the members of objects and the kinds of values, not the values.
indirect enum Shape: Equatable, CustomStringConvertible {
  case leaf(String)
  case object([String: Shape])
  case array(Shape?)

  /// Members that the simulated server leaves out or whose keys are data are not compared.
  init(_ value: JSONValue, ignoring ignored: Set<String> = ["managedFields"]) {
    switch value {
    case .null: self = .leaf("null")
    case .boolean: self = .leaf("boolean")
    case .integer, .number: self = .leaf("number")
    case .string: self = .leaf("string")
    case .array(let elements):
      self = .array(elements.first.map { Shape($0, ignoring: ignored) })
    case .object(let members):
      self = .object(
        members.filter { !ignored.contains($0.key) }.mapValues { Shape($0, ignoring: ignored) }
      )
    }
  }

  var description: String {
    switch self {
    case .leaf(let kind): kind
    case .array(let element): "[\(element?.description ?? "")]"
    case .object(let members):
      "{\(members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
    }
  }
}
