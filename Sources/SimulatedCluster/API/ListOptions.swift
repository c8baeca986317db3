import WireFormats

/// The rules about which parameters of lists and watches go together.
struct ListOptions {
  private let query: Query

  init(_ query: Query) {
    self.query = query
  }

  private var match: String? {
    query["resourceVersionMatch"].flatMap { $0.isEmpty ? nil : $0 }
  }

  func checkList() throws(APIFailure) {
    if query["sendInitialEvents"] != nil {
      throw Self.forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list")
    }
    guard let match else { return }
    let name = "resourceVersionMatch"
    if (query["resourceVersion"] ?? "").isEmpty {
      throw Self.forbidden(name, "\(name) is forbidden unless resourceVersion is provided")
    }
    if !(query["continue"] ?? "").isEmpty {
      throw Self.forbidden(name, "\(name) is forbidden when continue is provided")
    }
    guard ["Exact", "NotOlderThan"].contains(match) else {
      throw Self.unsupported(match, ["Exact", "NotOlderThan", ""])
    }
  }

  func checkWatch() throws(APIFailure) {
    let name = "resourceVersionMatch"
    if query["sendInitialEvents"] == nil {
      guard match == nil else {
        throw Self.forbidden(
          name,
          "\(name) is forbidden for watch unless sendInitialEvents is provided"
        )
      }
    } else if match != "NotOlderThan" {
      throw Self.forbidden(name, "sendInitialEvents requires setting \(name) to NotOlderThan")
    }
  }

  private static func forbidden(_ field: String, _ why: String) -> APIFailure {
    invalid(.init(reason: "FieldValueForbidden", field: field, message: "Forbidden: \(why)"))
  }

  private static func unsupported(_ value: String, _ known: [String]) -> APIFailure {
    let names = known.map { "\"\($0)\"" }.joined(separator: ", ")
    return invalid(
      .init(
        reason: "FieldValueNotSupported",
        field: "resourceVersionMatch",
        message: "Unsupported value: \"\(value)\": supported values: \(names)"
      )
    )
  }

  private static func invalid(_ cause: APIFailure.Cause) -> APIFailure {
    APIFailure(
      422,
      "Invalid",
      "ListOptions.meta.k8s.io \"\" is invalid: \(cause.field): \(cause.message)",
      details: [
        "group": "meta.k8s.io", "kind": "ListOptions", "causes": [cause.json],
      ]
    )
  }
}
