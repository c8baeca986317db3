package import HTTP

/// Everything that is needed to talk to one cluster.
package struct ClusterConnection: Sendable {
  package var contextName: String
  /// The API server's URL, without a slash at the end.
  package var server: String
  /// The context's own namespace.
  package var namespace: String?
  package var tls: TLSSettings
  package var credential: Credential
  /// The files of the client certificate, which are read again when they change.
  package var clientCertificate: ClientCertificateSource?
  package var impersonation: Impersonation?
  package var proxy = Proxy.none
  /// Whether answers may come compressed.
  package var acceptsGzip = false

  package init(
    contextName: String,
    server: String,
    namespace: String? = nil,
    tls: TLSSettings = TLSSettings(),
    credential: Credential = .none
  ) {
    self.contextName = contextName
    self.server = server
    self.namespace = namespace
    self.tls = tls
    self.credential = credential
  }

  var settings: ConnectionSettings {
    ConnectionSettings(tls: tls, proxy: proxy, acceptsGzip: acceptsGzip)
  }
}
