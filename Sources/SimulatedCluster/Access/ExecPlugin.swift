package import Foundation
import WireFormats

/// An exec plugin of a kubeconfig: a script that fetches a short-lived token from the simulated cluster.
struct ExecPlugin {
  /// A path that a real server does not have: only the plugin's secret opens it.
  static let path = "/simulation/exec-credential"

  let server: String
  let authorityFile: String
  let secret: String

  /// Prints an `ExecCredential`, as client-go's plugins do.
  var script: String {
    """
    #!/bin/sh
    exec curl --silent --show-error --fail --cacert '\(authorityFile)' \\
      --request POST --header 'Authorization: Bearer \(secret)' '\(server)\(Self.path)'

    """
  }

  static func credential(_ token: String, until expiry: Date) -> JSONValue {
    [
      "apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",
      "status": [
        "token": .string(token),
        "expirationTimestamp": .string(SimulatedClock.timestamp(expiry)),
      ],
    ]
  }
}

extension SimulatedCluster {
  /// Writes an exec plugin for a user into a folder, and returns a kubeconfig that uses it.
  ///
  /// Each run of the plugin is a POST in the request log.
  package func execKubeconfig(
    contextName: String,
    user: User = .administrator,
    tokenLifetime: TimeInterval,
    in folder: URL
  ) throws -> String {
    let authority = folder.appending(path: "exec-plugin-ca.pem")
    let script = folder.appending(path: "exec-plugin.sh")
    let plugin = ExecPlugin(
      server: url,
      authorityFile: authority.path,
      secret: server.access.addPlugin(for: user, lifetime: tokenLifetime)
    )
    try certificateAuthorityPEM.write(to: authority, atomically: true, encoding: .utf8)
    try plugin.script.write(to: script, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: script.path)
    return kubeconfig(
      contextName: contextName,
      user: """
        exec:
              apiVersion: client.authentication.k8s.io/v1
              command: "\(script.path)"
              interactiveMode: Never
        """
    )
  }
}
