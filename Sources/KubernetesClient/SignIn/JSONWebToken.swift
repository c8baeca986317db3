import Foundation
import KubernetesObjects
import WireFormats

/// The claims of a token (RFC 7519), unverified: whether they hold is the API server's business.
struct JSONWebToken {
  /// When the token expires.
  let expiration: Timestamp

  init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    var encoded = String(parts[1]).replacing("-", with: "+").replacing("_", with: "/")
    encoded += String(repeating: "=", count: (4 - encoded.count % 4) % 4)
    guard let data = Data(base64Encoded: encoded),
      let seconds = (try? JSONValue(parsing: [UInt8](data)))?["exp"]?.numberValue,
      seconds.isFinite, abs(seconds) < 1e12
    else { return nil }
    expiration = Timestamp(millisecondsSince1970: Int64(seconds * 1000))
  }
}
