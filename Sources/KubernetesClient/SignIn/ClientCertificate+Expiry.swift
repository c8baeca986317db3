import Foundation
import HTTP
package import KubernetesObjects
import SwiftASN1
import X509

extension ClientCertificate {
  /// Until when the certificate is valid; `nil` where it cannot be read.
  package var expiry: Timestamp? {
    let text = String(decoding: certificate, as: UTF8.self)
    guard let certificate = try? Certificate(pemEncoded: text) else { return nil }
    let seconds = certificate.notValidAfter.timeIntervalSince1970
    return Timestamp(millisecondsSince1970: Int64(seconds * 1000))
  }
}
