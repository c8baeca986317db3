import Inspection

/// How far somebody is with a finding.
package enum FindingState: String, Sendable, CaseIterable {
  case new, acknowledged, muted, healing, resolved
}

extension FindingsPage.Row {
  package var state: FindingState { FindingState(finding, isPast: resolvedAt != nil, heal) }
}

extension FindingState {
  init(_ finding: Finding, isPast: Bool, _ heal: HealState?) {
    self =
      if isPast {
        .resolved
      } else if heal?.isUnderWay == true {
        .healing
      } else if finding.muting != nil {
        .muted
      } else if finding.acknowledgement != nil {
        .acknowledged
      } else {
        .new
      }
  }
}
