import Glibc
import Healing
import KubernetesObjects
import Monitoring
import TerminalKit

/// Answers what needs the user's own programs on the terminal.
extension Launch {
  /// Why nothing of a cluster may be changed; `nil` where it may.
  nonisolated private static func readOnlyRule(
    of cluster: String,
    _ fleet: Fleet
  ) async -> Guardrails.ReadOnlyRule? {
    await fleet.statuses().first { $0.name == cluster }?.readOnlyRule
  }

  /// Has the user edit an object, and proposes what was changed.
  nonisolated static func edit(
    _ object: ClusterObject,
    _ fleet: Fleet,
    _ programs: UserPrograms,
    _ display: any Display
  ) async -> Message? {
    if let rule = await readOnlyRule(of: object.cluster, fleet) {
      return .notice("Nothing is edited in \(object.cluster): \(rule).")
    }
    let editing = ObjectEditing(object: object, fleet: fleet, programs: programs, display: display)
    return await editing.run()
  }

  /// Opens a shell in a container of a Pod; asks in which, where several run and none is named.
  nonisolated static func openShell(
    in pod: ClusterObject,
    container: String?,
    _ fleet: Fleet,
    _ programs: UserPrograms,
    _ display: any Display
  ) async -> Message? {
    if let rule = await readOnlyRule(of: pod.cluster, fleet) {
      return .notice("No shell in \(pod.cluster), for who has one may change things: \(rule).")
    }
    if let reason = programs.whyNoShell { return .notice(reason) }
    var named = container
    if named == nil {
      let containers: [PodContainer]
      switch await fleet.object(pod, revealing: false) {
      case .object(let whole): containers = PodContainer.containers(of: whole)
      case .failed(let reason): return .notice("\(pod.key): \(reason)")
      }
      let running = containers.filter(\.isRunning)
      if running.isEmpty {
        let states = containers.map { "\($0.name) \($0.state)" }.joined(separator: ", ")
        return .notice("No container of \(pod.key) runs: \(states).")
      }
      if containers.count > 1 { return .containers(containers, of: pod) }
      named = running[0].name
    }
    guard let container = named else { return nil }
    let shell = ContainerShell(
      pod: pod,
      context: await fleet.context(of: pod.cluster),
      container: container,
      kubeconfig: programs.kubeconfig
    )
    guard let path = programs.path(of: "kubectl") else {
      return .notice("kubectl is not in PATH; install it, or elsewhere: \(shell.command)")
    }
    let program = ForegroundProgram(
      path: path,
      arguments: shell.arguments,
      environment: programs.environment
    )
    return await run(program, saying: shell.command, on: display)
  }

  /// Runs a program on the terminal; tells how it failed, where it did.
  nonisolated private static func run(
    _ program: ForegroundProgram,
    saying command: String,
    on display: any Display
  ) async -> Message? {
    let (end, errors) = await display.lend {
      print("$ \(DisplayText(command).string)")
      fflush(nil)
      return await program.run(keepsErrors: true)
    }
    switch end {
    case .exited(status: 0): return nil
    case .exited where ContainerShell.isOfTheShell(errors): return nil
    case .exited(let status):
      return .notice(errors.isEmpty ? "kubectl ended with status \(status)." : "kubectl: \(errors)")
    case .killed(let signal): return .notice("kubectl was ended by signal \(signal).")
    case .notStarted(let reason): return .notice("kubectl cannot be started: \(reason).")
    }
  }
}
