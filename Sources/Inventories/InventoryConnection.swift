import HTTP
import ServiceAccess
import UserConfiguration

/// How an inventory's server is reached, and asked.
struct InventoryConnection {
  private static let largestAnswer = 1 << 30

  let source: InventorySource
  let eventLoop: EventLoop
  let userAgent: String

  /// A client that trusts whom the configuration says.
  func client() throws(InventoryError) -> HTTPClient {
    var tls: TLSSettings
    do throws(ServiceAccessError) {
      tls = try TLSSettings(trusting: source.certificateAuthority)
    } catch {
      throw InventoryError(error)
    }
    if source.certificateAuthority == nil { tls.certificateAuthority = source.trustedCertificates }
    return HTTPClient(
      ConnectionSettings(tls: tls, proxy: .environment, acceptsGzip: true),
      eventLoop: eventLoop
    )
  }

  func request(
    _ method: HTTPMethod,
    _ url: String,
    _ authorization: String?,
    body: String = ""
  ) -> HTTPRequest {
    var headers: HTTPHeaders = ["Accept": "application/json", "User-Agent": userAgent]
    if source.format == .csv { headers["Accept"] = "text/csv" }
    if let authorization { headers.add("Authorization", authorization) }
    if !body.isEmpty { headers.add("Content-Type", "application/json") }
    return HTTPRequest(
      method,
      url,
      headers: headers,
      body: body.isEmpty ? nil : Array(body.utf8),
      timeouts: HTTPTimeouts(total: source.timeout),
      maximumBodyBytes: Self.largestAnswer
    )
  }
}
