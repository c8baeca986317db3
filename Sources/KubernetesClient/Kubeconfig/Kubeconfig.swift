import Foundation
import HTTP

/// The clusters, users and contexts that kubectl would know.
package struct Kubeconfig: Sendable {
  struct Cluster: Sendable {
    var server = ""
    var tls = TLSSettings()
    var proxyURL: String?
  }

  struct User: Sendable {
    var credential = Credential.none
    var certificate: [UInt8]?
    var key: [UInt8]?
    /// A way to sign in that cannot be used.
    var unsupportedField: String?
  }

  struct Context: Sendable {
    var cluster = ""
    var user = ""
    var namespace: String?
  }

  package private(set) var currentContext: String?
  private var clusters: [String: Cluster] = [:]
  private var users: [String: User] = [:]
  private var contexts: [String: Context] = [:]

  package var contextNames: [String] { contexts.keys.sorted() }
}

// MARK: - Loading

extension Kubeconfig {
  /// Reads the files that kubectl would read; a file named on the command line is the only one.
  package static func load(
    explicitPath: String?,
    environment: [String: String]
  ) throws(KubeconfigError) -> Kubeconfig {
    var kubeconfig = Kubeconfig()
    if let explicitPath {
      try kubeconfig.merge(path: explicitPath)
      return kubeconfig
    }
    let listed = (environment["KUBECONFIG"] ?? "").split(separator: ":").map(String.init)
    let paths = listed.isEmpty ? [(environment["HOME"] ?? "") + "/.kube/config"] : listed
    let present = paths.filter { FileManager.default.fileExists(atPath: $0) }
    guard !present.isEmpty else { throw .none(searched: paths) }
    for path in present { try kubeconfig.merge(path: path) }
    return kubeconfig
  }

  /// Adds a file's entries; those of files before it win.
  private mutating func merge(path: String) throws(KubeconfigError) {
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      let reason =
        FileManager.default.fileExists(atPath: path)
        ? error.localizedDescription : "there is no such file"
      throw .unreadable(path: path, reason: reason)
    }
    let file = try YAMLFields(parsing: text, path: path)
    if currentContext == nil, let name = try file.string("current-context"), !name.isEmpty {
      currentContext = name
    }
    for entry in try file.maps("clusters") {
      guard let name = try entry.string("name"), clusters[name] == nil else { continue }
      clusters[name] = try Cluster(entry.map("cluster"))
    }
    for entry in try file.maps("users") {
      guard let name = try entry.string("name"), users[name] == nil else { continue }
      users[name] = try User(entry.map("user"))
    }
    for entry in try file.maps("contexts") {
      guard let name = try entry.string("name"), contexts[name] == nil else { continue }
      contexts[name] = try Context(entry.map("context"))
    }
  }
}

// MARK: - Choosing

extension Kubeconfig {
  /// What is needed to talk to a context's cluster; `nil` means the current context.
  package func connection(to name: String?) throws(KubeconfigError) -> ClusterConnection {
    guard let name = name ?? currentContext else { throw .noCurrentContext(known: contextNames) }
    guard let context = contexts[name] else {
      throw .noSuchContext(name, known: contextNames)
    }
    guard let cluster = clusters[context.cluster] else {
      throw .missing(context: name, field: "cluster", name: context.cluster)
    }
    guard let user = context.user.isEmpty ? User() : users[context.user] else {
      throw .missing(context: name, field: "user", name: context.user)
    }
    if let field = user.unsupportedField { throw .unsupported(user: context.user, field: field) }
    guard cluster.proxyURL == nil else {
      throw .badValue(field: "clusters.\(context.cluster).proxy-url", reason: "not supported yet")
    }
    guard !cluster.server.isEmpty else {
      throw .badValue(field: "clusters.\(context.cluster).server", reason: "it is empty")
    }
    var tls = cluster.tls
    tls.clientCertificate = user.certificate
    tls.clientKey = user.key
    return ClusterConnection(
      contextName: name,
      server: cluster.server.hasSuffix("/") ? String(cluster.server.dropLast()) : cluster.server,
      namespace: context.namespace,
      tls: tls,
      credential: user.credential
    )
  }
}

// MARK: - Entries

extension Kubeconfig.Cluster {
  fileprivate init(_ fields: YAMLFields?) throws(KubeconfigError) {
    guard let fields else { return }
    server = try fields.string("server") ?? ""
    proxyURL = try fields.string("proxy-url")
    tls.certificateAuthority = try fields.bytes("certificate-authority")
    tls.serverName = try fields.string("tls-server-name")
    tls.insecureSkipVerify = try fields.boolean("insecure-skip-tls-verify")
  }
}

extension Kubeconfig.User {
  fileprivate init(_ fields: YAMLFields?) throws(KubeconfigError) {
    guard let fields else { return }
    certificate = try fields.bytes("client-certificate")
    key = try fields.bytes("client-key")
    if let token = try fields.string("token") {
      credential = .token(token)
    } else if let path = try fields.string("tokenFile") {
      credential = .tokenFile(fields.absolute(path))
    } else if let username = try fields.string("username") {
      credential = .basic(username: username, password: try fields.string("password") ?? "")
    }
    unsupportedField = ["exec", "auth-provider"].first { fields.has($0) }
  }
}

extension Kubeconfig.Context {
  fileprivate init(_ fields: YAMLFields?) throws(KubeconfigError) {
    guard let fields else { return }
    cluster = try fields.string("cluster") ?? ""
    user = try fields.string("user") ?? ""
    namespace = try fields.string("namespace")
  }
}

extension YAMLFields {
  /// The contents of `NAME-data`, which is base64, or else of the file that `NAME` tells.
  fileprivate func bytes(_ name: String) throws(KubeconfigError) -> [UInt8]? {
    if let encoded = try string("\(name)-data"), !encoded.isEmpty {
      guard let data = Data(base64Encoded: encoded, options: .ignoreUnknownCharacters) else {
        throw .wrongType(path: path, line: line, field: "\(name)-data", expected: "base64")
      }
      return [UInt8](data)
    }
    guard let file = try string(name), !file.isEmpty else { return nil }
    guard let data = FileManager.default.contents(atPath: absolute(file)) else {
      throw .unreadable(path: absolute(file), reason: "named by \(name) in \(path)")
    }
    return [UInt8](data)
  }

  /// A path as the file means it: relative to the folder that the file is in.
  fileprivate func absolute(_ file: String) -> String {
    file.hasPrefix("/")
      ? file
      : URL(filePath: path).deletingLastPathComponent().appending(path: file).path
  }
}
