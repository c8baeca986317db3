import Healing
import KubernetesObjects
import Monitoring

/// A shell in a container, which kubectl opens as the user could by hand.
struct ContainerShell: Sendable, Equatable {
  /// The better shell where the image has it.
  private static let script = "command -v bash >/dev/null && exec bash || exec sh"

  let pod: ClusterObject
  /// The context that leads to its cluster.
  let context: String
  let container: String
  /// The file that the user named; else kubectl finds what KPatrol found.
  let kubeconfig: String?

  /// What kubectl is told.
  ///
  /// Nothing is left to what its context or namespace happen to be, and no name is taken for an option.
  var arguments: [String] {
    (kubeconfig.map { ["--kubeconfig=\($0)"] } ?? []) + [
      "--context=\(context)", "--namespace=\(pod.key.namespace)", "exec",
      "--stdin", "--tty", "--container=\(container)", "pod/\(pod.key.name)", "--", "sh", "-c",
      Self.script,
    ]
  }

  /// The same for a person to type.
  var command: String {
    (["kubectl"] + arguments.map { HealStep.quoted($0) }).joined(separator: " ")
  }

  /// What kubectl says where the shell's last command failed, which is the user's own business.
  static func isOfTheShell(_ complaint: String) -> Bool {
    complaint.hasPrefix("command terminated with exit code")
  }
}
