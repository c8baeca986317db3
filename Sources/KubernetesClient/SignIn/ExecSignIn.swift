import KubernetesObjects
import WireFormats

/// Signs in by running a plugin.
struct ExecSignIn: SignInMethod {
  /// How long a plugin may take; some wait until the user has signed in with a browser.
  static let timeLimit = Duration.seconds(180)

  private let plugin: ExecPlugin
  /// What the plugin is told of the cluster.
  private let cluster: JSONValue?
  private let environment: [String: String]
  private let timeLimit: Duration

  init(
    _ plugin: ExecPlugin,
    cluster: JSONValue?,
    environment: [String: String],
    timeLimit: Duration = Self.timeLimit
  ) {
    self.plugin = plugin
    self.cluster = cluster
    self.environment = environment
    self.timeLimit = timeLimit
  }

  var description: String { plugin.description }

  func signIn(isRefused: Bool, _ tools: SignInTools) async throws(SignInError) -> Identity {
    let terminal: TerminalHandover? =
      switch plugin.interactiveMode {
      case .never: nil
      case .ifAvailable: tools.isTerminalFree ? tools.withTerminal : nil
      case .always: tools.withTerminal
      }
    guard terminal != nil || plugin.interactiveMode != .always else {
      throw .terminalNeeded(command: plugin.command)
    }
    let process = try process(isInteractive: terminal != nil)
    let end: PluginProcess.End
    if let terminal {
      let slot = ResultSlot<PluginProcess.End>()
      await terminal { slot.value = await process.run() }
      end = slot.value ?? .cancelled
    } else {
      end = await process.run()
    }
    return try identity(end)
  }

  private func process(isInteractive: Bool) throws(SignInError) -> PluginProcess {
    var environment = environment.merging(plugin.environment) { _, added in added }
    let request = ExecCredential.request(
      apiVersion: plugin.apiVersion,
      cluster: cluster,
      isInteractive: isInteractive
    )
    environment["KUBERNETES_EXEC_INFO"] = String(decoding: request.encoded(), as: UTF8.self)
    guard let path = ExecutableSearch.path(of: plugin.command, in: self.environment["PATH"]) else {
      throw .pluginMissing(command: plugin.command, hint: plugin.installHint)
    }
    return PluginProcess(
      path: path,
      arguments: [plugin.command] + plugin.arguments,
      environment: environment,
      isInteractive: isInteractive,
      // Somebody who sits in front of a plugin can end it.
      timeLimit: isInteractive ? nil : timeLimit
    )
  }

  private func identity(_ end: PluginProcess.End) throws(SignInError) -> Identity {
    switch end {
    case .exited(status: 0, let output, _):
      do {
        return try ExecCredential.identity(in: output, apiVersion: plugin.apiVersion)
      } catch {
        throw .pluginAnswer(command: plugin.command, reason: error.reason)
      }
    case .exited(let status, _, let errorText):
      throw failed("failed (exit status \(status))", errorText)
    case .killed(let signal, let errorText):
      throw failed("was ended by signal \(signal)", errorText)
    case .timedOut(let errorText):
      throw failed("did not end within \(timeLimit.components.seconds) s", errorText)
    case .notStarted(let reason): throw failed("cannot be started", reason)
    case .cancelled: throw .cancelled
    }
  }

  private func failed(_ reason: String, _ errorText: String) -> SignInError {
    .pluginFailed(command: plugin.command, reason: reason, errorText: errorText)
  }
}
