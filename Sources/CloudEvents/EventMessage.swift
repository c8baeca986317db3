import Foundation
package import HTTP
package import WireFormats

/// How events are put into a message (CloudEvents' HTTP binding, §3).
package enum ContentMode: String, Sendable, CaseIterable {
  /// Several events in one body.
  case batch
  /// One event in the header, what it carries in the body.
  case binary
  /// One event in the body.
  case structured
}

/// The part of a request or an answer that events are in.
package struct EventMessage: Sendable, Equatable {
  package var headers: HTTPHeaders
  package var body: [UInt8]

  /// Writes events; of a mode for one, the first alone.
  package init(_ events: [CloudEvent], as mode: ContentMode) {
    switch mode {
    case .batch:
      headers = ["Content-Type": "application/cloudevents-batch+json; charset=utf-8"]
      body = JSONValue.array(events.map(\.json)).encoded()
    case .structured:
      headers = ["Content-Type": "application/cloudevents+json; charset=utf-8"]
      body = events.first?.json.encoded() ?? []
    case .binary:
      headers = [:]
      body = []
      guard let event = events.first else { return }
      for (name, value) in event.attributes {
        headers.add("ce-\(name)", Self.percentEncoded(value))
      }
      switch event.data {
      case .json(let value): body = value.encoded()
      case .bytes(let bytes): body = bytes
      case nil: break
      }
      if let type = event.dataContentType { headers.add("Content-Type", type) }
    }
  }

  /// What no header field holds is written as the percent signs of its bytes.
  private static func percentEncoded(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      let isPlain =
        0x21...0x7E ~= byte && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "%")
      if isPlain {
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return encoded
  }
}

extension CloudEvent {
  /// The event in the JSON format.
  package var json: JSONValue {
    var members: [String: JSONValue] = [:]
    for (name, value) in attributes { members[name] = .string(value) }
    if let dataContentType { members["datacontenttype"] = .string(dataContentType) }
    switch data {
    case .json(let value): members["data"] = value
    case .bytes(let bytes): members["data_base64"] = .string(Data(bytes).base64EncodedString())
    case nil: break
    }
    return .object(members)
  }
}
