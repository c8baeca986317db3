import Inspection
import KubernetesObjects

/// Finds custom objects whose controller says that they are not ready.
///
/// The conditions are those of kstatus' convention that are true on every healthy object; what other
/// conditions mean, only their controllers know.
struct UnhealthyCustomObject: Check {
  let id: CheckID = "unhealthy/condition"
  let title = "Custom object says that it is not well"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(600)
  let needs: [ObjectKind] = []
  let explains: [Explanation] = [.referrers(over: .owner)]
  let explanation = """
    The controller of a custom kind set one of the conditions Ready, Available, Healthy and Synced \
    to False: what the object asks for is not so. The condition's message tells why. \
    Verify: kubectl describe KIND NAME -n NAMESPACE
    """

  private static let conditions: Set<String> = ["Available", "Healthy", "Ready", "Synced"]

  /// Reasons for which an object is not ready as it should be.
  private static let wanted: Set<String> = [
    "Completed", "Disabled", "Inactive", "JobCompleted", "Paused", "PodCompleted",
    "ReconcilePaused", "ReconciliationPaused", "ScaledToZero", "Stopped", "Succeeded", "Suspended",
    // A virtual machine of KubeVirt that is switched off.
    "VMINotExists",
  ]

  func inspect(_ subject: ObjectSubject, in cluster: ClusterView) -> [Observation] {
    guard let object = subject.record as? CustomRecord, !object.metadata.isTerminating,
      // What is said is about an older generation.
      (object.observedGeneration ?? object.metadata.generation) >= object.metadata.generation
    else { return [] }
    let bad = object.conditions.filter { condition in
      condition.status == .isFalse && Self.conditions.contains(condition.type)
        && !Self.wanted.contains(condition.reason)
    }
    guard let first = bad.first else { return [] }
    let reason = first.reason.isEmpty ? "" : " (\(first.reason))"
    return [
      Observation(
        "\(object.key) is not \(first.type)\(reason)",
        evidence: bad.map {
          Evidence(
            subject.id,
            "status.conditions[\($0.type)]",
            $0.message.isEmpty ? "False" : $0.message
          )
        },
        beginning: bad.compactMap(\.lastTransitionTime).min().map { .at($0) }
          ?? .notBefore(object.metadata.creationTimestamp)
      )
    ]
  }
}
