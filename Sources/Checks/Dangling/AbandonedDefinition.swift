import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds custom kinds whose controller seems to be gone: it served older objects, and not the newer.
struct AbandonedDefinition: Check {
  let id: CheckID = "dangling/custom-resource-controller"
  let title = "Nobody seems to serve a custom kind"
  let severity = Severity.warning
  let settles = Duration.seconds(24 * 3600)
  let profile = CheckProfile.hygiene
  let needs = [CustomResourceDefinition.kind]
  let explanation = """
    A controller wrote a status into objects of this kind, or finalizers for it to remove; objects \
    that were made or deleted since got no answer, and no condition of any has changed. The \
    controller may have been removed before its objects, or it fails. \
    Verify: kubectl get PLURAL.GROUP -A -o yaml
    """

  /// A kind with more objects than this is alive, and a look at all of them for each change of one
  /// would be dear.
  let most = Threshold("objects", 100, "kinds with more objects are not looked at")
  var thresholds: [Threshold] { [most] }

  func inspect(
    _ definition: CustomResourceDefinition,
    in cluster: ClusterView
  ) -> [Observation] {
    guard !definition.metadata.isTerminating, cluster.hasReferrer(over: .definition),
      Double(cluster.referrerCount(over: .definition)) <= cluster.value(of: most)
    else { return [] }
    let instances = cluster.referrers(over: .definition)
      .compactMap { $0.presence.record as? CustomRecord }
    // A kind without a status may have a controller that does not report.
    guard let lastSign = instances.compactMap(\.lastSign).max() else { return [] }
    let waiting = instances.filter { ($0.waitsSince ?? lastSign) > lastSign }
      .sorted { ($0.waitsSince ?? lastSign, $0.key) < ($1.waitsSince ?? lastSign, $1.key) }
    guard let first = waiting.first, let since = first.waitsSince else { return [] }
    let name = first.key.qualifiedName
    return [
      Observation(
        "Nobody has answered \(waiting.count) of \(instances.count) objects of "
          + "\(definition.definedKind), the first of them \(name)",
        evidence: [
          Evidence(.object(first.key), "status.conditions", "none"),
          Evidence(definition.id, "newest sign of a controller", lastSign.rfc3339),
        ],
        related: waiting.map { .object($0.key) },
        beginning: .from(since)
      )
    ]
  }
}

extension CustomRecord {
  /// Whether a controller has ever reported on it.
  private var hasStatus: Bool { !conditions.isEmpty || observedGeneration != nil }

  /// Since when it waits for a controller; `nil` where it has been served.
  fileprivate var waitsSince: Timestamp? {
    if let deletion = metadata.deletionTimestamp {
      return metadata.finalizers.isEmpty ? nil : deletion
    }
    return hasStatus ? nil : metadata.creationTimestamp
  }

  /// When a controller last showed that it is there.
  fileprivate var lastSign: Timestamp? {
    guard hasStatus else { return nil }
    return (conditions.map(\.lastTransitionTime) + [metadata.creationTimestamp])
      .compactMap(\.self).max()
  }
}
