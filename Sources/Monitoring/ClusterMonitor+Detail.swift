import AgentClient
import ClusterGraph
import Healing
package import Inspection
import KubernetesObjects

/// What somebody who looks at one finding is told.
extension ClusterMonitor {
  /// All about a finding, as of the last inspection.
  package func detail(of id: FindingID) -> FindingDetail? {
    let current = digest[id] ?? inspector.finding(id)
    let past = current == nil ? resolved.last { $0.finding.id == id } : nil
    guard let finding = current ?? past?.finding else { return nil }
    let check = options.checks.first { $0.id == finding.check }
    let vicinity = Vicinity(of: finding.subject, in: graph)
    let roots = causes().roots
    let explained = digest.consequences(of: id, by: roots)
    let concerned = finding.concerned
    let around = concerned + vicinity.vertices.compactMap(\.objectKey)
    return FindingDetail(
      finding: current == nil || reading != .done ? finding : lookCloser(at: finding, check),
      team: team(of: finding),
      resolvedAt: past?.time,
      title: check?.title ?? digest.told(id)?.title ?? "",
      explanation: check?.explanation ?? "",
      vicinity: vicinity,
      cause: roots[id].flatMap { digest[$0] },
      consequences: Array(explained.prefix(FindingDetail.listedConsequences)),
      consequenceCount: explained.count,
      changes: graph.history.changes(of: Set(around), limit: FindingDetail.listedChanges)
        .map(RecentChange.init),
      warnings: graph.followsEvents(about: concerned) ? graph.warnings(about: concerned) : nil,
      offers: current == nil ? [] : offers(for: finding),
      heal: heal(of: id),
      reading: reading,
      context: context,
      agentURL: attachment?.main?.status.url,
      now: clock.now()
    )
  }

  private func team(of finding: Finding) -> FindingDetail.Team? {
    let name =
      digest.told(finding.id)?.team ?? options.ownership.answer(for: finding, in: graph).team
    guard name != Ownership.unowned, !name.isEmpty else { return nil }
    let directions = options.ownership.directions(to: name)
    return FindingDetail.Team(
      name: name,
      contact: directions.contact,
      runbook: directions.runbook
    )
  }

  /// How long what a closer look showed is good for.
  private static let closerLookInterval = Duration.seconds(5)

  /// The finding with what proves it besides; looked at anew now and then, for that may take long.
  private func lookCloser(at finding: Finding, _ check: (any Check)?) -> Finding {
    let now = clock.now()
    if let last = closerLook, last.id == finding.id, now < last.time + Self.closerLookInterval {
      return finding.adding(last.evidence)
    }
    let evidence = check?.closerLook(at: finding, in: graph) ?? []
    closerLook = (finding.id, now, evidence)
    return finding.adding(evidence)
  }

  private func offers(for finding: Finding) -> [FindingDetail.Offer] {
    finding.remedies.compactMap(remedy).map { remedy in
      FindingDetail.Offer(
        remedy: remedy.id,
        title: remedy.title,
        proposal: reading.obstacle.map { .unavailable($0) } ?? proposal(remedy, for: finding)
      )
    }
  }
}
