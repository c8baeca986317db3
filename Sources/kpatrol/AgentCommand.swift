import Agent
import ArgumentParser
import EventDelivery
import Foundation
import HTTP
import Journal
import KubernetesClient
import LocalState
import Logging
import Monitoring
import UserConfiguration

/// Patrols without a screen and answers over HTTP.
struct AgentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agent",
    abstract: "Patrols without a screen: findings, metrics and health over HTTP.",
    discussion: """
      GET /api/v1/findings lists findings as JSON, and with ?watch=true follows them, as the Kubernetes API \
      does it. POST / takes CloudEvents with findings of services. GET /metrics is for Prometheus, /livez and /readyz are for the kubelet. SIGTERM ends it once \
      what is under way is done. It logs to standard error, a line of JSON for each message.
      """
  )

  @OptionGroup var clusters: ClusterOptions

  @OptionGroup var configuration: ConfigurationOptions

  @OptionGroup var profile: ProfileOptions

  @OptionGroup(title: "Several agents") var shards: ShardOptions

  @Option(
    help: ArgumentHelp(
      "What the cluster is called that the agent runs in, for terminals and events.",
      valueName: "name"
    )
  )
  var clusterName: String?

  @Option(help: ArgumentHelp("Where to listen.", valueName: "host:port"))
  var listen = "127.0.0.1:8481"

  @Option(help: ArgumentHelp("The certificate to show, with its chain, as PEM.", valueName: "path"))
  var tlsCertificate: String?

  @Option(help: ArgumentHelp("The certificate's key, as PEM.", valueName: "path"))
  var tlsKey: String?

  @Option(
    help: ArgumentHelp(
      "Who may ask: lines of token,user. This or --token-review is needed where other machines can reach it.",
      valueName: "path"
    )
  )
  var tokenFile: String?

  @Flag(
    help: ArgumentHelp(
      "Ask the first cluster's API server whose token a request brings, and whether that user may get (or post to) the path."
    )
  )
  var tokenReview = false

  func validate() throws {
    guard !tokenReview || tokenFile == nil else {
      throw ValidationError("--token-review and --token-file exclude each other.")
    }
    guard clusters.snapshots.snapshot.isEmpty else {
      throw ValidationError("An agent follows clusters: nothing happens in a snapshot.")
    }
  }

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let file = try configuration.load(environment: environment)
    let eventLoop = EventLoop()
    let listener: AgentListener
    do {
      listener = try AgentListener(
        listen,
        certificateFile: tlsCertificate,
        keyFile: tlsKey,
        authority: try authority(file, environment, eventLoop)
      )
    } catch let failure as UsageFailure {
      throw failure
    } catch {
      throw UsageFailure(error)
    }
    let logger = Logger(label: "kpatrol.agent") { JSONLogHandler(label: $0) }
    let stateFolder = StateFolder.path(environment)
    let journal = JournalKeeper(
      JournalStore(folder: stateFolder),
      JournalRetention(
        age: file.settings.journal.keepFor,
        size: file.settings.journal.maxMegabytes << 20
      )
    )
    let replies = ReplyIntake()
    let events = try EventDelivery.delivery(
      file.settings.events,
      folder: stateFolder,
      on: eventLoop,
      environment: environment,
      say: { sentence in logger.warning("\(sentence)") },
      takeReply: replies.take
    )
    let parts = try await parts(file, environment, eventLoop, journal, events, logger)
    let intake = EventIntake(parts.fleet)
    replies.begin(intake)
    let ledger = FindingLedger(at: WallClock.system.now())
    let agent = Agent(
      parts.fleet,
      ledger,
      services: try services(parts, file, environment, eventLoop, ledger, journal, logger)
        + (events.map { [EventService($0, parts.fleet, intake)] } ?? []),
      intake: intake,
      version: Version.number
    )
    try await run(agent, parts.fleet, listener, journal, logger)
    eventLoop.shutdown()
    logger.info("ended")
  }
}

extension AgentCommand {
  /// What works beside the findings.
  private func services(
    _ parts: AgentParts,
    _ file: ConfigurationFile,
    _ environment: [String: String],
    _ eventLoop: EventLoop,
    _ ledger: FindingLedger,
    _ journal: JournalKeeper,
    _ logger: Logger
  ) throws -> [any AgentService] {
    let writer = ReportWriter(
      file.settings.reports,
      parts.fleet,
      ledger,
      into: parts.clients,
      logger: logger
    )
    let heals = HealMetrics(journal.store, since: WallClock.system.now())
    return [parts.keeper, writer, heals]
      + (try notifiers(file, environment, eventLoop, ledger, logger))
  }

  /// Those who tell others of findings; all that is wrong with their filters is one error.
  private func notifiers(
    _ file: ConfigurationFile,
    _ environment: [String: String],
    _ eventLoop: EventLoop,
    _ ledger: FindingLedger,
    _ logger: Logger
  ) throws -> [any AgentService] {
    var notifiers: [Notifier] = []
    var mistakes: [ConfigurationMistake] = []
    for settings in file.settings.notifications {
      let sender = NotificationSender(
        settings,
        on: eventLoop,
        userAgent: Version.userAgent,
        environment: environment
      )
      do throws(Notifier.Mistake) {
        notifiers.append(try Notifier(settings, ledger, sender, logger: logger))
      } catch {
        guard let place = settings.filterPlace else { continue }
        mistakes.append(ConfigurationMistake(place: place, reason: error.reason))
      }
    }
    guard mistakes.isEmpty else { throw UsageFailure(ConfigurationError.mistakes(mistakes)) }
    return notifiers
  }

  /// Who says who may ask; `nil` where everybody may who can reach it.
  private func authority(
    _ file: ConfigurationFile,
    _ environment: [String: String],
    _ eventLoop: EventLoop
  ) throws -> (any RequestAuthority)? {
    if let tokenFile { return try AccessTokens(file: tokenFile) }
    guard tokenReview else { return nil }
    let contexts = try clusters.connections(environment: environment, file)
    guard let connection = try contexts.first?.connection.get() else { return nil }
    let client = KubernetesClient(
      connection,
      eventLoop: eventLoop,
      userAgent: Version.agentUserAgent
    )
    return ReviewedAccess(client, now: WallClock.system.now)
  }
}
