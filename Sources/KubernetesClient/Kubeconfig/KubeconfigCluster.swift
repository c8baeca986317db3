import Foundation
import HTTP
import WireFormats
import YAMLReading

extension Kubeconfig {
  /// An entry of `clusters`.
  struct Cluster: Sendable {
    let place: FieldPlace
    private let server: String
    private let serverPlace: FieldPlace
    private let authority: FileOrData?
    private let serverName: String?
    private let insecureSkipVerify: Bool
    private let proxyURL: String?
    private let proxyPlace: FieldPlace
    let disablesCompression: Bool
    /// What its extension `client.authentication.k8s.io/exec` tells plugins.
    private let pluginConfig: JSONValue?

    private static let pluginExtension = "client.authentication.k8s.io/exec"

    init(_ fields: YAMLFields) throws(KubeconfigError) {
      place = fields.place
      server = try fields.string("server") ?? ""
      serverPlace = fields.place(of: "server")
      authority = try fields.fileOrData("certificate-authority")
      serverName = try fields.text("tls-server-name")
      insecureSkipVerify = try fields.boolean("insecure-skip-tls-verify")
      proxyURL = try fields.text("proxy-url")
      proxyPlace = fields.place(of: "proxy-url")
      disablesCompression = try fields.boolean("disable-compression")
      pluginConfig = try fields.maps("extensions").first { extensionFields in
        extensionFields.value("name")?.scalar == Self.pluginExtension
      }?.json("extension")
    }
  }
}

extension Kubeconfig.Cluster {
  func tls() throws(KubeconfigError) -> TLSSettings {
    guard authority == nil || !insecureSkipVerify else {
      throw .unusable(
        at: place,
        reason: "with a certificate-authority, insecure-skip-tls-verify is not allowed"
      )
    }
    var tls = TLSSettings()
    tls.certificateAuthority = try authority?.contents()
    tls.serverName = serverName
    tls.insecureSkipVerify = insecureSkipVerify
    return tls
  }

  /// The server's URL without a slash at the end; without a scheme it is https where TLS is told of.
  func url() throws(KubeconfigError) -> String {
    var url = server.trimmingCharacters(in: .whitespaces)
    while url.hasSuffix("/") { url.removeLast() }
    guard !url.isEmpty else { throw .unusable(at: serverPlace, reason: "it is empty") }
    guard let schemeEnd = url.range(of: "://") else {
      return (authority != nil || insecureSkipVerify ? "https://" : "http://") + url
    }
    guard ["http", "https"].contains(url[..<schemeEnd.lowerBound].lowercased()) else {
      throw .unusable(at: serverPlace, reason: "expected an http or https URL")
    }
    return url
  }

  /// Through what the server is reached.
  ///
  /// Names are left to a socks5 proxy, as Go does: those of private clusters are often known there
  /// alone.
  func proxy() throws(KubeconfigError) -> Proxy {
    guard let proxyURL else { return .environment }
    guard let schemeEnd = proxyURL.range(of: "://"), proxyURL.endIndex > schemeEnd.upperBound else {
      throw .unusable(at: proxyPlace, reason: "expected a URL")
    }
    let rest = proxyURL[schemeEnd.upperBound...]
    switch proxyURL[..<schemeEnd.lowerBound].lowercased() {
    case "http": return .url("http://\(rest)")
    case "https": return .url("https://\(rest)")
    case "socks5", "socks5h": return .url("socks5h://\(rest)")
    default:
      throw .unusable(at: proxyPlace, reason: "expected the scheme http, https or socks5")
    }
  }

  /// What plugins with `provideClusterInfo` are told.
  func pluginInfo() throws(KubeconfigError) -> JSONValue {
    var info: JSONValue = ["server": .string(try url())]
    if let serverName { info["tls-server-name"] = .string(serverName) }
    if insecureSkipVerify { info["insecure-skip-tls-verify"] = true }
    if let bytes = try authority?.contents() {
      info["certificate-authority-data"] = .string(Data(bytes).base64EncodedString())
    }
    if let proxyURL { info["proxy-url"] = .string(proxyURL) }
    if disablesCompression { info["disable-compression"] = true }
    if let pluginConfig { info["config"] = pluginConfig }
    return info
  }
}

extension Kubeconfig.Cluster: Redacted {
  /// The proxy's URL, which may hold a password, is left out.
  var description: String { "the cluster at \(server)" }
}
