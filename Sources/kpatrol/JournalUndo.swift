import ArgumentParser
import Checks
import Foundation
import HTTP
import Healing
import Journal
import KubernetesClient
import LocalState
import Monitoring
import Reporting
import UserConfiguration

extension JournalCommand {
  /// Takes a heal back, once a person has seen how and agreed.
  struct Undo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Takes a heal back: makes anew what it deleted, and puts back what it changed.",
      discussion: """
        Shows the plan first and asks for a confirmation; the same guardrails hold as for any heal. What \
        cannot come back is told: uids, states, data of volumes, logs.
        """
    )

    @Argument(help: "The number of the heal, as journal list --kind heal tells it.")
    var id: Int64

    @Flag(help: "Show the plan, and change nothing.")
    var dryRun = false

    @OptionGroup var kubeconfigOption: KubeconfigOption

    @OptionGroup var readOnlyOption: ReadOnlyOption

    @OptionGroup var configuration: ConfigurationOptions

    /// For how long the cluster may be listed: guardrails and owners have to be known.
    private static let patience = Duration.seconds(300)
    private static let connectLimit = Duration.seconds(30)

    func run() async throws {
      let (journal, _) = try JournalFile.standard()
      let number = HealIntent.ID(id)
      let found = try await JournalFile.read { journal throws(JournalProblem) in
        try await journal.heal(number)
      }
      guard let heal = found else { throw JournalFile.unknown(String(id)) }
      guard dryRun || isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 else {
        throw UsageFailure("To confirm an undo takes a terminal; --dry-run only shows the plan.")
      }
      let eventLoop = EventLoop()
      let fleet = try fleet(of: heal.cluster, journal, eventLoop)
      let patrol = Task { await fleet.run() }
      let end: Result<Void, any Error>
      do {
        end = .success(try await undo(heal, in: fleet))
      } catch {
        end = .failure(error)
      }
      patrol.cancel()
      eventLoop.shutdown()
      await patrol.value
      try end.get()
    }

    private func undo(_ heal: HealRecord, in fleet: Fleet) async throws {
      Self.tell("Looking at \(heal.cluster) …")
      let outcomes = await fleet.sync(
        within: Self.patience,
        connectLimit: Self.connectLimit,
        progress: { _ in }
      )
      if case .failed(let reason) = outcomes[heal.cluster] {
        throw UndoFailure("\(heal.cluster) cannot be looked at: \(reason)")
      }
      let plan: HealPlan
      switch await fleet.proposal(toUndo: heal.undone) {
      case .plan(let proposed): plan = proposed
      case .unavailable(let reason): throw UndoFailure("Heal \(id) cannot be undone. \(reason)")
      case .refused(let refused, let reason):
        try StandardOutput.write(PlanText.text(of: refused))
        throw UndoFailure("Refused. \(reason)")
      }
      try StandardOutput.write(PlanText.text(of: plan))
      guard !dryRun else { return Self.tell("Nothing is changed: --dry-run.") }
      guard let confirmed = try Self.confirm(plan) else {
        throw UndoFailure("That is not what was asked for; nothing was done.")
      }
      await fleet.heal(confirmed)
      let state = await fleet.end(of: plan)
      try StandardOutput.write(PlainText.of(state?.sentence ?? "Nothing was done.") + "\n")
      switch state {
      case .healed?, .done?: break
      default: throw ExitCode.failure
      }
    }

    /// Asks for what the plan wants typed.
    private static func confirm(_ plan: HealPlan) throws -> ConfirmedPlan? {
      var reason = ""
      switch plan.confirmation {
      case .key(let key): try ask("Type \(key) and press enter to do this now: ")
      case .typing(let name): try ask("Type \(name) and press enter to do this now: ")
      case .reason(let name):
        try ask("Why is it to be done nevertheless? ")
        reason = readLine() ?? ""
        try ask("Type \(name) and press enter to do this now: ")
      }
      return ConfirmedPlan(plan, answer: readLine() ?? "", reason: reason)
    }

    private static func ask(_ question: String) throws {
      try StandardOutput.write(PlainText.of(question))
    }

    private static func tell(_ sentence: String) {
      FileHandle.standardError.write(Data("\(PlainText.of(sentence))\n".utf8))
    }

    private func fleet(
      of cluster: String,
      _ journal: JournalStore,
      _ eventLoop: EventLoop
    ) throws -> Fleet {
      let environment = ProcessInfo.processInfo.environment
      let file = try configuration.load(environment: environment)
      return Fleet(
        [try client(of: cluster, environment, eventLoop)],
        options: MonitorOptions(
          checks: Catalogue.checks,
          checkSettings: file.settings.checks,
          listing: file.settings.listing.mode,
          guardrails: Guardrails(file.settings, isReadOnly: readOnlyOption.readOnly),
          journal: journal,
          secrets: SecretVault(
            file.settings.journal,
            inFolder: StateFolder.path(environment)
          )
        )
      )
    }

    private func client(
      of cluster: String,
      _ environment: [String: String],
      _ eventLoop: EventLoop
    ) throws -> KubernetesClient {
      do {
        let file = try Kubeconfig.load(
          explicitPath: kubeconfigOption.kubeconfig,
          environment: environment
        )
        let context = file.connections(to: [cluster]).first
        guard let connection = try context?.connection.get() else {
          throw UsageFailure("There is no context \(cluster).")
        }
        let terminal: TerminalHandover = { body in await body() }
        return KubernetesClient(
          connection,
          eventLoop: eventLoop,
          userAgent: Version.userAgent,
          withTerminal: isatty(STDIN_FILENO) == 1 ? terminal : nil
        )
      } catch let error as KubeconfigError {
        throw UsageFailure(error)
      }
    }
  }
}

/// Why an undo was not done, or not to its end: no mistake of the command line.
struct UndoFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = PlainText.of(description) }
}
