import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds containers that start, fail and are restarted over and over.
struct CrashLoopingContainer: Check {
  let id: CheckID = "stuck/crash-loop"
  let title = "Container keeps crashing"
  let severity = Severity.critical
  let reach = CheckReach.namespace
  let settles = Duration.seconds(60)
  let needs = [Pod.kind]
  let remedies: [RemedyID] = ["restart-workload", "roll-back-workload"]
  let explains: [Explanation] =
    .pod
    + .sameSubject(
      "stuck/creating",
      "unhealthy/out-of-memory",
      "unhealthy/pod-not-ready",
      "unhealthy/pod-restarts"
    )
  let explanation = """
    The container ends soon after it starts, and the kubelet starts it again with growing pauses \
    of up to five minutes. The exit code tells why: 137 is a kill, mostly for memory, 139 a \
    segmentation fault, 126 and 127 a command that cannot be run or found, 0 a program that ends \
    although it should serve. It heals with a corrected image, configuration or limit. \
    Verify: kubectl logs POD -n NAMESPACE -c CONTAINER --previous
    """

  private static let reasons: Set<String> = ["CrashLoopBackOff"]

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    guard pod.isUnderWay else { return [] }
    return pod.waiting(for: Self.reasons).map { container, reason, message in
      let path = pod.statusPath(of: container)
      let last = container.lastTermination
      return Observation(
        "Container \(container.name) of Pod \(pod.key.qualifiedName) keeps ending"
          + (last.map { " with \($0.cause)" } ?? "")
          + ", restarted \(container.restartCount) times",
        evidence: [
          Evidence(pod.id, "\(path).state.waiting", "\(reason): \(message)"),
          Evidence(pod.id, "\(path).restartCount", "\(container.restartCount)"),
        ] + (last.map { [Evidence(pod.id, "\(path).lastState.terminated", $0.cause)] } ?? []),
        related: cluster.targets(over: .owner).map(\.id),
        remedies: pod.isOfWorkload ? ["restart-workload", "roll-back-workload"] : [],
        beginning: (last?.finishedAt ?? pod.unreadySince).map { .at($0) } ?? .whenSeen,
        discriminator: container.name
      )
    }
  }
}

extension ContainerStatus.Termination {
  private static let signals = [
    4: "SIGILL", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL", 11: "SIGSEGV",
    13: "SIGPIPE", 15: "SIGTERM",
  ]

  /// How it ended: `exit code 137 (OOMKilled, SIGKILL)`.
  fileprivate var cause: String {
    let number = signal > 0 ? signal : exitCode > 128 ? exitCode - 128 : 0
    let details = [reason, Self.signals[number] ?? ""].filter { !$0.isEmpty }
    let code = "exit code \(exitCode)"
    return details.isEmpty ? code : "\(code) (\(details.joined(separator: ", ")))"
  }
}
