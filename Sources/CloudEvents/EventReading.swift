package import HTTP
package import WireFormats

/// Events as they were read of a message whose sender may write anything.
package struct ReadEvents: Sendable, Equatable {
  /// Whether a message of this media type holds events, or may in binary mode.
  package static func isEventual(contentType: String?, hasAttributes: Bool) -> Bool {
    hasAttributes || contentType?.lowercased().hasPrefix("application/cloudevents") == true
  }

  package var events: [CloudEvent] = []
  /// How many could not be read, or were more than are wanted.
  package var badCount = 0
  /// What was wrong with the first of those.
  package var problem: EventProblem?

  package init() {}

  fileprivate mutating func note(_ problem: EventProblem, count: Int = 1) {
    badCount += count
    if self.problem == nil { self.problem = problem }
  }

  /// Reads what a message holds: nothing, one event or a batch; of that `limit` at most.
  package init(headers: HTTPHeaders, body: [UInt8], limit: Int) {
    let contentType = (headers["Content-Type"] ?? "").lowercased()
    let mediaType = contentType.prefix { $0 != ";" && $0 != " " }
    do throws(EventProblem) {
      if mediaType.hasPrefix("application/cloudevents-batch") {
        guard let elements = try Self.json(body).arrayValue else {
          throw EventProblem("a batch that is no list")
        }
        for element in elements.prefix(limit) { take(element) }
        let more = elements.count - limit
        if more > 0 { note(EventProblem("more than \(limit) events at once"), count: more) }
      } else if mediaType.hasPrefix("application/cloudevents") {
        events = [try CloudEvent(json: Self.json(body))]
      } else if headers["ce-specversion"] != nil {
        events = [try CloudEvent(headers: headers, body: body)]
      } else if !body.isEmpty {
        throw EventProblem("content of the type \(Self.excerpt(contentType)), which is no event")
      }
    } catch {
      note(error)
    }
  }

  private mutating func take(_ element: JSONValue) {
    do throws(EventProblem) {
      events.append(try CloudEvent(json: element))
    } catch {
      note(error)
    }
  }

  private static func json(_ body: [UInt8]) throws(EventProblem) -> JSONValue {
    do throws(WireError) {
      return try JSONValue(parsing: body)
    } catch {
      throw EventProblem("no valid JSON: \(error.fault)")
    }
  }

  static func excerpt(_ text: String) -> String {
    let plain = text.unicodeScalars.prefix(60).map { 0x20..<0x7F ~= $0.value ? Character($0) : "?" }
    return "\"\(String(plain))\""
  }
}

extension CloudEvent {
  /// Reads an event in the JSON format.
  package init(json: JSONValue) throws(EventProblem) {
    guard case .object(let members) = json else { throw EventProblem("an event that is no map") }
    var attributes: [String: String] = [:]
    for (name, value) in members where name != "data" && name != "data_base64" {
      guard Self.isName(name) else {
        throw EventProblem("an attribute named \(ReadEvents.excerpt(name))")
      }
      switch value {
      case .string(let text): attributes[name] = text
      case .boolean(let value): attributes[name] = String(value)
      case .integer(let value): attributes[name] = String(value)
      // As if it were not there.
      case .null: break
      case .number, .array, .object: throw EventProblem("\(name) is no text")
      }
    }
    try self.init(attributes: attributes)
    if let data = members["data"] {
      self.data = .json(data)
    } else if let encoded = members["data_base64"] {
      guard let bytes = Base64.decode((encoded.stringValue ?? "-").utf8) else {
        throw EventProblem("data_base64 that is none")
      }
      self.data = .bytes(bytes)
    }
  }

  /// Reads an event in binary mode.
  init(headers: HTTPHeaders, body: [UInt8]) throws(EventProblem) {
    var attributes: [String: String] = [:]
    for field in headers.fields {
      let name = field.name.lowercased()
      guard name.hasPrefix("ce-"), Self.isName(String(name.dropFirst(3))) else { continue }
      attributes[String(name.dropFirst(3))] = try Self.percentDecoded(field.value)
    }
    attributes["datacontenttype"] = headers["Content-Type"]
    try self.init(attributes: attributes)
    guard !body.isEmpty else { return }
    let mediaType = (dataContentType ?? "application/json").lowercased().prefix { $0 != ";" }
    guard mediaType.hasSuffix("/json") || mediaType.hasSuffix("+json") else {
      data = .bytes(body)
      return
    }
    do throws(WireError) {
      data = .json(try JSONValue(parsing: body))
    } catch {
      throw EventProblem("data that is no valid JSON: \(error.fault)")
    }
  }

  private init(attributes: [String: String]) throws(EventProblem) {
    let version = attributes["specversion"] ?? ""
    guard version == Self.version else {
      throw EventProblem("an event of version \(ReadEvents.excerpt(version))")
    }
    func required(_ name: String) throws(EventProblem) -> String {
      guard let value = attributes[name], !value.isEmpty else {
        throw EventProblem("an event without \(name)")
      }
      return value
    }
    self.init(
      id: try required("id"),
      source: try required("source"),
      type: try required("type")
    )
    subject = attributes["subject"]
    time = attributes["time"]
    dataContentType = attributes["datacontenttype"]
    dataSchema = attributes["dataschema"]
    extensions = attributes.filter { !Self.ownAttributes.contains($0.key) }
  }

  private static func percentDecoded(_ text: String) throws(EventProblem) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let value = UInt8(String(Substring(rest.prefix(2))), radix: 16) else {
        throw EventProblem("a header with a percent sign that stands for nothing")
      }
      rest = rest.dropFirst(2)
      bytes.append(value)
    }
    guard let decoded = String(validating: bytes, as: UTF8.self) else {
      throw EventProblem("a header that is no UTF-8")
    }
    return decoded
  }
}
