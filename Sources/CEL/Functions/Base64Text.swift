import Foundation

extension [UInt8] {
  /// The bytes as base64, with padding.
  var base64Text: String { Data(self).base64EncodedString() }
}
