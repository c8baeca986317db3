/// How the connections to a server are made.
package struct ConnectionSettings: Sendable, Equatable {
  package var tls: TLSSettings
  package var proxy: Proxy
  /// Asks for gzip, and takes an answer apart as it comes.
  package var acceptsGzip: Bool

  package init(tls: TLSSettings = TLSSettings(), proxy: Proxy = .none, acceptsGzip: Bool = false) {
    self.tls = tls
    self.proxy = proxy
    self.acceptsGzip = acceptsGzip
  }
}
