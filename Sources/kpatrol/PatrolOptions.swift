import ArgumentParser
import Inspection

/// The options of the terminal.
struct PatrolOptions: ParsableArguments {
  @Flag(help: "Open on a simulated cluster in which faults appear one by one.")
  var demo = false

  @OptionGroup var clusters: ClusterOptions

  @OptionGroup var agents: AgentOptions

  @OptionGroup var configuration: ConfigurationOptions

  @OptionGroup var readOnlyOption: ReadOnlyOption

  @Flag(help: "Print what happens as lines of plain text, for screen readers and pipes.")
  var plain = false

  @OptionGroup var profile: ProfileOptions

  @Option(help: "The theme: its name, or the path of a theme's file or of a skin of k9s.")
  var theme: String?

  @Option(
    help: "Open this finding: its id, as in copied Markdown and in the JSON of a scan.",
    transform: { text in
      guard let id = FindingID(text) else {
        throw ValidationError("it must have 16 hexadecimal digits.")
      }
      return id
    }
  )
  var finding: FindingID?

  var readOnly: Bool { readOnlyOption.readOnly }

  func validate() throws {
    guard agents.agent.isEmpty || !demo && clusters.snapshots.snapshot.isEmpty else {
      throw ValidationError("--agent excludes --demo and --snapshot.")
    }
    guard !demo || !clusters.namesContext && clusters.snapshots.snapshot.isEmpty else {
      throw ValidationError(
        "--demo opens a simulated cluster; it excludes --kubeconfig, --context, --all-contexts "
          + "and --snapshot."
      )
    }
  }
}
