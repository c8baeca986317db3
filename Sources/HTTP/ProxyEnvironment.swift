import Glibc

/// Which proxies the environment names, read as Go's programs, and so kubectl, read it.
///
/// Source: golang.org/x/net/http/httpproxy.
struct ProxyEnvironment {
  private let http: String?
  private let https: String?
  private let exceptions: ProxyExceptions

  /// Reads variables; of two spellings that in capital letters counts.
  init(_ variable: (String) -> String?) {
    func value(_ name: String) -> String? {
      [name, name.lowercased()].compactMap(variable).first { !$0.isEmpty }
    }
    http = value("HTTP_PROXY")
    https = value("HTTPS_PROXY")
    exceptions = ProxyExceptions(value("NO_PROXY") ?? "")
  }

  /// What this process's environment says.
  static var ofProcess: ProxyEnvironment {
    ProxyEnvironment { name in getenv(name).map { String(cString: $0) } }
  }

  /// The proxy by which a URL is reached; `nil` where it is reached directly.
  ///
  /// What counts is where the connection goes, not a name that the certificate shall have.
  func proxy(to url: URLParts) -> String? {
    guard let proxy = url.scheme == "http" ? http : https else { return nil }
    return exceptions.contains(url.host, port: url.port) ? nil : proxy
  }
}
