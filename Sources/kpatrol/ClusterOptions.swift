import ArgumentParser
import KubernetesClient

/// Which clusters a command is about.
struct ClusterOptions: ParsableArguments {
  @Option(help: "The kubeconfig to use, instead of KUBECONFIG or ~/.kube/config.")
  var kubeconfig: String?

  @Option(help: "A context to patrol, or a pattern such as 'prod-*'; may be given several times.")
  var context: [String] = []

  @Option(name: [.short, .long], help: "Patrol only this namespace's objects.")
  var namespace: String?

  /// How to talk to the clusters that were asked for.
  func connections(environment: [String: String]) throws -> [ClusterConnection] {
    do {
      let kubeconfig = try Kubeconfig.load(explicitPath: kubeconfig, environment: environment)
      let selection = context.isEmpty ? ContextSelection.current : .matching(context)
      return try kubeconfig.contextNames(selection).map { try kubeconfig.connection(to: $0) }
    } catch {
      throw UsageFailure(error)
    }
  }
}
