import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds custom kinds whose conversion webhook cannot be reached.
struct AbsentConversionWebhook: Check {
  let id: CheckID = "dangling/definition-webhook"
  let title = "Conversion webhook of a custom kind cannot be reached"
  let severity = Severity.critical
  let settles = Duration.seconds(120)
  let needs = [CustomResourceDefinition.kind, Service.kind]
  let facts: [any DerivedFact.Type] = [ServiceEndpoints.self]
  let explanation = """
    Objects of this kind are converted between versions by a webhook whose Service does not exist \
    or has no ready endpoint. Reading them in any version but the stored one fails, and with it the \
    garbage collector, the deletion of namespaces, and backups. \
    Verify: kubectl get crd NAME -o jsonpath='{.spec.conversion.webhook.clientConfig.service}'
    """

  func inspect(
    _ definition: CustomResourceDefinition,
    in cluster: ClusterView
  ) -> [Observation] {
    // With one version there is nothing to convert.
    guard definition.conversionWebhook != nil, definition.versions.count > 1,
      !definition.metadata.isTerminating, let service = cluster.targets(over: .webhook).first
    else { return [] }
    let hasNobody = cluster.fact(ServiceEndpoints.self, of: service)?.hasReady == false
    let isDead = hasNobody && cluster.isKnown(EndpointSlice.kind)
    guard service.presence.isAbsent || isDead else { return [] }
    let state = service.presence.isAbsent ? "does not exist" : "has no ready endpoint"
    return [
      Observation(
        "\(definition.definedKind) is converted by Service \(service.id.name), which \(state)",
        evidence: [
          Evidence(
            definition.id,
            "spec.conversion.webhook.clientConfig.service",
            service.id.name
          )
        ] + (isDead ? [Evidence(service.id, "ready endpoints", "0")] : []),
        related: [service.id],
        beginning: .notBefore(definition.metadata.creationTimestamp),
        severity: cluster.hasReferrer(over: .definition) ? nil : .warning
      )
    ]
  }
}
