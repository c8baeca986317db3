import Inspection
import KubernetesObjects

/// Finds objects that several webhooks change, none of which is asked again after the others.
struct MutatingWebhookOrder: Check {
  let id: CheckID = "conflict/webhook-order"
  let title = "Mutating webhooks do not see each other's changes"
  let severity = Severity.info
  let settles = Duration.zero
  let profile = CheckProfile.hygiene
  let needs = [MutatingWebhookConfiguration.kind]
  let explanation = """
    Mutating webhooks are called in the order of their configurations' names, and one with \
    reinvocationPolicy Never is not asked again after later ones changed the object: a container \
    that one injects never gets what the earlier one adds to all containers. Where that matters, \
    set reinvocationPolicy to IfNeeded on the earlier webhook, which must bear being called twice. \
    Verify: kubectl get mutatingwebhookconfigurations
    """

  func inspect(_ subject: MutatedResourceSubject, in cluster: ClusterView) -> [Observation] {
    guard cluster.referrerCount(over: .mutation) > 1 else { return [] }
    let configurations = cluster.referrers(MutatingWebhookConfiguration.self, over: .mutation)
      .filter { !$0.metadata.isTerminating && asksOnce($0, about: subject.name) }
    guard configurations.count > 1 else { return [] }
    return [
      Observation(
        "\(configurations.count) webhook configurations change \(subject.name), each only once: "
          + configurations.names,
        evidence: configurations.map {
          Evidence($0.id, "webhooks.reinvocationPolicy", "Never for \(subject.name)")
        },
        subject: configurations[0].id,
        related: configurations.dropFirst().map(\.id),
        discriminator: subject.name
      )
    ]
  }

  private func asksOnce(
    _ configuration: MutatingWebhookConfiguration,
    about resource: String
  ) -> Bool {
    configuration.webhooks.contains { webhook in
      !webhook.isReinvoked && webhook.rules.contains { $0.namedResources.contains(resource) }
    }
  }
}
