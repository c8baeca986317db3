import ArgumentParser
import KubernetesClient
import Monitoring
import NameMatching
import UserConfiguration

/// The kubeconfig of a command.
///
/// A group of its own, since the program itself has the option, too: only what both have as a group
/// reaches the subcommand.
struct KubeconfigOption: ParsableArguments {
  @Option(help: "The kubeconfig to use, instead of KUBECONFIG or ~/.kube/config.")
  var kubeconfig: String?
}

/// Whether a command may change anything; a group for the same reason.
struct ReadOnlyOption: ParsableArguments {
  @Flag(help: "Change nothing in any cluster, whatever the configuration says.")
  var readOnly = false
}

/// Which clusters a command is about.
struct ClusterOptions: ParsableArguments {
  @OptionGroup var kubeconfigOption: KubeconfigOption

  @Option(help: "A context to patrol, or a pattern such as 'prod-*'; may be given several times.")
  var context: [String] = []

  @Flag(help: "Patrol every context of the kubeconfig.")
  var allContexts = false

  @Option(
    name: [.short, .long],
    help: "Patrol only this namespace's objects; may be given several times."
  )
  var namespace: [String] = []

  @OptionGroup var snapshots: SnapshotOptions

  var kubeconfig: String? { kubeconfigOption.kubeconfig }

  /// Whether any cluster was named that an API server answers for.
  var namesContext: Bool { kubeconfig != nil || !context.isEmpty || allContexts }

  func validate() throws {
    guard snapshots.snapshot.isEmpty || !namesContext else {
      throw ValidationError(
        "--snapshot takes the place of clusters; it excludes --kubeconfig, --context and "
          + "--all-contexts."
      )
    }
    guard !allContexts || context.isEmpty else {
      throw ValidationError("--all-contexts and --context exclude each other.")
    }
  }

  /// How to talk to the clusters that were asked for.
  ///
  /// A context that cannot be used stops no other; where none can, that is an error.
  func connections(
    environment: [String: String],
    _ configuration: ConfigurationFile
  ) throws -> [ContextConnection] {
    do {
      let kubeconfig = try Kubeconfig.load(explicitPath: kubeconfig, environment: environment)
      let names = try contextNames(in: kubeconfig, configuration)
      let contexts = kubeconfig.connections(to: names)
      let failures = contexts.compactMap(\.failure)
      if failures.count == contexts.count, let failure = failures.first { throw failure }
      return contexts
    } catch {
      throw UsageFailure(error)
    }
  }

  /// The contexts that the options name, or else the configuration, or else the current one.
  private func contextNames(
    in kubeconfig: Kubeconfig,
    _ configuration: ConfigurationFile
  ) throws -> [String] {
    if allContexts { return try kubeconfig.contextNames(.all) }
    if !context.isEmpty { return try kubeconfig.contextNames(.matching(context)) }
    let configured = configuration.settings.contexts.map(\.text)
    guard !configured.isEmpty else { return try kubeconfig.contextNames(.current) }
    do {
      return try kubeconfig.contextNames(.matching(configured))
    } catch {
      guard case .noSuchContext(let pattern, _) = error,
        let index = configured.firstIndex(of: pattern),
        let place = configuration.place(of: "contexts[\(index)]")
      else { throw error }
      throw ConfigurationMistake(place: place, reason: error.description)
    }
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
