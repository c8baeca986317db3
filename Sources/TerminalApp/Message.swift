package import Healing
package import Inspection
package import KubernetesObjects
package import Monitoring

/// What comes to the screens from outside.
package enum Message: Sendable {
  /// Pages made earlier are stale.
  case stale
  /// A second has passed, and it is now so late: what ages, ages on the screen.
  case tick(Timestamp)
  case statuses([ClusterStatus])
  case findings(FindingsPage, for: FindingsQuery)
  case detail(FindingDetail?, for: FindingID)
}

/// What screens want to be done outside.
package enum Effect: Sendable, Equatable {
  case loadStatuses
  case loadFindings(FindingsQuery)
  case loadDetail(FindingID)
  case heal(ConfirmedPlan)
  /// Stop the plan that is being carried out about this finding.
  case abortHeal(FindingID)
  /// Try this cluster again at once.
  case retry(cluster: String)
}

extension ConfirmedPlan: Equatable {
  package static func == (left: Self, right: Self) -> Bool { left.plan == right.plan }
}
