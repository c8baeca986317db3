import Inspection
import KubernetesObjects

/// Finds objects whose controller has not seen their latest change.
struct UnobservedGeneration: Check {
  let id: CheckID = "drift/generation"
  let title = "Controller has not seen the latest change"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(600)
  let needs: [ObjectKind] = []
  let remedies: [RemedyID] = ["restart-controller"]
  let explanation = """
    The object's status is about an older generation of its spec: its controller does not run, is \
    stuck, or fails before it writes the status. What was asked for is not happening, whatever the \
    status says. Look at the controller's log, and restart it. Of a custom kind, the workload that is \
    believed to be it alone runs as an account that a role allows by name to write the kind's status. \
    Verify: kubectl get KIND NAME -o jsonpath='{.metadata.generation} {.status.observedGeneration}'
    """

  func inspect(_ subject: ObjectSubject, in cluster: ClusterView) -> [Observation] {
    // Deletion is a new generation, too, and need not be observed. Most objects are Pods, and say
    // nothing of the kind.
    guard subject.record.kind != Pod.kind, subject.metadata.generation > 0,
      !subject.metadata.isTerminating,
      let observed = observedGeneration(of: subject.record),
      observed < subject.metadata.generation, hasOwnStatus(subject.record, in: cluster)
    else { return [] }
    return [
      Observation(
        "\(subject.record.key) is at generation \(subject.metadata.generation), and its controller "
          + "has seen \(observed)",
        evidence: [
          Evidence(subject.id, "metadata.generation", "\(subject.metadata.generation)"),
          Evidence(subject.id, "status.observedGeneration", "\(observed)"),
        ],
        // The controllers of other kinds are Kubernetes' own.
        remedies: subject.record is CustomRecord ? nil : [],
        beginning: subject.metadata.generation == 1
          ? .notBefore(subject.metadata.creationTimestamp) : .whenSeenTwice
      )
    ]
  }

  private func observedGeneration(of record: any ObjectRecord) -> Int? {
    switch record {
    case let custom as CustomRecord: custom.observedGeneration
    case let observer as any GenerationObserver: observer.observedGeneration
    default: nil
    }
  }

  /// Whether writing the status is no new generation itself, so that an observer can keep up.
  private func hasOwnStatus(_ record: any ObjectRecord, in cluster: ClusterView) -> Bool {
    guard record is CustomRecord else { return true }
    return cluster.targets(CustomResourceDefinition.self, over: .definition).first?.hasOwnStatus
      ?? false
  }
}
