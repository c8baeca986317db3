import Foundation
import WireFormats

/// The kubelets of the nodes, as far as the API server has to ask them for something.
struct Kubelets: Sendable {
  static let port = 10_250

  /// The machines that do not answer; `nil` where no machine is behind any Node.
  let outages: Outages?

  /// Why the kubelet of a node cannot be asked; `nil`: it answers.
  func reasonForSilence(of node: StoredObject, at date: Date) -> String? {
    guard let outages else { return "dial tcp: lookup \(node.name): no such host" }
    guard outages.isDown(node.name, at: date) else { return nil }
    let address = NodeReading.address(of: node)?.stringValue ?? node.name
    return "dial tcp \(address):\(Self.port): connect: connection refused"
  }
}
