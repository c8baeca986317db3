import AgentClient
import ArgumentParser
import Checks
import Foundation
import HTTP
import Healing
import Inspection
import Inventories
import Journal
import KubernetesClient
import LocalState
import Monitoring
import RemoteChecks
import Rules
import SimulatedCluster
import TerminalApp
import TerminalKit
import UserConfiguration

/// Wires clusters, fleet and screens together, and opens the terminal.
struct Patrol {
  /// The longest settle window of the demo, which nobody wants to watch for ten minutes.
  private static let demoWindow = Duration.seconds(3)

  private let options: PatrolOptions
  private let environment = ProcessInfo.processInfo.environment

  init(_ options: PatrolOptions) { self.options = options }

  func run() async throws {
    let configuration = try options.configuration.load(environment: environment)
    let keys = try ConfigurationOptions.keys(of: configuration)
    let stateFolder = StateFolder.path(environment)
    let kept = options.plain ? nil : stateFolder.map { StateFile(inFolder: $0).load() }
    let (theme, problem) = loadTheme(configuration, kept?.state.theme)
    let eventLoop = EventLoop()
    let library = RuleLibrary(configuration.settings.rules, environment: environment)
    let rules = library.refreshed()
    let snapshots = try options.clusters.snapshots.sources(
      for: rules.rules,
      configuration.settings.ownership
    )
    let agents = try agentSettings(configuration)
    let kubeconfig = try kubeconfig(for: agents)
    let connections =
      snapshots.isEmpty ? try connections(configuration, besides: agents) : []
    let events =
      try connections == nil || !snapshots.isEmpty
      ? nil : TerminalEvents(configuration, stateFolder, eventLoop, environment)
    let terminal = options.plain ? nil : try await openTerminal(theme)
    var simulation: SimulatedCluster?
    var sources: [any ClusterSource] = []
    var inventories = configuration.settings.inventories
    do {
      if let connections {
        sources =
          snapshots
          + connections.map { context in
            context.source {
              client($0, on: eventLoop, terminal)
                .keeping(annotations: configuration.settings.ownership.annotations)
            }
          }
      } else {
        let cluster = try await SimulatedCluster.start()
        simulation = cluster
        inventories = DemoInventories.inventories(of: cluster)
        sources = [client(connection(to: cluster), on: eventLoop, terminal)]
      }
    } catch {
      await terminal?.close()
      throw error
    }
    var checkSettings = configuration.settings.checks
    checkSettings.profile = options.profile.profile ?? configuration.settings.profile
    let journal = journal(stateFolder, configuration.settings.journal, isDemo: connections == nil)
    var monitoring = MonitorOptions(
      checks: Catalogue.checks,
      checkSettings: checkSettings,
      settlePolicy: settlePolicy(isDemo: connections == nil),
      namespaces: options.clusters.namespace,
      listing: configuration.settings.listing.mode,
      mutes: MuteRules(configuration.settings.mutes),
      ownership: configuration.settings.ownership,
      guardrails: Guardrails(
        configuration.settings,
        isReadOnly: options.readOnly,
        isOfSnapshots: !snapshots.isEmpty
      ),
      policies: configuration.settings.policies,
      recorder: journal?.history,
      journal: events?.telling(journal?.store) ?? journal?.store ?? NoJournal(),
      // A demo's journal is nowhere but in memory.
      secrets: connections == nil
        ? nil : SecretVault(configuration.settings.journal, inFolder: stateFolder)
    )
    monitoring.follower = events?.follower
    monitoring.trustedRuleNamespaces = configuration.settings.rules.trustedNamespaces
    monitoring.healingRuleNamespaces = configuration.settings.rules.healingNamespaces
    let fleet = try Fleet(
      sources,
      options: monitoring,
      inventories: InventoryFeed.feeds(inventories, on: eventLoop, environment: environment),
      // Nobody's service is told of a demo, or of what files say of a cluster.
      remoteChecks: connections == nil || !snapshots.isEmpty
        ? []
        : RemoteCheckRunner.runners(configuration, on: eventLoop, environment: environment),
      scopes: configuration.settings.addressScopes,
      rules: library,
      agents: AgentSources(agents, on: eventLoop, environment: environment, kubeconfig) {
        [ownership = configuration.settings.ownership] in
        client($0, on: eventLoop, terminal).keeping(annotations: ownership.annotations)
      }
    )
    await fleet.readRules()
    let patrol = Task { await fleet.run() }
    let telling = Task { await events?.run(following: fleet) }
    let signal: Int32?
    if let terminal {
      signal = await Launch.run(
        fleet,
        on: terminal,
        with: SetUp(
          themes: themes,
          keys: keys,
          usesMouse: configuration.settings.hasMouse,
          notices: [kept?.problem, problem].compactMap(\.self) + rules.mistakes.prefix(1),
          stateFolder: stateFolder,
          kept: kept?.state,
          notebook: stateFolder.map { Notebook(folder: $0, author: UserName.atHost) },
          journal: journal,
          finding: options.finding,
          programs: programs(isDemo: connections == nil)
        )
      )
    } else {
      await PlainPatrol(fleet, journal).run()
      signal = nil
    }
    await terminal?.close()
    telling.cancel()
    await telling.value
    patrol.cancel()
    eventLoop.shutdown()
    await patrol.value
    await simulation?.stop()
    if let signal { throw ExitCode(endedBy: signal) }
  }

  /// Where is written what happens; `nil` for snapshots, in which nothing does.
  private func journal(
    _ folder: String?,
    _ settings: JournalSettings,
    isDemo: Bool
  ) -> JournalKeeper? {
    guard options.clusters.snapshots.snapshot.isEmpty else { return nil }
    // What happens in a demo is over with it, and nothing of it could be undone later.
    return JournalKeeper(
      isDemo ? JournalStore.inMemory : JournalStore(folder: folder),
      JournalRetention(age: settings.keepFor, size: settings.maxMegabytes << 20)
    )
  }

  private func programs(isDemo: Bool) -> UserPrograms {
    let why = "In the demo no container really runs: there is nothing to open a shell in."
    return UserPrograms(
      environment: environment,
      kubeconfig: options.clusters.kubeconfig,
      stateFolder: StateFolder.path(environment),
      whyNoShell: isDemo ? why : nil
    )
  }

  private func settlePolicy(isDemo: Bool) -> SettlePolicy {
    if isDemo { return .atMost(Self.demoWindow) }
    // Nothing more will ever be seen of a snapshot.
    return options.clusters.snapshots.snapshot.isEmpty ? .declared : .singleLook
  }

  @MainActor
  private func openTerminal(_ theme: Theme) throws -> Terminal {
    do {
      return try Terminal.open(theme: theme, environment: environment)
    } catch {
      throw UsageFailure(error)
    }
  }

  private var themes: ThemeFolder {
    ThemeFolder.standard(
      environment: environment,
      executable: Bundle.main.executablePath ?? CommandLine.arguments[0]
    )
  }

  /// The theme that was asked for, or chosen last on the screen; where it cannot be had, the default
  /// one, and why.
  private func loadTheme(
    _ configuration: ConfigurationFile,
    _ chosen: String?
  ) -> (theme: Theme, problem: String?) {
    let byDefault = Self.themeName(environment)
    do {
      return (
        try themes.theme(options.theme ?? configuration.settings.theme ?? chosen ?? byDefault), nil
      )
    } catch {
      let theme = (try? themes.theme(byDefault)) ?? .monochrome
      let place = options.theme == nil ? configuration.place(of: "theme") : nil
      guard let place else { return (theme, error.description) }
      let mistake = ConfigurationMistake(place: place, reason: error.description)
      return (theme, mistake.description)
    }
  }

  /// The light theme where the terminal says that its background is light.
  private static func themeName(_ environment: [String: String]) -> String {
    let background = environment["COLORFGBG"]?.split(separator: ";").last
    return background == "7" || background == "15" ? "default-light" : "default-dark"
  }

  private func client(
    _ connection: ClusterConnection,
    on eventLoop: EventLoop,
    _ terminal: Terminal?
  ) -> KubernetesClient {
    KubernetesClient(
      connection,
      eventLoop: eventLoop,
      userAgent: Version.userAgent,
      withTerminal: { body in
        guard let terminal else { return await body() }
        await terminal.lend(body)
      },
      isTerminalFree: terminal == nil
    )
  }
}

// MARK: - Which clusters

extension Patrol {
  /// The agents that were asked for.
  private func agentSettings(_ configuration: ConfigurationFile) throws -> [AgentSettings] {
    try options.agents.settings(
      configuration.settings.agents,
      environment: environment,
      namesOthers: options.demo || options.clusters.namesContext
        || !options.clusters.snapshots.snapshot.isEmpty
    )
  }

  /// What leads to the agents' clusters; `nil` where nothing does, which only healing needs.
  private func kubeconfig(for agents: [AgentSettings]) throws -> Kubeconfig? {
    guard !agents.isEmpty else { return nil }
    do throws(KubeconfigError) {
      return try Kubeconfig.load(
        explicitPath: options.clusters.kubeconfig,
        environment: environment
      )
    } catch {
      if case .none = error { return nil }
      throw UsageFailure(error)
    }
  }

  /// The clusters that were asked for; `nil` means the demo.
  private func connections(
    _ configuration: ConfigurationFile,
    besides agents: [AgentSettings]
  ) throws -> [ContextConnection]? {
    guard !options.demo else { return nil }
    // Who names agents wants the current context no more than one who names other contexts.
    let namesNone = options.clusters.context.isEmpty && !options.clusters.allContexts
    let hasConfigured = options.agents.agent.isEmpty && !configuration.settings.contexts.isEmpty
    if !agents.isEmpty, namesNone, !hasConfigured { return [] }
    do {
      return try options.clusters.connections(environment: environment, configuration)
    } catch let error as UsageFailure {
      guard Self.hasNoContext(error), isInteractive, wantsDemo(instead: error) else { throw error }
      return nil
    }
  }

  private static func hasNoContext(_ error: UsageFailure) -> Bool {
    switch error.cause as? KubeconfigError {
    case .none?: true
    case .noCurrentContext(let known)?: known.isEmpty
    default: false
    }
  }

  private var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

  /// Says what is missing and offers the demo.
  private func wantsDemo(instead error: UsageFailure) -> Bool {
    print(error)
    print("Open the demo now? [y/N] ", terminator: "")
    fflush(nil)
    return ["y", "yes"].contains(readLine()?.lowercased())
  }

  private func connection(to cluster: SimulatedCluster) -> ClusterConnection {
    var tls = TLSSettings()
    tls.certificateAuthority = Array(cluster.certificateAuthorityPEM.utf8)
    return ClusterConnection(
      contextName: "demo",
      server: cluster.url,
      tls: tls,
      credential: .token(cluster.token)
    )
  }
}
