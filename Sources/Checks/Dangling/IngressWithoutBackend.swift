import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Ingresses that send requests to a Service that does not exist.
struct IngressWithoutBackend: Check {
  let id: CheckID = "dangling/ingress-backend"
  let title = "Ingress sends requests to a Service that does not exist"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(30)
  let needs = [Ingress.kind, Service.kind]
  let explanation = """
    Whoever asks for this host and path gets an error (503 from most controllers), and some \
    controllers refuse the whole Ingress. Create the Service in the Ingress's own namespace, or \
    correct the name. Verify: kubectl describe ingress NAME -n NAMESPACE
    """

  func inspect(_ ingress: Ingress, in cluster: ClusterView) -> [Observation] {
    guard !ingress.metadata.isTerminating else { return [] }
    return cluster.targets(over: .backend).compactMap { service in
      guard service.presence.isAbsent, let name = service.id.objectKey?.name else { return nil }
      let places = ingress.places { $0.service == name && !$0.isAction }
      guard !places.isEmpty else { return nil }
      return Observation(
        "Ingress \(ingress.key.qualifiedName) sends requests to Service \(name), "
          + "which does not exist",
        evidence: places.map { Evidence(ingress.id, "\($0).service.name", name) },
        related: [service.id],
        beginning: .notBefore(ingress.metadata.creationTimestamp),
        discriminator: name
      )
    }
  }
}

extension Ingress.Backend {
  /// Whether it names an action of AWS's controller, which annotations describe, and no Service.
  var isAction: Bool { port == .string("use-annotation") }
}

extension Ingress {
  /// The fields that hold a backend for which `isWanted` holds; the first few.
  func places(_ isWanted: (Backend) -> Bool) -> [String] {
    let paths = rules.filter { isWanted($0.backend) }.prefix(5).map { rule in
      "spec.rules[\(rule.host)].http.paths[\(rule.path)].backend"
    }
    return defaultBackend.map(isWanted) == true ? paths + ["spec.defaultBackend"] : Array(paths)
  }
}
