import Agent
import ArgumentParser
import Foundation
import HTTP
import Journal
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
      does it. GET /metrics is for Prometheus, /livez and /readyz are for the kubelet. SIGTERM ends it once \
      what is under way is done. It logs to standard error, a line of JSON for each message.
      """
  )

  @OptionGroup var clusters: ClusterOptions

  @OptionGroup var configuration: ConfigurationOptions

  @OptionGroup var profile: ProfileOptions

  @Option(help: ArgumentHelp("Where to listen.", valueName: "host:port"))
  var listen = "127.0.0.1:8481"

  @Option(help: ArgumentHelp("The certificate to show, with its chain, as PEM.", valueName: "path"))
  var tlsCertificate: String?

  @Option(help: ArgumentHelp("The certificate's key, as PEM.", valueName: "path"))
  var tlsKey: String?

  @Option(
    help: ArgumentHelp(
      "Who may ask: lines of token,user. Needed where other machines can reach it.",
      valueName: "path"
    )
  )
  var tokenFile: String?

  func validate() throws {
    guard clusters.snapshots.snapshot.isEmpty else {
      throw ValidationError("An agent follows clusters: nothing happens in a snapshot.")
    }
  }

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let file = try configuration.load(environment: environment)
    let listener: AgentListener
    do {
      listener = try AgentListener(
        listen,
        certificateFile: tlsCertificate,
        keyFile: tlsKey,
        tokenFile: tokenFile
      )
    } catch {
      throw UsageFailure(error)
    }
    let logger = Logger(label: "kpatrol.agent") { JSONLogHandler(label: $0) }
    let eventLoop = EventLoop()
    let stateFolder = StateFolder.path(environment)
    let journal = JournalKeeper(
      JournalStore(folder: stateFolder),
      JournalRetention(
        age: file.settings.journal.keepFor,
        size: file.settings.journal.maxMegabytes << 20
      )
    )
    let fleet = try await fleet(file, environment, eventLoop, journal, logger)
    let agent = Agent(fleet, version: Version.number)
    try await run(agent, fleet, listener, journal, logger)
    eventLoop.shutdown()
    logger.info("ended")
  }
}
