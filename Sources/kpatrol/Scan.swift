import ArgumentParser
import Checks
import Foundation
import HTTP
import Healing
import Inspection
import Inventories
import KubernetesClient
import KubernetesObjects
import Monitoring
import RemoteChecks
import Reporting
import Rules
import UserConfiguration

/// Inspects clusters once and prints what was found.
struct Scan: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Inspects clusters once and prints what is inconsistent.",
    discussion: """
      Exit codes: 0 no finding at or above --fail-on, 1 findings, 2 wrong usage or configuration, \
      3 a cluster could not be inspected.

      Mutes of the configuration and of annotations hold. What was acknowledged or muted on the \
      screen does not: a report depends on the cluster and the configuration alone.
      """
  )

  /// A cluster that has not answered for so long is given up.
  private static let connectLimit = Duration.seconds(15)

  @OptionGroup var clusters: ClusterOptions

  @OptionGroup var configuration: ConfigurationOptions

  @Option(
    name: [.short, .long],
    help: "The form of the output: \(Exporters.all.map(\.name).joined(separator: ", "))."
  )
  var output = "table"

  @Option(
    help: ArgumentHelp("Write the output to this file.", valueName: "path")
  )
  var outputFile: String?

  @OptionGroup var profile: ProfileOptions

  @Option(
    help: ArgumentHelp(
      "A check's id, or a pattern such as 'risk/*'; with a ! before it, one to leave out. May be "
        + "given several times.",
      valueName: "pattern"
    )
  )
  var check: [String] = []

  @Option(help: "The mildest severity that is printed.")
  var severity = SeverityArgument(.info)

  @Option(help: "The mildest severity that makes the exit code 1.")
  var failOn = SeverityArgument(.critical)

  @Option(
    help: ArgumentHelp(
      "Watch for so long before reporting, as 30s or 2m: what does not tell since when it is so counts "
        + "once it has lasted as long.",
      valueName: "duration"
    ),
    transform: Self.duration
  )
  var settle = Duration.zero

  @Option(help: "Seconds until a cluster that is not listed counts as not inspected.")
  var timeout = 300

  @OptionGroup(visibility: .hidden) var agents: AgentOptions

  func validate() throws {
    guard agents.agent.isEmpty else {
      throw ValidationError(
        "A scan looks at clusters itself. What an agent has found it tells as JSON: GET URL/api/v1/findings. "
          + "kpatrol --agent URL shows it."
      )
    }
    guard Exporters.exporter(output) != nil else {
      let known = Exporters.all.map(\.name).joined(separator: ", ")
      throw ValidationError("--output must be one of: \(known).")
    }
    guard timeout > 0 else { throw ValidationError("--timeout must be over 0 seconds.") }
    if let outputFile, !Self.mayWrite(outputFile) {
      throw ValidationError("\(UnwritableFile(path: outputFile))")
    }
    guard settle == .zero || clusters.snapshots.snapshot.isEmpty else {
      throw ValidationError("--settle goes with clusters: a snapshot does not change.")
    }
  }

  /// Whether a file may be written to, as far as that can be told before it is: it would be a pity to
  /// lose what a long scan found.
  private static func mayWrite(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    let files = FileManager.default
    if files.fileExists(atPath: path, isDirectory: &isFolder) {
      return !isFolder.boolValue && files.isWritableFile(atPath: path)
    }
    return files.isWritableFile(atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path)
  }

  /// No scan waits for longer; it also keeps sums from overflowing.
  private static let longestSettle = Duration.seconds(86_400)

  @Sendable
  private static func duration(_ text: String) throws -> Duration {
    guard let duration = DurationText.duration(text), duration <= longestSettle else {
      throw ValidationError("It must be a duration such as 30s, 2m or 1h30m, of at most a day.")
    }
    return duration
  }

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let configuration = try configuration.load(environment: environment)
    let library = RuleLibrary(configuration.settings.rules, environment: environment)
    let rules = library.refreshedTellingMistakes()
    let remote = try ConfigurationOptions.remoteChecks(of: configuration)
      .map { RemoteFindingCheck($0).id }
    let (checks, unwanted, patterns) = try checks(and: rules.rules, remote)
    var checkSettings = configuration.settings.checks
    for check in unwanted { checkSettings.overrides[check.id] = .init(isEnabled: false) }
    checkSettings.profile = profile.profile ?? .all
    let eventLoop = EventLoop()
    let fleet = try Fleet(
      sources(environment, configuration, eventLoop, rules.rules),
      options: MonitorOptions(
        checks: checks,
        checkSettings: checkSettings,
        settlePolicy: .watch(settle),
        namespaces: clusters.namespace,
        listing: configuration.settings.listing.mode,
        mutes: MuteRules(configuration.settings.mutes),
        ownership: configuration.settings.ownership,
        guardrails: Guardrails(isReadOnly: true)
      ),
      inventories: InventoryFeed.feeds(
        configuration.settings.inventories,
        on: eventLoop,
        environment: environment
      ),
      remoteChecks: remoteChecks(configuration, eventLoop, environment, patterns),
      scopes: configuration.settings.addressScopes,
      rules: library
    )
    await fleet.readRules()
    let patrol = Task { await fleet.run() }
    let outcomes = await fleet.sync(
      within: .seconds(timeout),
      connectLimit: Self.connectLimit,
      progress: Progress.show
    )
    if let absent = await Self.absence(of: clusters.namespace, in: fleet) {
      patrol.cancel()
      eventLoop.shutdown()
      await patrol.value
      Progress.clear()
      throw UsageFailure(absent)
    }
    try await fleet.watch(for: settle) { [settle] in Progress.show($0, left: $1, of: settle) }
    // Before there is a report, which takes memory of its own.
    let resources = ProcessResources.now()
    let report = ScanReport(
      clusters: await fleet.statuses().map { status in
        guard case .failed(let reason) = outcomes[status.name] else {
          return ScanReport.Cluster(status: status, failure: nil)
        }
        return ScanReport.Cluster(status: status, failure: reason)
      },
      findings: await fleet.report(),
      checks: checkSettings.enabled(among: checks + rules.rules.checks),
      resources: resources
    )
    patrol.cancel()
    eventLoop.shutdown()
    await patrol.value
    Progress.clear()
    try await write(report.showing(severity.value), width: width(environment))
    throw ExitCode(report.exitCode(failOn: failOn.value))
  }

  /// That a namespace was named which no cluster has: a name that is mistyped would be found healthy.
  private static func absence(of namespaces: [String], in fleet: Fleet) async -> String? {
    let statuses = await fleet.statuses()
    let absent = namespaces.first { name in
      statuses.allSatisfy { $0.absentNamespaces.contains(name) }
    }
    let owner = statuses.count == 1 ? "Cluster \(statuses[0].name)" : "No cluster"
    let verb = statuses.count == 1 ? "has no" : "has a"
    return absent.map { "\(owner) \(verb) namespace \($0)." }
  }

  /// The snapshots that were named, or else the clusters.
  private func sources(
    _ environment: [String: String],
    _ configuration: ConfigurationFile,
    _ eventLoop: EventLoop,
    _ rules: RuleSet
  ) throws -> [any ClusterSource] {
    guard clusters.snapshots.snapshot.isEmpty else {
      return try clusters.snapshots.sources(for: rules, configuration.settings.ownership)
    }
    return try clusters.connections(environment: environment, configuration).map { context in
      context.source {
        client($0, on: eventLoop).keeping(annotations: configuration.settings.ownership.annotations)
      }
    }
  }

  /// The columns of the terminal that shows the output; `nil` where a program or a file gets it.
  private func width(_ environment: [String: String]) -> Int? {
    guard outputFile == nil, isatty(STDOUT_FILENO) == 1 else { return nil }
    return environment["COLUMNS"].flatMap { Int($0) } ?? 80
  }

  private func write(_ report: ScanReport, width: Int?) async throws {
    guard let exporter = Exporters.exporter(output) else { return }
    guard let outputFile else {
      return try exporter.write(report, width: width, to: StandardOutput.write)
    }
    do {
      try await OutputFile.write(to: outputFile) { piece in
        try exporter.write(report, width: width, to: piece)
      }
    } catch {
      throw UsageFailure(UnwritableFile(path: outputFile))
    }
  }

  /// The checks of the catalogue that the patterns mean, and those of packs that they do not mean.
  private func checks(
    and rules: RuleSet,
    _ remote: [CheckID]
  ) throws -> (wanted: [any Check], unwanted: [any Check], patterns: CheckPatterns) {
    do {
      let all = Catalogue.checks + rules.checks
      let patterns = try CheckPatterns(check, among: all.map(\.id) + remote)
      return (
        Catalogue.checks.filter { patterns.includes($0.id) },
        rules.checks.filter { !patterns.includes($0.id) },
        patterns
      )
    } catch {
      throw UsageFailure(error)
    }
  }

  /// The services that are asked: none about what files say of a cluster.
  private func remoteChecks(
    _ configuration: ConfigurationFile,
    _ eventLoop: EventLoop,
    _ environment: [String: String],
    _ patterns: CheckPatterns
  ) throws -> [RemoteCheckRunner] {
    guard clusters.snapshots.snapshot.isEmpty else { return [] }
    return try RemoteCheckRunner.runners(configuration, on: eventLoop, environment: environment)
      .filter { patterns.includes(RemoteFindingCheck($0.check).id) }
  }

  private func client(
    _ connection: ClusterConnection,
    on eventLoop: EventLoop
  ) -> KubernetesClient {
    // The terminal is free, if there is one: a plugin may ask.
    let terminal: TerminalHandover = { body in await body() }
    return KubernetesClient(
      connection,
      eventLoop: eventLoop,
      userAgent: Version.userAgent,
      withTerminal: isatty(STDIN_FILENO) == 1 ? terminal : nil
    )
  }
}

/// That the output cannot be written where it was asked for.
private struct UnwritableFile: Error, CustomStringConvertible {
  let path: String

  var description: String {
    "Cannot write \(path): it is a folder, or its folder is not there, or may not be written to."
  }
}

/// Shows on standard error, where that is a terminal, how far the scan is.
private enum Progress {
  private static let isShown = isatty(STDERR_FILENO) == 1

  @Sendable
  static func show(_ statuses: [ClusterStatus]) {
    guard isShown else { return }
    let kinds = statuses.reduce(0) { $0 + $1.kindsSynced }
    let total = statuses.reduce(0) { $0 + $1.kindsTotal }
    let objects = statuses.reduce(0) { $0 + $1.objectCount + $1.objectsListed }
    let inventories = statuses.flatMap(\.inventories)
    let read = inventories.count(where: \.isSettled)
    let rest = inventories.isEmpty ? "" : "and \(read)/\(inventories.count) inventories "
    write("\rListing: \(kinds)/\(total) kinds, \(objects) objects \(rest)")
  }

  static func show(_ seen: [ReportedFinding], left: Duration, of whole: Duration) {
    guard isShown else { return }
    let suspects = seen.count(where: \.isSuspect)
    let passed = (whole - left).components.seconds
    write(
      "\r\u{1B}[KWatching: \(passed) of \(whole.components.seconds) s, "
        + "\(seen.count - suspects) findings, \(suspects) suspects "
    )
  }

  static func clear() {
    guard isShown else { return }
    write("\r\u{1B}[K")
  }

  private static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
