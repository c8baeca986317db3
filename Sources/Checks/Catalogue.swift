package import Inspection

/// The built-in checks, in the order of their ids.
package enum Catalogue {
  package static let checks: [any Check] = [
    PodAddressConflict(),
    UnusedDefinition(),
    PodOnAbsentNode(),
    ReleasedVolume(),
    PodOutsideNodeRange(),
    NearlyExhaustedQuota(),
    StuckTerminating(),
    NodeNotReady(),
  ]

  package static func check(_ id: CheckID) -> (any Check)? { checks.first { $0.id == id } }
}
