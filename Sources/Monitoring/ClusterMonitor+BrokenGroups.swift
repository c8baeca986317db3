import Inspection
import KubernetesClient
import KubernetesObjects

/// Groups of APIs that are not served: found by the monitor for those who may not read APIServices,
/// under the name of the check that finds the same from these.
extension ClusterMonitor {
  private static let check: CheckID = "unhealthy/api-service"

  /// The findings about broken groups; what the check finds too is left to it.
  private func brokenGroupFindings() -> [Finding] {
    guard !brokenGroups.isEmpty, let check = brokenGroupCheck else { return [] }
    let now = clock.now()
    return brokenGroups.compactMap { group in
      guard let deadline = deadline(of: group, check), deadline <= now else { return nil }
      let finding = finding(about: group, check)
      return inspector.finding(finding.id) == nil ? finding : nil
    }
  }

  /// What became of these findings since the last time; written down as well.
  ///
  /// What a check finds now instead goes on, and is not over.
  func brokenGroupChanges() -> [FindingsDigest.Change] {
    let found = brokenGroupFindings()
    let before = ownFindings
    ownFindings = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
    let gone = before.values.filter { ownFindings[$0.id] == nil }
    var delta = FindingsDelta()
    delta.raised = found.filter { before[$0.id] == nil }
    delta.resolved = gone.filter { inspector.finding($0.id) == nil }
    record(ownFindings: delta, at: clock.now())
    return changes(of: (gone + found).map(\.id))
  }

  /// The ids of what is, or may become, a finding about a broken group.
  var brokenGroupIDs: [FindingID] { (ownFindings.values + brokenGroupSuspects).map(\.id) }

  /// What is no finding yet of what is broken.
  var brokenGroupSuspects: [Finding] {
    guard let check = brokenGroupCheck else { return [] }
    return brokenGroups.map { finding(about: $0, check) }.filter { ownFindings[$0.id] == nil }
  }

  /// The check that finds the same; `nil` where nobody wants to know.
  private var brokenGroupCheck: (any Check)? {
    guard inspector.coverage.includesCluster else { return nil }
    return options.checkSettings.enabled(among: options.checks).first { $0.id == Self.check }
  }

  /// Takes in which groups did not answer the last discovery.
  func note(_ groups: [Discovery.BrokenGroup]) {
    let now = clock.now()
    let before = brokenGroupsSince
    brokenGroupsSince = [:]
    for group in groups {
      brokenGroupsSince[group.groupVersion] = before[group.groupVersion] ?? now
    }
    brokenGroups = groups
    noteBrokenGroups()
    armAlarm()
  }

  /// When the next broken group becomes a finding.
  var nextBrokenGroupDeadline: Timestamp? {
    guard !brokenGroups.isEmpty, let check = brokenGroupCheck else { return nil }
    let now = clock.now()
    return brokenGroups.compactMap { deadline(of: $0, check) }.filter { $0 > now }.min()
  }

  private func deadline(of group: Discovery.BrokenGroup, _ check: any Check) -> Timestamp? {
    let declared = options.checkSettings.settles(check)
    let window =
      switch options.settlePolicy {
      case .declared: declared
      case .atMost(let limit), .watch(let limit): min(limit, declared)
      }
    return brokenGroupsSince[group.groupVersion].map { $0 + window }
  }

  private func finding(about group: Discovery.BrokenGroup, _ check: any Check) -> Finding {
    let service = VertexID.object(
      ObjectKey(APIService.kind, name: "\(group.version).\(group.group)")
    )
    return Finding(
      id: FindingID(cluster: name, check: check.id, subject: service, discriminator: ""),
      cluster: name,
      check: check.id,
      severity: options.checkSettings.severity(of: check),
      subject: service,
      message: "API group \(group.groupVersion) is not served: \(group.reason)",
      evidence: [Evidence(service, "discovery", group.reason)],
      related: [],
      remedies: [],
      since: brokenGroupsSince[group.groupVersion] ?? clock.now()
    )
  }
}
