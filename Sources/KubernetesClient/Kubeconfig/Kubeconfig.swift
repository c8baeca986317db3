import Foundation
import HTTP
import YAMLReading

/// The clusters, users and contexts that kubectl would know.
package struct Kubeconfig: Sendable {
  /// An entry of `contexts`.
  struct Context: Sendable {
    var cluster = ""
    var user = ""
    var namespace: String?
    let place: FieldPlace
  }

  /// Where Kubernetes puts the service account of a Pod.
  package static let serviceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount"

  /// The name of the only context in a Pod that uses its own account.
  package static let inClusterContext = ServiceAccount.contextName

  package private(set) var currentContext: String?
  private(set) var clusters: [String: Cluster] = [:]
  private(set) var users: [String: User] = [:]
  private(set) var contexts: [String: Context] = [:]
  /// The way to talk to the cluster around us, where there is no file.
  private(set) var serviceAccount: ServiceAccount?
  /// What plugins find in their environment.
  let environment: [String: String]
  let sessions = SignInSessions()

  package var contextNames: [String] {
    serviceAccount == nil ? contexts.keys.sorted() : [ServiceAccount.contextName]
  }
}

// MARK: - Loading

extension Kubeconfig {
  /// Reads the files that kubectl would read; a file named on the command line is the only one.
  ///
  /// In a Pod where no file says anything it is the Pod's own service account that is used.
  package static func load(
    explicitPath: String?,
    environment: [String: String],
    serviceAccountFolder: String = serviceAccountFolder
  ) throws(KubeconfigError) -> Kubeconfig {
    var kubeconfig = Kubeconfig(environment: environment)
    if let explicitPath {
      try kubeconfig.merge(path: explicitPath)
      return kubeconfig
    }
    let paths = paths(environment)
    let present = paths.filter { FileManager.default.fileExists(atPath: $0) }
    for path in present { try kubeconfig.merge(path: path) }
    guard kubeconfig.isEmpty else { return kubeconfig }
    let account = ServiceAccount(folder: serviceAccountFolder, environment: environment)
    if account == nil, present.isEmpty { throw .none(searched: paths) }
    guard let account else { return kubeconfig }
    kubeconfig.serviceAccount = account
    kubeconfig.currentContext = ServiceAccount.contextName
    return kubeconfig
  }

  /// Where kubectl looks: a KUBECONFIG of colons alone names no file, and there is no other then.
  private static func paths(_ environment: [String: String]) -> [String] {
    guard let listed = environment["KUBECONFIG"], !listed.isEmpty else {
      return [(environment["HOME"] ?? "") + "/.kube/config"]
    }
    return listed.split(separator: ":").map(String.init)
  }

  private var isEmpty: Bool {
    clusters.isEmpty && users.isEmpty && contexts.isEmpty && currentContext ?? "" == ""
  }

  private init(environment: [String: String]) { self.environment = environment }

  private static func text(of path: String) throws(KubeconfigError) -> String {
    let text: String?
    do {
      // Some have hundreds of contexts with their certificates.
      text = try FileText.text(of: path, megabytes: 64)
    } catch {
      throw .unreadable(path: path, reason: error.reason)
    }
    guard let text else { throw .unreadable(path: path, reason: "there is no such file") }
    return text
  }

  /// Adds a file's entries; those of files before it win.
  private mutating func merge(path: String) throws(KubeconfigError) {
    let file = try YAMLFields(parsing: Self.text(of: path), path: path)
    if currentContext == nil { currentContext = try file.text("current-context") }
    for (name, entry) in try file.entries("clusters", of: "cluster") {
      let cluster = try Cluster(entry)
      if clusters[name] == nil { clusters[name] = cluster }
    }
    for (name, entry) in try file.entries("users", of: "user") {
      let user = try User(entry)
      if users[name] == nil { users[name] = user }
    }
    for (name, entry) in try file.entries("contexts", of: "context") {
      let context = try Context(entry)
      if contexts[name] == nil { contexts[name] = context }
    }
  }
}

extension Kubeconfig: Redacted {
  package var description: String {
    "a kubeconfig with the contexts \(contextNames.joined(separator: ", "))"
  }
}

extension Kubeconfig.Context {
  fileprivate init(_ fields: YAMLFields) throws(KubeconfigError) {
    place = fields.place
    cluster = try fields.string("cluster") ?? ""
    user = try fields.string("user") ?? ""
    namespace = try fields.text("namespace")
  }
}

extension YAMLFields {
  /// The named entries of a list; one file has a name once, as for kubectl.
  fileprivate func entries(
    _ list: String,
    of kind: String
  ) throws(KubeconfigError) -> [(name: String, entry: YAMLFields)] {
    var entries: [(name: String, entry: YAMLFields)] = []
    for fields in try maps(list) {
      guard let name = try fields.string("name") else { continue }
      guard !entries.contains(where: { $0.name == name }) else {
        throw .unusable(
          at: fields.place(of: "name"),
          reason: "another \(kind) is named \(name) too"
        )
      }
      entries.append((name, try fields.map(kind) ?? fields.empty(kind)))
    }
    return entries
  }
}
