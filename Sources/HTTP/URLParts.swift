import CCurl

/// A URL's host and port, as libcurl's own parser sees them.
struct URLParts {
  let scheme: String
  let host: String
  let port: String
  private let url: String

  /// Fails where libcurl could not reach such a URL.
  init?(_ url: String) {
    guard let handle = curl_url() else { return nil }
    defer { curl_url_cleanup(handle) }
    guard curl_url_set(handle, CURLUPART_URL, url, 0) == CURLUE_OK,
      let scheme = Self.part(CURLUPART_SCHEME, of: handle),
      let host = Self.part(CURLUPART_HOST, of: handle),
      let port = Self.part(CURLUPART_PORT, of: handle, UInt32(CURLU_DEFAULT_PORT))
    else { return nil }
    self.url = url
    self.scheme = scheme
    self.host = host
    self.port = port
  }

  /// `host:port`.
  var authority: String { "\(host):\(port)" }

  /// The URL with another host.
  func url(withHost host: String) -> String {
    guard let handle = curl_url() else { return url }
    defer { curl_url_cleanup(handle) }
    curl_url_set(handle, CURLUPART_URL, url, 0)
    curl_url_set(handle, CURLUPART_HOST, host, 0)
    return Self.part(CURLUPART_URL, of: handle) ?? url
  }

  private static func part(
    _ part: CURLUPart,
    of handle: OpaquePointer,
    _ flags: UInt32 = 0
  ) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(handle, part, &text, flags) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }
}
