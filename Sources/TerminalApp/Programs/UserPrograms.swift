import KubernetesClient

/// The user's own programs that screens may open on the terminal.
package struct UserPrograms: Sendable {
  /// What they are given as their environment.
  let environment: [String: String]
  /// The file that the user named in place of `KUBECONFIG`.
  let kubeconfig: String?
  /// Why no container can be entered, whatever is installed; `nil` where it can.
  let whyNoShell: String?

  package init(
    environment: [String: String],
    kubeconfig: String? = nil,
    whyNoShell: String? = nil
  ) {
    self.environment = environment
    self.kubeconfig = kubeconfig
    self.whyNoShell = whyNoShell
  }

  /// The path of a program; `nil` where it is not installed.
  func path(of program: String) -> String? {
    ExecutableSearch.path(of: program, in: environment["PATH"])
  }
}
