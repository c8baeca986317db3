import Agent
import Checks
import Dispatch
import EventDelivery
import Foundation
import HTTP
import Healing
import Inspection
import Inventories
import Journal
import KubernetesClient
import Logging
import Monitoring
import RemoteChecks
import Rules
import UserConfiguration

/// What an agent is made of.
struct AgentParts {
  let fleet: Fleet
  let keeper: ShardKeeper
  /// Those that talk to the clusters that can be reached.
  let clients: [KubernetesClient]
}

extension AgentCommand {
  /// The clusters that were asked for, watched with all that the configuration says; nothing is healed.
  func parts(
    _ file: ConfigurationFile,
    _ environment: [String: String],
    _ eventLoop: EventLoop,
    _ journal: JournalKeeper,
    _ events: EventDelivery?,
    _ logger: Logger
  ) async throws -> AgentParts {
    let settings = file.settings
    let library = RuleLibrary(settings.rules, environment: environment)
    for mistake in library.refreshed().mistakes {
      logger.error("a rule pack is left out", metadata: ["reason": "\(mistake)"])
    }
    var checkSettings = settings.checks
    checkSettings.profile = profile.profile ?? settings.profile
    var monitoring = MonitorOptions(
      checks: Catalogue.checks,
      checkSettings: checkSettings,
      namespaces: clusters.namespace,
      listing: settings.listing.mode,
      mutes: MuteRules(settings.mutes),
      ownership: settings.ownership,
      // Nobody confirms anything here.
      guardrails: Guardrails(isReadOnly: true),
      recorder: journal.history,
      journal: journal.store
    )
    monitoring.follower = events
    monitoring.trustedRuleNamespaces = settings.rules.trustedNamespaces
    let connections = try clusters.connections(environment: environment, file)
    let usesLeases = shards.usesLeases(connections)
    if let shard = Shard(shards.shard) {
      monitoring.coverage = ShardKeeper.initialCoverage(of: shard, withLeases: usesLeases)
      monitoring.ownCoverage = Coverage(of: shard.count, holding: [shard.index])
    }
    var clients: [KubernetesClient] = []
    let sources = connections.map { context in
      context.callingOwnCluster(clusterName).source { connection in
        let client = KubernetesClient(
          connection,
          eventLoop: eventLoop,
          userAgent: Version.agentUserAgent
        )
        clients.append(client)
        return client.keeping(annotations: settings.ownership.annotations)
      }
    }
    let fleet = try Fleet(
      sources,
      options: monitoring,
      inventories: InventoryFeed.feeds(
        settings.inventories,
        on: eventLoop,
        environment: environment
      ),
      remoteChecks: RemoteCheckRunner.runners(
        file,
        events?.sink,
        on: eventLoop,
        environment: environment
      ),
      scopes: settings.addressScopes,
      rules: library
    )
    await fleet.readRules()
    let keeper = try shards.keeper(
      of: fleet,
      sources.first as? KubernetesClient,
      connections,
      usesLeases: usesLeases,
      logger
    )
    return AgentParts(fleet: fleet, keeper: keeper, clients: clients)
  }

  /// Runs everything until a signal, or until the address cannot be listened at.
  func run(
    _ agent: Agent,
    _ fleet: Fleet,
    _ listener: AgentListener,
    _ journal: JournalKeeper,
    _ logger: Logger
  ) async throws {
    let (ends, end) = AsyncStream.makeStream(of: Result<Int32, any Error>.self)
    let sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)  // The source is told of it all the same.
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { end.yield(.success(number)) }
      source.resume()
      return source
    }
    let patrol = Task { await fleet.run() }
    let telling = Task { await agent.run() }
    let keeping = Task {
      await journal.run(now: WallClock.system.now, sleep: WallClock.system.sleep) { sentence in
        logger.warning("\(sentence)")
      }
    }
    let serving = Task {
      do {
        try await listener.serve(agent, logger: logger) { port in
          logger.info("listening", metadata: ["host": "\(listener.host)", "port": "\(port)"])
        }
      } catch {
        end.yield(.failure(error))
      }
    }
    var ending: Result<Int32, any Error>?
    for await how in ends {
      ending = how
      break
    }
    if case .success(let number) = ending {
      logger.info("ending", metadata: ["signal": "\(number)"])
    }
    // Who follows findings is told all until now, and then that it ends.
    telling.cancel()
    await telling.value
    serving.cancel()
    keeping.cancel()
    patrol.cancel()
    await serving.value
    await keeping.value
    await patrol.value
    for source in sources { source.cancel() }
    if case .failure(let error) = ending {
      throw UsageFailure("It cannot listen at \(listen): \(error)")
    }
  }
}
