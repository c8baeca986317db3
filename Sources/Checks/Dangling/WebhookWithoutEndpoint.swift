import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds webhooks that nobody answers: their Service is not there, or has no ready endpoint.
struct WebhookWithoutEndpoint: Check {
  let id: CheckID = "dangling/webhook-service"
  let title = "Admission webhook that nobody answers"
  let severity = Severity.critical
  let settles = Duration.seconds(60)
  let needs = [Service.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let facts: [any DerivedFact.Type] = [ServiceEndpoints.self]
  let explanation = """
    The API server asks this webhook before it stores objects, and there is nobody to ask. With \
    failurePolicy Fail all these requests are refused, often even those that would mend it; with \
    Ignore each waits for the timeout, and the policy is not enforced. Bring back the Service's \
    Pods, or delete the configuration if its software is gone. \
    Verify: kubectl get endpointslices -n NAMESPACE -l kubernetes.io/service-name=SERVICE
    """

  func inspect(_ configuration: WebhookConfiguration, in cluster: ClusterView) -> [Observation] {
    guard !configuration.metadata.isTerminating else { return [] }
    return cluster.targets(over: .webhook).compactMap { service in
      problem(of: service, in: cluster).map {
        observation(of: configuration, service, problem: $0)
      }
    }
  }

  /// What is wrong with a Service; `nil` where nothing is, or that cannot be said.
  private func problem(of neighbour: Neighbour, in cluster: ClusterView) -> String? {
    if neighbour.presence.isAbsent { return "does not exist" }
    guard let service = neighbour.presence.record as? Service, service.type != .externalName,
      let endpoints = cluster.fact(ServiceEndpoints.self, of: neighbour), !endpoints.hasReady,
      cluster.isKnown(EndpointSlice.kind, in: service.metadata.namespace)
    else { return nil }
    return "has no ready endpoint"
  }

  private func observation(
    of configuration: WebhookConfiguration,
    _ service: Neighbour,
    problem: String
  ) -> Observation {
    let webhooks = configuration.webhooks.filter { webhook in
      "\(webhook.client.namespace)/\(webhook.client.service)" == service.id.name
    }
    return Observation(
      "\(configuration.key.kind.name) \(configuration.metadata.name) asks Service "
        + "\(service.id.name), which \(problem)",
      evidence: webhooks.prefix(5).flatMap { webhook in
        [
          Evidence(
            configuration.id,
            "webhooks[\(webhook.name)].clientConfig.service",
            service.id.name
          ),
          Evidence(
            configuration.id,
            "webhooks[\(webhook.name)].failurePolicy",
            webhook.mayFail ? "Ignore" : "Fail"
          ),
        ]
      },
      related: [service.id],
      remedies: service.presence.isAbsent ? ["delete-object"] : [],
      beginning: .notBefore(configuration.metadata.creationTimestamp),
      severity: webhooks.allSatisfy(\.mayFail) ? .warning : nil,
      discriminator: service.id.name
    )
  }
}
