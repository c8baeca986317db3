import Foundation

extension CELLibrary {
  /// Bytes as text.
  static let encoders = CELLibrary(overloads: [
    .function("base64.encode") { (bytes: [UInt8], evaluation) throws(CELError) -> String in
      try evaluation.charge(traversing: bytes.count)
      return bytes.base64Text
    },
    .function("base64.decode") { (text: String, evaluation) throws(CELError) -> [UInt8] in
      try evaluation.charge(traversing: text.utf8.count)
      // Padding may be left out.
      let bare = text.hasSuffix("=") ? text : text.padded
      guard let data = Data(base64Encoded: bare) else {
        throw CELError(.invalidArgument("this is no base64"))
      }
      return Array(data)
    },
  ])
}

extension String {
  fileprivate var padded: String {
    self + String(repeating: "=", count: (4 - utf8.count % 4) % 4)
  }
}
