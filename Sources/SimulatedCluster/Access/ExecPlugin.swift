package import Foundation
import WireFormats

/// An exec plugin of a kubeconfig: a script that fetches a short-lived token from the simulated cluster.
struct ExecPlugin {
  /// A path that a real server does not have: only the plugin's secret opens it.
  static let path = "/simulation/exec-credential"
  /// The versions of what plugins are asked and answer; the first one is the newest.
  private static let versions = [
    "client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1",
  ]

  let server: String
  let authorityPEM: String
  let secret: String

  /// Hands on what it is asked, and prints the `ExecCredential` that comes back.
  var script: String {
    """
    #!/bin/sh
    exec curl --silent --show-error --fail --cacert /dev/stdin \\
      --header 'Authorization: Bearer \(secret)' --header 'Content-Type: application/json' \\
      --data "$KUBERNETES_EXEC_INFO" '\(server)\(Self.path)' <<'END'
    \(authorityPEM)
    END

    """
  }

  /// The answer to a request of a plugin, in the version that it was asked in.
  static func credential(_ token: String, until expiry: Date, for request: APIRequest) -> JSONValue
  {
    let asked = (try? JSONValue(parsing: request.body))?["apiVersion"]?.stringValue
    return [
      "apiVersion": .string(versions.first { $0 == asked } ?? versions[0]),
      "kind": "ExecCredential",
      "status": [
        "token": .string(token),
        "expirationTimestamp": .string(SimulatedClock.timestamp(expiry)),
      ],
    ]
  }
}

extension SimulatedCluster {
  /// A script that signs a user in, with a new token each time that it is run: an exec plugin.
  ///
  /// Each run is a POST in the request log.
  package func pluginScript(for user: User = .administrator, tokenLifetime: TimeInterval) -> String
  {
    ExecPlugin(
      server: url,
      authorityPEM: certificateAuthorityPEM,
      secret: server.access.addPlugin(for: user, lifetime: tokenLifetime)
    ).script
  }

  /// A kubeconfig whose user signs in by running the plugin at a path.
  package func kubeconfig(contextName: String, pluginPath: String) -> String {
    kubeconfig(
      contextName: contextName,
      user: """
        exec:
              apiVersion: client.authentication.k8s.io/v1
              command: "\(pluginPath)"
              interactiveMode: Never
        """
    )
  }

  /// How often plugins fetched a token.
  package var pluginRuns: Int { server.access.pluginRuns }
}
