import HTTP
import WireFormats

extension Kubeconfig {
  /// What is needed to talk to a context's cluster; `nil` means the current context.
  package func connection(to name: String?) throws(KubeconfigError) -> ClusterConnection {
    guard let name = name ?? currentContext else { throw .noCurrentContext(known: contextNames) }
    if let serviceAccount, name == ServiceAccount.contextName {
      return try serviceAccount.connection()
    }
    guard let context = contexts[name] else { throw .noSuchContext(name, known: contextNames) }
    guard let cluster = clusters[context.cluster] else {
      throw .missing(context: name, field: "cluster", name: context.cluster, at: context.place)
    }
    var connection = ClusterConnection(
      contextName: name,
      server: try cluster.url(),
      namespace: context.namespace,
      tls: try cluster.tls()
    )
    connection.proxy = try cluster.proxy()
    connection.acceptsGzip = !cluster.disablesCompression
    guard !context.user.isEmpty else { return connection }
    guard let user = users[context.user] else {
      throw .missing(context: name, field: "user", name: context.user, at: context.place)
    }
    connection.impersonation = try user.impersonated()
    let credential = try credential(of: user, in: context, cluster)
    let certificate = try user.clientCertificate()
    // As with kubectl, secrets do not travel in the clear.
    guard !connection.server.lowercased().hasPrefix("http://") else { return connection }
    connection.credential = credential
    connection.clientCertificate = certificate
    connection.tls.clientCertificate = try certificate?.contents()
    return connection
  }

  /// How a user signs in; contexts of the same user share one session, and so one sign-in.
  private func credential(
    of user: User,
    in context: Context,
    _ cluster: Cluster
  ) throws(KubeconfigError) -> Credential {
    if let fixed = try user.fixedCredential() { return fixed }
    if let plugin = user.plugin {
      try plugin.confirmUsable()
      var info: JSONValue?
      if plugin.providesClusterInfo { info = try cluster.pluginInfo() }
      let key = SignInSessions.Key(
        user: context.user,
        cluster: plugin.providesClusterInfo ? context.cluster : ""
      )
      return .session(
        sessions.session(key) { ExecSignIn(plugin, cluster: info, environment: environment) }
      )
    }
    guard let provider = user.provider else { return .none }
    let method = try OpenIDSignIn(provider)
    let key = SignInSessions.Key(user: context.user, cluster: "")
    return .session(sessions.session(key) { method })
  }
}
