import Inspection
import KubernetesClient
import KubernetesObjects

/// What the monitor itself finds: that its model was wrong, that a group of APIs is not served.
extension ClusterMonitor {
  /// How long a group must not answer before that is a finding, as for the APIService's own check.
  private static let brokenGroupWindow = Duration.seconds(60)

  /// The findings of the monitor itself; what a check finds too is left to it.
  private func ownFindings() -> [Finding] {
    let now = clock.now()
    let broken = brokenGroups.compactMap { group -> Finding? in
      guard let deadline = deadline(of: group), deadline <= now else { return nil }
      return finding(about: group)
    }
    guard !broken.isEmpty, isBrokenGroupWanted else { return Array(auditDifferences.values) }
    return auditDifferences.values + broken.filter { inspector.finding($0.id) == nil }
  }

  /// What became of the findings of the monitor itself since the last time.
  func ownFindingChanges() -> [FindingsDigest.Change] {
    let found = ownFindings()
    let gone = ownFindingIDs.subtracting(found.map(\.id))
    ownFindingIDs = Set(found.map(\.id))
    return gone.map { ($0, inspector.finding($0)) } + found.map { ($0.id, $0) }
  }

  /// Whether the user did not switch off the check that finds the same.
  private var isBrokenGroupWanted: Bool {
    let same = options.checks.filter { $0.id == OwnFinding.brokenGroup.id }
    return same.isEmpty || !options.checkSettings.enabled(among: same).isEmpty
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
    noteOwnFindings()
    armAlarm()
  }

  /// When the next broken group becomes a finding.
  var nextBrokenGroupDeadline: Timestamp? {
    let now = clock.now()
    return brokenGroups.compactMap(deadline).filter { $0 > now }.min()
  }

  private func deadline(of group: Discovery.BrokenGroup) -> Timestamp? {
    let window =
      switch options.settlePolicy {
      case .declared: Self.brokenGroupWindow
      case .atMost(let limit), .watch(let limit): min(limit, Self.brokenGroupWindow)
      }
    return brokenGroupsSince[group.groupVersion].map { $0 + window }
  }

  private func finding(about group: Discovery.BrokenGroup) -> Finding {
    let service = VertexID.object(
      ObjectKey(APIService.kind, name: "\(group.version).\(group.group)")
    )
    return OwnFinding.brokenGroup.finding(
      on: name,
      about: service,
      message: "API group \(group.groupVersion) is not served: \(group.reason)",
      evidence: [Evidence(service, "discovery", group.reason)],
      since: brokenGroupsSince[group.groupVersion] ?? clock.now()
    )
  }
}
