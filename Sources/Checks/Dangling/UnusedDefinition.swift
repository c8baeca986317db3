import Inspection
import KubernetesObjects

/// Finds custom resource definitions that have no instance.
struct UnusedDefinition: Check {
  let id: CheckID = "dangling/definition-unused"
  let title = "Custom resource definition without an instance"
  let severity = Severity.info
  let settles = Duration.seconds(24 * 3600)
  let needs = [CustomResourceDefinition.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    The kind is served, and no object of it exists. It may be left over from an operator that was \
    removed; it still costs the API server memory and a watch of every client. \
    Verify: kubectl get PLURAL.GROUP -A
    """

  func inspect(
    _ definition: CustomResourceDefinition,
    in cluster: ClusterView
  ) -> [Observation] {
    guard definition.isServed, !definition.metadata.isTerminating,
      cluster.isKnown(definition.definedKind), !cluster.hasReferrer(over: .definition)
    else { return [] }
    return [
      Observation(
        "No \(definition.definedKind) exists",
        evidence: [Evidence(definition.id, "spec.names.kind", definition.definedKind.name)],
        beginning: .notBefore(definition.metadata.creationTimestamp)
      )
    ]
  }
}
