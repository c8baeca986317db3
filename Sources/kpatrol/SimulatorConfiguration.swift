import Foundation
import SimulatedCluster

/// A configuration that holds a simulated cluster against its NetBox, as files.
struct SimulatorConfiguration {
  private let path: String
  private let kubeconfig: String

  /// The token is the kubeconfig's.
  init(_ path: String, kubeconfig: String) {
    self.path = Self.absolute(path)
    self.kubeconfig = Self.absolute(kubeconfig)
  }

  /// Writes the configuration and, beside it, the authority to trust.
  func write(for cluster: SimulatedCluster, context: String) throws(SimulatorKubeconfigError) {
    try SimulatorKubeconfig(authority).write(cluster.certificateAuthorityPEM)
    try SimulatorKubeconfig(path).write(text(for: cluster, context: context))
  }

  private var authority: String { "\(path).pem" }

  private func text(for cluster: SimulatedCluster, context: String) -> String {
    let elements = [
      ("netbox", "cmdb", "\n    map: { zone: site.slug }"), ("netbox-ipam", "ipam", ""),
    ]
    .map { name, kind, rest in
      """
        - name: \(name)
          kind: \(kind)
          from:
            netbox: \(cluster.netBoxURL)
            tokenCommand: [sed, -n, 's/^ *token: "\\(.*\\)"$/\\1/p', \(Self.quoted(kubeconfig))]
            certificateAuthority: \(Self.quoted(authority))
            every: 5s
          clusters: { \(SimulatedCluster.netBoxClusterName): \(context) }\(rest)

      """
    }
    return "inventories:\n" + elements.joined()
  }

  private static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
  }

  /// In YAML's single quotes, in which only these are special.
  private static func quoted(_ text: String) -> String {
    "'\(text.replacingOccurrences(of: "'", with: "''"))'"
  }
}
