import HTTP
import KubernetesClient
import SimulatedCluster

extension SimulatedCluster {
  /// A client of this cluster: its administrator, or whoever has another token.
  func client(
    _ contextName: String,
    on eventLoop: EventLoop,
    token otherToken: String? = nil,
    namespace: String? = nil,
    userAgent: String = "kpatrol/test",
    patience: Duration = .seconds(70)
  ) -> KubernetesClient {
    var tls = TLSSettings()
    tls.certificateAuthority = Array(certificateAuthorityPEM.utf8)
    let connection = ClusterConnection(
      contextName: contextName,
      server: url,
      namespace: namespace,
      tls: tls,
      credential: .token(otherToken ?? token)
    )
    return KubernetesClient(
      connection,
      eventLoop: eventLoop,
      userAgent: userAgent,
      patience: patience
    )
  }
}
