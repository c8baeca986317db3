import ArgumentParser

/// The options of the terminal.
struct PatrolOptions: ParsableArguments {
  @Flag(help: "Open on a simulated cluster in which faults appear one by one.")
  var demo = false

  @Option(help: "The kubeconfig to use, instead of KUBECONFIG or ~/.kube/config.")
  var kubeconfig: String?

  @Option(help: "A context to patrol; may be given several times.")
  var context: [String] = []

  @Option(name: [.short, .long], help: "Patrol only this namespace's objects.")
  var namespace: String?

  @Flag(help: "Change nothing in any cluster.")
  var readOnly = false

  @Option(help: "The theme: default-dark, default-light, or a file in the themes folder.")
  var theme: String?
}
