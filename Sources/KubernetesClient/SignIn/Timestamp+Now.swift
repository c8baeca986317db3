import Foundation
package import KubernetesObjects

extension Timestamp {
  /// The time by this machine's clock.
  package static var now: Timestamp {
    Timestamp(millisecondsSince1970: Int64(Date.now.timeIntervalSince1970 * 1000))
  }
}
