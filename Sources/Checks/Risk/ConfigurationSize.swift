import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds ConfigMaps and Secrets that are nearly too large, and empty ones that Pods read.
struct ConfigurationSize: Check {
  let id: CheckID = "risk/config-size"
  let title = "Configuration is empty or nearly too large"
  let severity = Severity.info
  let reach = CheckReach.namespace
  let settles = Duration.zero
  let profile = CheckProfile.hygiene
  let thresholds = [kibibytes]
  /// None, for each kind is looked at by itself.
  let needs: [ObjectKind] = []
  let explanation = """
    A ConfigMap or Secret may hold 1 MiB. Above that its next change is refused, which is how a \
    release or a renewal fails one day. An empty one that Pods read gives them nothing, and \
    no error either. Empty ones that nobody reads are left out. \
    Verify: kubectl get configmap NAME -n NAMESPACE -o yaml | wc -c
    """

  private static let kibibytes = Threshold(
    "kibibytes",
    900,
    "the size of all keys and values, in KiB, above which it is nearly too large"
  )

  func inspect(_ subject: ConfigurationSubject, in cluster: ClusterView) -> [Observation] {
    if Double(subject.byteCount) > cluster.value(of: Self.kibibytes) * 1024 {
      return [observation(about: subject, "holds \(subject.byteCount / 1024) KiB of at most 1024")]
    }
    guard subject.byteCount == 0, cluster.hasReferrer(over: .configuration) else { return [] }
    return [observation(about: subject, "is empty, and Pods read it")]
  }

  private func observation(about subject: ConfigurationSubject, _ what: String) -> Observation {
    let key = subject.key
    return Observation(
      "\(key.kind.name) \(key.qualifiedName) \(what)",
      evidence: [Evidence(.object(key), "data", "\(subject.byteCount) bytes")],
      beginning: .notBefore(subject.created)
    )
  }
}

/// A ConfigMap or a Secret: how much it holds.
struct ConfigurationSubject: InspectionSubject {
  static let scope = SubjectScope.kinds([ConfigMap.kind, Secret.kind])

  let key: ObjectKey
  let byteCount: Int
  let created: Timestamp?

  init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    switch record {
    case let map as ConfigMap: byteCount = map.byteCount
    case let secret as Secret: byteCount = secret.byteCount
    default: return nil
    }
    guard let record, !record.metadata.isTerminating else { return nil }
    key = record.key
    created = record.metadata.creationTimestamp
  }
}
