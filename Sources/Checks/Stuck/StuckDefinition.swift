import Inspection
import KubernetesObjects

/// Finds custom resource definitions whose kind is not served.
struct StuckDefinition: Check {
  let id: CheckID = "stuck/definition"
  let title = "Custom resource definition is not established"
  let severity = Severity.warning
  let settles = Duration.seconds(120)
  let needs = [CustomResourceDefinition.kind]
  let explains: [Explanation] = [.referrers(over: .definition)]
  let explanation = """
    The API server does not serve the kind: its names are taken by another definition, or its \
    schema is refused. Nobody can create or read objects of it, and operators that need it fail. \
    It heals when the other definition goes, or this one is corrected. \
    Verify: kubectl get crd NAME -o jsonpath='{.status.conditions}'
    """

  func inspect(
    _ definition: CustomResourceDefinition,
    in cluster: ClusterView
  ) -> [Observation] {
    guard !definition.metadata.isTerminating else { return [] }
    let names = definition.conditions["NamesAccepted"]
    let established = definition.conditions["Established"]
    let refused = names?.status == .isFalse ? names : nil
    guard refused != nil || established?.status != .isTrue else { return [] }
    let complaint = refused ?? established
    return [
      Observation(
        "\(definition.definedKind) is not served"
          + (complaint.map { $0.why.isEmpty ? "" : ": \($0.why)" } ?? ""),
        evidence: complaint.map { [$0.evidence(of: definition.id)] }
          ?? [Evidence(definition.id, "status.conditions", "none")],
        beginning: complaint?.since(definition.metadata)
          ?? definition.metadata.creationTimestamp.map { .at($0) } ?? .whenSeen
      )
    ]
  }
}
