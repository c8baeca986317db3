import ArgumentParser
import KubernetesClient
import Monitoring

/// Which clusters a command is about.
struct ClusterOptions: ParsableArguments {
  @Option(help: "The kubeconfig to use, instead of KUBECONFIG or ~/.kube/config.")
  var kubeconfig: String?

  @Option(help: "A context to patrol, or a pattern such as 'prod-*'; may be given several times.")
  var context: [String] = []

  @Flag(help: "Patrol every context of the kubeconfig.")
  var allContexts = false

  @Option(name: [.short, .long], help: "Patrol only this namespace's objects.")
  var namespace: String?

  func validate() throws {
    guard !allContexts || context.isEmpty else {
      throw ValidationError("--all-contexts and --context exclude each other.")
    }
  }

  /// How to talk to the clusters that were asked for.
  ///
  /// A context that cannot be used stops no other; where none can, that is an error.
  func connections(environment: [String: String]) throws -> [ContextConnection] {
    do {
      let kubeconfig = try Kubeconfig.load(explicitPath: kubeconfig, environment: environment)
      let contexts = kubeconfig.connections(to: try kubeconfig.contextNames(selection))
      let failures = contexts.compactMap(\.failure)
      if failures.count == contexts.count, let failure = failures.first { throw failure }
      return contexts
    } catch {
      throw UsageFailure(error)
    }
  }

  private var selection: ContextSelection {
    if allContexts { return .all }
    return context.isEmpty ? .current : .matching(context)
  }
}

extension ContextConnection {
  /// Where a monitor gets the cluster's objects; `client` talks to one that can be reached.
  func source(_ client: (ClusterConnection) -> KubernetesClient) -> any ClusterSource {
    switch connection {
    case .success(let connection): client(connection)
    case .failure(let error): UnusableContext(name: contextName, error: error)
    }
  }

  fileprivate var failure: KubeconfigError? {
    guard case .failure(let error) = connection else { return nil }
    return error
  }
}
