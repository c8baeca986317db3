import Agent
import Checks
import Dispatch
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

extension AgentCommand {
  /// The clusters that were asked for, watched with all that the configuration says; nothing is healed.
  func fleet(
    _ file: ConfigurationFile,
    _ environment: [String: String],
    _ eventLoop: EventLoop,
    _ journal: JournalKeeper,
    _ logger: Logger
  ) async throws -> Fleet {
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
    monitoring.trustedRuleNamespaces = settings.rules.trustedNamespaces
    let sources = try clusters.connections(environment: environment, file).map { context in
      context.source {
        KubernetesClient($0, eventLoop: eventLoop, userAgent: Version.agentUserAgent)
          .keeping(annotations: settings.ownership.annotations)
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
      remoteChecks: RemoteCheckRunner.runners(file, on: eventLoop, environment: environment),
      scopes: settings.addressScopes,
      rules: library
    )
    await fleet.readRules()
    return fleet
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
