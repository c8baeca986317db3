import Foundation
import HTTP

/// What Kubernetes gives a Pod to talk to its own cluster.
struct ServiceAccount: Sendable {
  /// The name of the only context there is then.
  static let contextName = "in-cluster"

  private let server: String
  private let folder: String
  /// The namespace that the Pod's own manifest names, in place of the account's.
  private let namespace: String?

  /// Fails outside of Pods.
  init?(folder: String, environment: [String: String]) {
    guard let host = environment["KUBERNETES_SERVICE_HOST"], !host.isEmpty,
      let port = environment["KUBERNETES_SERVICE_PORT"], !port.isEmpty,
      FileManager.default.fileExists(atPath: folder + "/token")
    else { return nil }
    server = "https://" + (host.contains(":") ? "[\(host)]" : host) + ":" + port
    self.folder = folder
    namespace = environment["POD_NAMESPACE"].flatMap { $0.isEmpty ? nil : $0 }
  }

  func connection() throws(KubeconfigError) -> ClusterConnection {
    let authority = folder + "/ca.crt"
    guard let data = FileManager.default.contents(atPath: authority) else {
      throw .serviceAccount(path: authority, reason: "cannot be read")
    }
    var tls = TLSSettings()
    tls.certificateAuthority = [UInt8](data)
    let ofAccount = try? String(contentsOfFile: folder + "/namespace", encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    var connection = ClusterConnection(
      contextName: Self.contextName,
      server: server,
      namespace: namespace ?? ofAccount,
      tls: tls,
      credential: .tokenFile(folder + "/token")
    )
    connection.proxy = .environment
    connection.acceptsGzip = true
    return connection
  }
}
