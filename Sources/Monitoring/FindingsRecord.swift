import ClusterGraph
import Inspection
import KubernetesObjects

/// What is written down of a cluster's findings: what really ended, and not what merely cannot be seen for a
/// while.
struct FindingsRecord {
  /// What was resolved while what its check needs was not known.
  private var unseen: [FindingID: Finding] = [:]

  /// What is to be written down of a change, where some kinds cannot be seen, and some checks see nothing.
  mutating func take(
    _ delta: FindingsDelta,
    unknown: Set<ObjectKind>,
    blind: Set<CheckID>
  ) -> FindingsDelta {
    var news = FindingsDelta()
    func isSeen(_ finding: Finding) -> Bool {
      !blind.contains(finding.check) && finding.objects.allSatisfy { !unknown.contains($0.kind) }
    }
    for finding in delta.raised { unseen[finding.id] = nil }
    for finding in unseen.values where isSeen(finding) {
      news.resolved.append(finding)
      unseen[finding.id] = nil
    }
    for finding in delta.resolved {
      if isSeen(finding) { news.resolved.append(finding) } else { unseen[finding.id] = finding }
    }
    news.raised = delta.raised
    return news
  }
}

extension ClusterMonitor {
  /// Has written down what became of findings.
  func record(_ delta: FindingsDelta, at time: Timestamp) {
    guard let recorder = options.recorder else { return }
    let unknown = Set(graph.unknownKinds)
    let blind = Set(unknown.flatMap { checksByNeed[$0] ?? [] })
    recorder.take(findingsRecord.take(delta, unknown: unknown, blind: blind), at: time)
  }

  /// Has written down what a first look at the whole cluster showed.
  func recordFirstLook() {
    // Who looks at some namespaces alone does not know what ended elsewhere.
    guard let recorder = options.recorder, options.namespaces.isEmpty else { return }
    let blind = Set(notInspected().flatMap(\.checks))
    let checks = options.checkSettings.enabled(among: options.checks).map(\.id)
    recorder.take(
      FirstLook(
        cluster: name,
        time: clock.now(),
        // What was a finding when KPatrol ended may have to settle again.
        findings: Set((inspector.findings + inspector.suspects).map(\.id)),
        checks: Set(checks).subtracting(blind)
      )
    )
  }
}
