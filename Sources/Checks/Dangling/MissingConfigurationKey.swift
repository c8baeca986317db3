import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds workloads, and Pods of no workload, that need a key that their ConfigMap or Secret lacks.
struct MissingConfigurationKey: Check {
  let id: CheckID = "dangling/config-key"
  let title = "ConfigMap or Secret lacks a key that Pods need"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(30)
  let needs = [ConfigMap.kind]
  let explains: [Explanation] = [
    .referrers(over: .owner), .sameSubject("stuck/container-config"),
    .sameSubject("stuck/creating"),
  ]
  let explanation = """
    An environment variable or an item of a volume is taken from a key that the ConfigMap or Secret \
    does not have, and the reference is not optional: the container does not start, or the volume \
    is not mounted. Often the key was renamed on one side alone. It heals by itself once the key is \
    there. \
    Verify: kubectl describe configmap NAME -n NAMESPACE
    """

  func inspect(_ subject: PodTemplateSubject, in cluster: ClusterView) -> [Observation] {
    guard subject.template.configurations.contains(where: \.needsKeys), !subject.isOver,
      subject.speaksForItself(in: cluster)
    else { return [] }
    let sources = cluster.targets(over: .configuration)
    var seen: Set<String> = []
    return subject.template.configurations.filter(\.needsKeys).flatMap { reference in
      let source = sources.first {
        $0.id.objectKey?.name == reference.name && $0.id.objectKey?.kind == reference.source.kind
      }
      guard let source, let keys = source.presence.record?.configurationKeys else {
        return [Observation]()
      }
      return reference.keys.filter { !keys.contains($0) }.compactMap { key in
        let discriminator = "\(source.id.kindName) \(reference.name) \(key)"
        guard seen.insert(discriminator).inserted else { return nil }
        return Observation(
          "\(subject.name) needs key \(key), which \(source.id.kindName) \(source.id.name) lacks",
          evidence: [
            Evidence(subject.id, subject.path(to: source.id, over: .configuration), key),
            Evidence(source.id, "data", keys.sorted().joined(separator: ", ")),
          ],
          related: [source.id],
          beginning: .notBefore(subject.metadata.creationTimestamp),
          severity: subject.isDormant ? .info : nil,
          discriminator: discriminator
        )
      }
    }
  }
}

extension ConfigurationReference {
  fileprivate var needsKeys: Bool { !isOptional && !keys.isEmpty }
}

extension ObjectRecord {
  /// The names of a ConfigMap's or Secret's keys; `nil` for other objects.
  fileprivate var configurationKeys: [String]? {
    (self as? ConfigMap)?.keys ?? (self as? Secret)?.keys
  }
}
