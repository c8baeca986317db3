import ArgumentParser
import Checks
import Foundation
import HTTP
import Healing
import Inspection
import Inventories
import KubernetesClient
import LocalState
import Monitoring
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
    let theme = try loadTheme(configuration)
    let eventLoop = EventLoop()
    let snapshots = try options.clusters.snapshots.sources()
    let connections = snapshots.isEmpty ? try connections(configuration) : []
    let terminal = try await openTerminal(theme)
    var simulation: SimulatedCluster?
    var sources: [any ClusterSource] = []
    var inventories = configuration.settings.inventories
    do {
      if let connections {
        sources =
          snapshots
          + connections.map { context in
            context.source { client($0, on: eventLoop, terminal) }
          }
      } else {
        let cluster = try await SimulatedCluster.start()
        simulation = cluster
        inventories = DemoInventories.inventories(of: cluster)
        sources = [client(connection(to: cluster), on: eventLoop, terminal)]
      }
    } catch {
      await terminal.close()
      throw error
    }
    var checkSettings = configuration.settings.checks
    checkSettings.profile = options.profile.profile ?? configuration.settings.profile
    let fleet = Fleet(
      sources,
      options: MonitorOptions(
        checks: Catalogue.checks,
        checkSettings: checkSettings,
        settlePolicy: settlePolicy(isDemo: connections == nil),
        namespaces: options.clusters.namespace,
        listing: configuration.settings.listing.mode,
        mutes: MuteRules(configuration.settings.mutes),
        teamLabel: configuration.settings.teamLabel,
        guardrails: Guardrails(
          isReadOnly: options.readOnly,
          isOfSnapshots: !snapshots.isEmpty,
          readOnlyContexts: configuration.settings.readOnlyContexts,
          protectedNamespaces: configuration.settings.protectedNamespaces
        )
      ),
      inventories: inventories.map {
        InventoryFeed(
          $0,
          eventLoop: eventLoop,
          userAgent: Version.userAgent,
          environment: environment
        )
      },
      scopes: configuration.settings.addressScopes
    )
    let state = KeptState(folder: StateFolder.path(environment), author: UserName.atHost)
    let patrol = Task { await fleet.run() }
    let signal = await Launch.run(
      fleet,
      on: terminal,
      themes: themes,
      state: state,
      opening: options.finding
    )
    await terminal.close()
    patrol.cancel()
    eventLoop.shutdown()
    await patrol.value
    await simulation?.stop()
    if let signal { throw ExitCode(endedBy: signal) }
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

  private func loadTheme(_ configuration: ConfigurationFile) throws -> Theme {
    let configured = configuration.settings.theme
    do {
      return try themes.theme(options.theme ?? configured ?? Self.themeName(environment))
    } catch {
      guard options.theme == nil, let place = configuration.place(of: "theme") else {
        throw UsageFailure(error)
      }
      throw UsageFailure(ConfigurationMistake(place: place, reason: error.description))
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
    _ terminal: Terminal
  ) -> KubernetesClient {
    KubernetesClient(
      connection,
      eventLoop: eventLoop,
      userAgent: Version.userAgent,
      withTerminal: { body in await terminal.lend(body) },
      isTerminalFree: false
    )
  }
}

// MARK: - Which clusters

extension Patrol {
  /// The clusters that were asked for; `nil` means the demo.
  private func connections(
    _ configuration: ConfigurationFile
  ) throws -> [ContextConnection]? {
    guard !options.demo else { return nil }
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
