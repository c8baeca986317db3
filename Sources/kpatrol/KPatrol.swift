import ArgumentParser
import Foundation
import KubernetesClient
import Monitoring
import Reporting
import TerminalKit

/// The command line.
@main
struct KPatrol: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kpatrol",
    abstract: "Patrols Kubernetes clusters: shows live what is inconsistent, and heals it.",
    discussion: """
      Without a subcommand it opens the terminal on the current context of the kubeconfig, as \
      kubectl would use it. With --demo it opens on a simulated cluster in which things go wrong.
      """,
    version: Version.number,
    subcommands: [
      Scan.self, AgentCommand.self, JournalCommand.self, ListChecks.self, Explain.self,
      RulesCommand.self, Simulate.self, Configure.self,
    ]
  )

  @OptionGroup var options: PatrolOptions

  func run() async throws { try await Patrol(options).run() }

  /// Runs a command; what the user got wrong ends with 2, anything else that fails with 1.
  static func main() async {
    FreeMemory.prepare()
    // A connection or a pipe whose other end is gone is an error where it is written to, no end.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let error as UsageFailure {
      // A line for each mistake; what a line repeats of a file or of a cluster may be hostile.
      let lines = error.description.split(separator: "\n").map { line in
        "kpatrol: \(PlainText.of(String(line)))\n"
      }
      FileHandle.standardError.write(Data(lines.joined().utf8))
      Foundation.exit(2)
    } catch {
      let isUsage = exitCode(for: error) == .validationFailure
      guard isUsage else { exit(withError: error) }
      FileHandle.standardError.write(Data("\(fullMessage(for: error))\n".utf8))
      Foundation.exit(2)
    }
  }
}

/// Something that the user can mend: a file, an option, the terminal.
struct UsageFailure: Error, CustomStringConvertible {
  let description: String
  let cause: (any Error)?

  init(_ cause: any Error) {
    description = "\(cause)"
    self.cause = cause
  }

  init(_ description: String) {
    self.description = description
    cause = nil
  }
}

extension ExitCode {
  /// What a shell makes of a process that a signal ended.
  init(endedBy signal: Int32) { self.init(128 + signal) }
}

enum Version {
  static let number = "0.1.0"
  /// How KPatrol names itself to API servers.
  static let userAgent = "kpatrol/\(number)"
  /// The same for one that nobody sits in front of, so that audit logs tell the two apart.
  static let agentUserAgent = "kpatrol-agent/\(number)"
}
