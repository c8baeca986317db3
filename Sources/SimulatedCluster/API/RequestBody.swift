import WireFormats

/// What a client sent, read as the kind that the path is about.
enum RequestBody {
  static func object(
    _ request: APIRequest,
    of resource: ServedResource
  ) throws(APIFailure) -> JSONValue {
    let value = try read(request, of: resource)
    guard value.objectValue != nil else {
      throw .badRequest("the object provided is unrecognized (must be of type \(resource.kind))")
    }
    if let version = value["apiVersion"]?.stringValue, version != resource.apiVersion {
      throw .badRequest(
        "the API version in the data (\(version)) does not match the expected API version "
          + "(\(resource.apiVersion))"
      )
    }
    if let kind = value["kind"]?.stringValue, kind != resource.kind {
      throw .badRequest(
        "\(kind) in version \"\(value["apiVersion"]?.stringValue ?? "")\" cannot be handled as a \(resource.kind)"
      )
    }
    return value
  }

  private static func read(
    _ request: APIRequest,
    of resource: ServedResource
  ) throws(APIFailure) -> JSONValue {
    let type = request.headers["content-type"] ?? "application/json"
    if type.hasPrefix(ProtobufEnvelope.mediaType), let message = resource.protobufMessage {
      do {
        return try ProtobufDecoder.object(request.body, message: message)
      } catch {
        throw .badRequest("the object provided is unrecognized (must be of type \(resource.kind))")
      }
    }
    guard type.hasPrefix("application/json") || type == "*/*" else { throw .unsupportedMediaType }
    do {
      return try JSONValue(parsing: request.body)
    } catch {
      let text = String(decoding: request.body.prefix(200), as: UTF8.self)
      throw .badRequest(
        "the object provided is unrecognized (must be of type \(resource.kind)): "
          + "couldn't get version/kind; json parse error: \(error) (\(text))"
      )
    }
  }

  /// `DeleteOptions` from the body, or from the query where there is no body.
  static func deletion(_ request: APIRequest) throws(APIFailure) -> Deletion {
    var deletion = Deletion()
    deletion.gracePeriodSeconds = request.query.integer("gracePeriodSeconds")
    var propagation = request.query["propagationPolicy"]
    deletion.dryRun = request.isDryRun
    if !request.body.isEmpty {
      // Never ignore options that cannot be read: they may hold preconditions.
      guard request.headers["content-type"]?.contains("protobuf") != true else {
        throw .unsupportedMediaType
      }
      guard let options = try? JSONValue(parsing: request.body) else {
        throw .badRequest("couldn't get version/kind; json parse error: the body is not JSON")
      }
      deletion.uid = options[path: "preconditions", "uid"]?.stringValue
      deletion.resourceVersion = options[path: "preconditions", "resourceVersion"]?.stringValue
      if let grace = options["gracePeriodSeconds"]?.integerValue {
        deletion.gracePeriodSeconds = Int(grace)
      }
      propagation = options["propagationPolicy"]?.stringValue ?? propagation
      if options["orphanDependents"]?.booleanValue == true { propagation = "Orphan" }
      if options["dryRun"]?.arrayValue?.contains("All") == true { deletion.dryRun = true }
    }
    if let propagation {
      guard let known = Deletion.Propagation(rawValue: propagation) else {
        throw .badRequest("invalid propagationPolicy: \(propagation)")
      }
      deletion.propagation = known
    }
    return deletion
  }
}

extension APIRequest {
  var isDryRun: Bool { query["dryRun"] == "All" }
}
