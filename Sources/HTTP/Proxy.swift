/// Through what a server is reached.
package enum Proxy: Sendable, Hashable {
  case none
  /// What `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` of the environment say, as kubectl reads them.
  case environment
  /// A URL with the scheme http, https, socks5 or socks5h; it may hold a password.
  case url(String)
}

extension Proxy: Redacted {
  package var description: String {
    switch self {
    case .none: "no proxy"
    case .environment: "the environment's proxy"
    case .url(let url): "the proxy \(URLParts(url)?.authority ?? "of an unreadable URL")"
    }
  }
}
