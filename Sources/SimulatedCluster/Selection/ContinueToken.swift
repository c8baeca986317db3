import Foundation
import WireFormats

/// Where the next page of a list begins, and of which version of the world.
struct ContinueToken: Equatable {
  /// `nil`: whatever version is the present one, so that the pages do not fit together.
  let version: UInt64?
  /// The path of the last object of the page before.
  let after: String

  /// The form of a real server's token: JSON as base64 for URLs, without padding.
  var text: String {
    let token: JSONValue = [
      "v": "meta.k8s.io/v1", "rv": .integer(version.map { Int64($0) } ?? -1),
      "start": .string("\(after)\u{0}"),
    ]
    return Data(token.encoded()).base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  /// The token that goes on from the same place in the world as it is.
  var inconsistent: ContinueToken { ContinueToken(version: nil, after: after) }

  init(version: UInt64?, after: String) {
    self.version = version
    self.after = after
  }

  init(parsing text: String) throws(APIFailure) {
    let invalid = APIFailure.badRequest(
      "invalid continue token: continue key is not valid: illegal base64 data at input byte 4"
    )
    var padded = text.replacing("-", with: "+").replacing("_", with: "/")
    while padded.utf8.count % 4 != 0 { padded.append("=") }
    guard let data = Data(base64Encoded: padded),
      let value = try? JSONValue(parsing: [UInt8](data)),
      let version = value["rv"]?.integerValue, let start = value["start"]?.stringValue
    else { throw invalid }
    self.version = version < 0 ? nil : UInt64(version)
    after = start.replacing("\u{0}", with: "")
  }
}
