import Inspection
import KubernetesObjects

/// Finds workloads that use far more or far less than they request, and Nodes that are nearly used up.
struct UnsuitableRequests: Check {
  let id: CheckID = "risk/utilisation"
  let title = "Use is far from what was asked for"
  let severity = Severity.info
  let reach = CheckReach.namespace
  let settles = Duration.seconds(600)
  let profile = CheckProfile.hygiene
  let thresholds = [above, below, limit, node, cores, mebibytes]
  let needs = [UtilisationRecord.kind]
  let explanation = """
    The scheduler counts what is requested. Who uses far more takes it from others, and is the first \
    to be evicted or slowed down when a Node is full; who uses far less pays for what idles, which is \
    told only where that is worth a word. Memory near its limit ends in an OOM kill. All Pods of a \
    workload are added up. A scan judges by one look at the metrics API; the terminal waits for ten \
    minutes. It heals with other requests, limits or replicas. \
    Verify: kubectl top pods -n NAMESPACE; kubectl top nodes
    """

  private static let above = Threshold(
    "abovePercent",
    150,
    "how much of its requests a workload may use, in percent"
  )
  private static let below = Threshold(
    "belowPercent",
    20,
    "how little of its requests a workload may use, in percent"
  )
  private static let limit = Threshold(
    "limitPercent",
    90,
    "how much of its memory limits a workload may use, in percent"
  )
  private static let node = Threshold(
    "nodePercent",
    90,
    "how much a Node may use of what it has for Pods, in percent"
  )
  private static let cores = Threshold(
    "idleCores",
    1,
    "how many requested cores may idle without a word"
  )
  private static let mebibytes = Threshold(
    "idleMebibytes",
    2048,
    "how many requested MiB of memory may idle without a word"
  )

  func inspect(_ record: UtilisationRecord, in cluster: ClusterView) -> [Observation] {
    record.uses.flatMap { use in
      record.subject.kind == Node.kind
        ? full(record, use, in: cluster) : unsuitable(record, use, in: cluster)
    }
  }

  private func full(
    _ record: UtilisationRecord,
    _ use: UtilisationRecord.Use,
    in cluster: ClusterView
  ) -> [Observation] {
    guard use.requested > 0, use.percent(of: use.requested) > cluster.value(of: Self.node) else {
      return []
    }
    return [
      observation(record, use, "of the \(use.text(use.requested)) that it has for Pods", "full")
    ]
  }

  private func unsuitable(
    _ record: UtilisationRecord,
    _ use: UtilisationRecord.Use,
    in cluster: ClusterView
  ) -> [Observation] {
    if use.resource == .memory, use.limit > 0,
      use.percent(of: use.limit) > cluster.value(of: Self.limit)
    {
      let phrase = "of the \(use.text(use.limit)) that its limits allow"
      return [observation(record, use, phrase, "limit")]
    }
    guard use.requested > 0 else { return [] }
    let percent = use.percent(of: use.requested)
    let phrase = "of the \(use.text(use.requested)) that it requests"
    if percent > cluster.value(of: Self.above) {
      return [observation(record, use, phrase, "above")]
    }
    let bearable =
      use.resource == .cpu
      ? cluster.value(of: Self.cores) : cluster.value(of: Self.mebibytes) * 0x1p20
    guard percent < cluster.value(of: Self.below), use.requested - use.used > bearable else {
      return []
    }
    return [observation(record, use, phrase, "below")]
  }

  private func observation(
    _ record: UtilisationRecord,
    _ use: UtilisationRecord.Use,
    _ phrase: String,
    _ discriminator: String
  ) -> Observation {
    let subject = VertexID.object(record.subject)
    let used = use.text(use.used)
    return Observation(
      "\(subject.kindName) \(subject.name) uses \(used) \(phrase)",
      evidence: [
        Evidence(subject, "metrics.k8s.io usage.\(use.resource.rawValue)", used),
        Evidence(
          subject,
          record.subject.kind == Node.kind
            ? "status.allocatable.\(use.resource.rawValue)"
            : "requests of all Pods, \(use.resource.rawValue)",
          use.text(use.requested)
        ),
      ],
      subject: subject,
      discriminator: "\(use.resource.rawValue) \(discriminator)"
    )
  }
}

extension UtilisationRecord.Use {
  fileprivate func percent(of amount: Double) -> Double { used / amount * 100 }

  /// As in `350m cpu` or `1200Mi memory`.
  fileprivate func text(_ amount: Double) -> String {
    switch resource {
    case .cpu: "\(Int((amount * 1000).rounded()))m cpu"
    case .memory: "\(Int((amount / 0x1p20).rounded()))Mi memory"
    }
  }
}
