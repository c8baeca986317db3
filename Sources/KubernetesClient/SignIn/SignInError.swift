/// Why there is nothing to show to the API server; no case holds a token.
package enum SignInError: Error, Equatable, Sendable {
  case pluginMissing(command: String, hint: String?)
  /// What the plugin wrote to its standard error is quoted.
  case pluginFailed(command: String, reason: String, errorText: String)
  case pluginAnswer(command: String, reason: String)
  case terminalNeeded(command: String)
  case provider(issuer: String, reason: String)
  case unreadableFile(path: String, reason: String)
  case cancelled
}

extension SignInError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .pluginMissing(let command, let hint):
      "The sign-in plugin \(command) is not installed."
        + (hint.map { " \($0)" } ?? " Install it, or correct exec.command in the kubeconfig.")
    case .pluginFailed(let command, let reason, let errorText):
      "The sign-in plugin \(command) \(reason)" + (errorText.isEmpty ? "." : ": \(errorText)")
    case .pluginAnswer(let command, let reason):
      "The answer of the sign-in plugin \(command) cannot be used: \(reason)."
    case .terminalNeeded(let command):
      "The sign-in plugin \(command) wants to ask you something and has no terminal here. "
        + "Sign in with kubectl first."
    case .provider(let issuer, let reason):
      "The identity provider \(issuer) gives no token: \(reason). Sign in with kubectl first."
    case .unreadableFile(let path, let reason): "Cannot read the credential in \(path): \(reason)."
    case .cancelled: "The sign-in was cancelled."
    }
  }
}
