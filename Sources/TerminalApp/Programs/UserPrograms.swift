import KubernetesClient

/// The user's own programs that screens may open on the terminal.
package struct UserPrograms: Sendable {
  /// What they are given as their environment.
  let environment: [String: String]
  /// The file that the user named in place of `KUBECONFIG`.
  let kubeconfig: String?
  /// Where what could not be sent is kept; `nil` where nothing is.
  let stateFolder: String?
  /// Why no container can be entered, whatever is installed; `nil` where it can.
  let whyNoShell: String?

  package init(
    environment: [String: String],
    kubeconfig: String? = nil,
    stateFolder: String? = nil,
    whyNoShell: String? = nil
  ) {
    self.environment = environment
    self.kubeconfig = kubeconfig
    self.stateFolder = stateFolder
    self.whyNoShell = whyNoShell
  }

  /// The command that edits files, as git and kubectl choose it.
  var editor: String {
    [environment["VISUAL"], environment["EDITOR"]].compactMap(\.self).first { !$0.isEmpty } ?? "vi"
  }

  /// The path of a program; `nil` where it is not installed.
  func path(of program: String) -> String? {
    ExecutableSearch.path(of: program, in: environment["PATH"])
  }
}
