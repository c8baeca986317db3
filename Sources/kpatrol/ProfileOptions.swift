import ArgumentParser
import Inspection

/// Which profile's checks a command runs.
///
/// A group of its own, for what the terminal and a subcommand have in common must be one declaration.
struct ProfileOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Which checks are run: default, hygiene or all. Without it a scan runs all, the terminal what "
        + "the configuration says."
    )
  )
  var profile: ProfileSelection?
}

extension ProfileSelection: ExpressibleByArgument {}
