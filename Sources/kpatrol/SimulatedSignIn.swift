import ArgumentParser
import Foundation
import SimulatedCluster

/// Who may come into a simulated cluster, how they sign in, and the kubeconfigs that say so.
struct SimulatedSignIn: ParsableArguments {
  /// Longer than anybody practises.
  private static let longest: TimeInterval = 365 * 24 * 3600

  @Option(help: ArgumentHelp("Write a kubeconfig for it to this file.", valueName: "path"))
  var writeKubeconfig: String?

  @Option(
    help: ArgumentHelp(
      "Write a configuration for it to this file, with its NetBox as inventories.",
      valueName: "path"
    )
  )
  var writeConfig: String?

  @Option(
    name: .customLong("user"),
    help: ArgumentHelp(
      "Let somebody in beside the administrator, with a kubeconfig PATH-NAME; may be repeated.",
      discussion: "As in viewer=get,list,watch:pods,deployments.apps@shop;list:nodes",
      valueName: "user"
    ),
    transform: Self.user
  )
  var users: [UserSpecification] = []

  @Option(
    help: ArgumentHelp(
      "After how many seconds the tokens of the kubeconfigs expire; without it, never.",
      valueName: "seconds"
    )
  )
  var tokenLifetime: Double?

  @Flag(
    help: ArgumentHelp(
      "Let the kubeconfigs sign in with an exec plugin, which is written beside each.",
      discussion: "It gets a new token from the cluster each time, and needs curl."
    )
  )
  var execPlugin = false

  func validate() throws {
    let isPlain = users.isEmpty && tokenLifetime == nil && !execPlugin && writeConfig == nil
    guard writeKubeconfig != nil || isPlain else {
      throw ValidationError(
        "--user, --token-lifetime, --exec-plugin and --write-config need --write-kubeconfig."
      )
    }
    guard (1...Self.longest).contains(tokenLifetime ?? 1) else {
      throw ValidationError("--token-lifetime must be 1 to \(Int(Self.longest)) seconds.")
    }
  }

  /// Writes what clients of the cluster need; answers with the administrator's kubeconfig's path.
  func write(for cluster: SimulatedCluster) throws(SimulatorFileError) -> String? {
    guard let path = writeKubeconfig else { return nil }
    try write(path, for: .administrator, of: cluster, contextName: "sim")
    for user in users.map(\.user) {
      try write("\(path)-\(user.name)", for: user, of: cluster, contextName: "sim-\(user.name)")
    }
    if let writeConfig {
      try SimulatorConfiguration(writeConfig).write(for: cluster, context: "sim")
    }
    return path
  }

  private func write(
    _ path: String,
    for user: User,
    of cluster: SimulatedCluster,
    contextName: String
  ) throws(SimulatorFileError) {
    let lifetime = tokenLifetime ?? Self.longest
    guard execPlugin else {
      let token = cluster.issueToken(for: user, lifetime: lifetime)
      return try SimulatorFile(path)
        .write(cluster.kubeconfig(contextName: contextName, token: token))
    }
    let plugin = URL(filePath: "\(path)-plugin").path
    try SimulatorFile(plugin)
      .write(cluster.pluginScript(for: user, tokenLifetime: lifetime), isProgram: true)
    try SimulatorFile(path)
      .write(cluster.kubeconfig(contextName: contextName, pluginPath: plugin))
  }

  @Sendable
  private static func user(_ text: String) throws -> UserSpecification {
    do {
      return try UserSpecification(parsing: text)
    } catch {
      throw ValidationError(error.description)
    }
  }
}
