import Foundation
import WireFormats

/// What of a log is asked for.
struct PodLogOptions: Sendable, Equatable {
  private(set) var container: String?
  private(set) var follows = false
  private(set) var isPrevious = false
  private(set) var hasTimestamps = false
  private(set) var sinceSeconds: Int?
  private(set) var sinceTime: Date?
  private(set) var tailLines: Int?
  private(set) var limitBytes: Int?

  /// What the API server passes on to the kubelet, with the question mark.
  let kubeletQuery: String

  private static let passedOn = [
    "follow", "limitBytes", "previous", "sinceSeconds", "sinceTime", "tailLines", "timestamps",
  ]

  init(_ query: Query, podName: String) throws(APIFailure) {
    func isOn(_ name: String) -> Bool {
      guard let text = query[name], !text.isEmpty else { return false }
      return !["false", "0"].contains(text.lowercased())
    }
    func number(_ name: String) throws(APIFailure) -> Int? {
      guard let text = query[name], !text.isEmpty else { return nil }
      guard let number = Int(text) else {
        throw .badRequest("strconv.ParseInt: parsing \"\(text)\": invalid syntax")
      }
      return number
    }
    if let name = query["container"], !name.isEmpty { container = name }
    follows = isOn("follow")
    isPrevious = isOn("previous")
    hasTimestamps = isOn("timestamps")
    sinceSeconds = try number("sinceSeconds")
    tailLines = try number("tailLines")
    limitBytes = try number("limitBytes")
    if let text = query["sinceTime"], !text.isEmpty {
      guard let time = SimulatedClock.date(text) else {
        throw .badRequest("parsing time \"\(text)\" as \"2006-01-02T15:04:05Z07:00\"")
      }
      sinceTime = time
    }
    let passed = Self.passedOn.compactMap { name -> String? in
      guard let value = query[name], !value.isEmpty, !["false", "0"].contains(value) else {
        return nil
      }
      return "\(name)=\(value)"
    }
    kubeletQuery = passed.isEmpty ? "" : "?\(passed.joined(separator: "&"))"
    try check(podName)
  }

  private func check(_ podName: String) throws(APIFailure) {
    var causes: [APIFailure.Cause] = []
    func invalid(_ field: String, _ value: Int, _ why: String) {
      causes.append(
        .init(
          reason: "FieldValueInvalid",
          field: field,
          message: "Invalid value: \(value): \(why)"
        )
      )
    }
    if let tailLines, tailLines < 0 {
      invalid("tailLines", tailLines, "must be greater than or equal to 0")
    }
    if let limitBytes, limitBytes < 1 {
      invalid("limitBytes", limitBytes, "must be greater than 0")
    }
    if sinceSeconds != nil, sinceTime != nil {
      causes.append(
        .init(
          reason: "FieldValueForbidden",
          field: "",
          message: "Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified"
        )
      )
    } else if let sinceSeconds, sinceSeconds < 1 {
      invalid("sinceSeconds", sinceSeconds, "must be greater than 0")
    }
    guard causes.isEmpty else { throw .invalidLogOptions(podName, causes) }
  }

  /// From when on lines are wanted.
  func since(_ now: Date) -> Date? {
    sinceTime ?? sinceSeconds.map { now.addingTimeInterval(-Double($0)) }
  }
}

extension APIFailure {
  fileprivate static func invalidLogOptions(_ podName: String, _ causes: [Cause]) -> APIFailure {
    let texts = causes.map { "\($0.field): \($0.message)" }
    let summary = texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
    return APIFailure(
      422,
      "Invalid",
      "PodLogOptions \"\(podName)\" is invalid: \(summary)",
      details: [
        "name": .string(podName), "kind": "PodLogOptions", "causes": .array(causes.map(\.json)),
      ]
    )
  }
}
