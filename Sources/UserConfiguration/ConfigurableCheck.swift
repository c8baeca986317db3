package import Inspection

/// What may be said of a check in a configuration file.
package struct ConfigurableCheck: Sendable {
  let id: CheckID
  let thresholds: [Threshold]

  package init(_ check: any Check) {
    id = check.id
    thresholds = check.thresholds
  }

  package init(_ id: CheckID, thresholds: [Threshold] = []) {
    self.id = id
    self.thresholds = thresholds
  }
}
