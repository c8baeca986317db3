import WireFormats

/// Why a request was not carried out, as the API server says it: a status code, a reason word and details.
struct APIFailure: Error, Equatable {
  let code: Int
  let reason: String
  let message: String
  var details: JSONValue?
  var retryAfterSeconds: Int?
  /// With what an expired list can be finished, though not consistently.
  var continueToken: String?

  init(
    _ code: Int,
    _ reason: String,
    _ message: String,
    details: JSONValue? = nil,
    retryAfterSeconds: Int? = nil
  ) {
    self.code = code
    self.reason = reason
    self.message = message
    self.details = details
    self.retryAfterSeconds = retryAfterSeconds
  }

  /// The `Status` object that clients read.
  var status: JSONValue {
    var status: JSONValue = [
      "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure",
      "message": .string(message), "code": .integer(Int64(code)),
    ]
    if !reason.isEmpty { status["reason"] = .string(reason) }
    if let details { status["details"] = details }
    if let continueToken { status["metadata"] = ["continue": .string(continueToken)] }
    return status
  }
}

extension APIFailure {
  static let unauthorized = APIFailure(401, "Unauthorized", "Unauthorized")
  static let methodNotAllowed = APIFailure(
    405,
    "MethodNotAllowed",
    "the server does not allow this method on the requested resource",
    details: [:]
  )
  static let unsupportedMediaType = APIFailure(
    415,
    "UnsupportedMediaType",
    "415: Unsupported Media Type",
    details: [:]
  )
  /// A JSON patch whose `test` did not hold or whose path does not exist.
  static let patchRejected = APIFailure(
    422,
    "Invalid",
    "the server rejected our request due to an error in our request",
    details: [:]
  )

  static func badRequest(_ message: String) -> APIFailure {
    APIFailure(400, "BadRequest", message)
  }

  static func notFound(_ resource: ServedResource, _ name: String) -> APIFailure {
    APIFailure(
      404,
      "NotFound",
      "\(resource.qualifiedPlural) \"\(name)\" not found",
      details: details(of: resource, name)
    )
  }

  static func alreadyExists(_ resource: ServedResource, _ name: String) -> APIFailure {
    APIFailure(
      409,
      "AlreadyExists",
      "\(resource.qualifiedPlural) \"\(name)\" already exists",
      details: details(of: resource, name)
    )
  }

  static func modifiedMeanwhile(_ resource: ServedResource, _ name: String) -> APIFailure {
    APIFailure(
      409,
      "Conflict",
      "Operation cannot be fulfilled on \(resource.qualifiedPlural) \"\(name)\": "
        + "the object has been modified; please apply your changes to the latest version and try again",
      details: details(of: resource, name)
    )
  }

  /// A precondition of a deletion that the object does not meet.
  static func preconditionFailed(
    _ resource: ServedResource,
    _ name: String,
    what: String,
    expected: String,
    found: String
  ) -> APIFailure {
    APIFailure(
      409,
      "Conflict",
      "Operation cannot be fulfilled on \(resource.kind) \"\(name)\": "
        + "the \(what) in the precondition (\(expected)) does not match the \(what) in record (\(found)). "
        + "The object might have been "
        + (what == "UID" ? "deleted and then recreated" : "modified"),
      details: ["name": .string(name), "kind": .string(resource.kind)]
    )
  }

  static func invalid(_ resource: ServedResource, _ name: String, _ causes: [Cause]) -> APIFailure {
    let texts = causes.map { "\($0.field): \($0.message)" }
    let summary = texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
    var details = details(of: resource, name)
    details["kind"] = .string(resource.kind)
    details["causes"] = .array(causes.map(\.json))
    return APIFailure(
      422,
      "Invalid",
      "\(resource.kind)\(resource.group.isEmpty ? "" : ".\(resource.group)") \"\(name)\" is invalid: \(summary)",
      details: details
    )
  }

  static func forbidden(_ resource: ServedResource, _ name: String, _ why: String) -> APIFailure {
    APIFailure(
      403,
      "Forbidden",
      "\(resource.qualifiedPlural) \"\(name)\" is forbidden: \(why)",
      details: details(of: resource, name)
    )
  }

  static func expired(_ message: String) -> APIFailure {
    APIFailure(410, "Expired", message)
  }

  /// The rest of a paged list whose version is forgotten; what follows `token` can still be had as it is now.
  static func expiredList(_ token: ContinueToken?) -> APIFailure {
    let remedy =
      token == nil
      ? "You must start a new list without the continue parameter."
      : "You can start a new list without the continue parameter, or use the continue token in this response "
        + "to retrieve the remainder of the results. Continuing with the provided token results in an "
        + "inconsistent list - objects that were created, modified, or deleted between the time the first "
        + "chunk was returned and now may show up in the list."
    var failure = expired(
      "The provided continue parameter is too old to display a consistent list result. \(remedy)"
    )
    failure.continueToken = token?.inconsistent.text
    return failure
  }

  static func futureVersion(_ version: UInt64, current: UInt64) -> APIFailure {
    APIFailure(
      504,
      "Timeout",
      "Too large resource version: \(version), current: \(current)",
      details: [
        "causes": [["reason": "ResourceVersionTooLarge", "message": "Too large resource version"]],
        "retryAfterSeconds": 1,
      ],
      retryAfterSeconds: 1
    )
  }

  /// A watch whose version nobody remembers.
  static let expiredWatch = expired("too old resource version: 1 (100)")

  private static func details(of resource: ServedResource, _ name: String) -> JSONValue {
    var details: JSONValue = ["name": .string(name), "kind": .string(resource.plural)]
    if !resource.group.isEmpty { details["group"] = .string(resource.group) }
    return details
  }

  /// One field that is wrong, and why.
  struct Cause: Equatable {
    let reason: String
    let field: String
    let message: String

    var json: JSONValue {
      ["reason": .string(reason), "field": .string(field), "message": .string(message)]
    }
  }
}
