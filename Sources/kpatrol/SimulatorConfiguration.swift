import Foundation
import SimulatedCluster

/// A configuration that holds a simulated cluster against its NetBox, as files.
struct SimulatorConfiguration {
  private let path: String

  init(_ path: String) { self.path = URL(filePath: path).path }

  /// Writes the configuration and, beside it, the authority to trust and the token to show.
  func write(for cluster: SimulatedCluster, context: String) throws(SimulatorFileError) {
    try SimulatorFile(authority).write(cluster.certificateAuthorityPEM)
    try SimulatorFile(tokenFile).write(cluster.token)
    try SimulatorFile(path).write(text(for: cluster, context: context))
  }

  private var authority: String { "\(path).pem" }
  private var tokenFile: String { "\(path).token" }

  private func text(for cluster: SimulatedCluster, context: String) -> String {
    let elements = [
      ("netbox", "cmdb", "\n    map: { zone: site.slug }"),
      ("netbox-ipam", "ipam", "\n    release: {}"),
    ]
    .map { name, kind, rest in
      """
        - name: \(name)
          kind: \(kind)
          from:
            netbox: \(cluster.netBoxURL)
            tokenCommand: [tail, -n, "1", \(Self.quoted(tokenFile))]
            certificateAuthority: \(Self.quoted(authority))
            every: 5s
          clusters: { \(SimulatedCluster.netBoxClusterName): \(context) }\(rest)

      """
    }
    return "inventories:\n" + elements.joined()
  }

  /// In YAML's single quotes, in which only these are special.
  private static func quoted(_ text: String) -> String {
    "'\(text.replacingOccurrences(of: "'", with: "''"))'"
  }
}
