package import Inspection

/// All remedies, in the order of their ids.
package enum Remedies {
  package static let all: [any Remedy] = [
    CordonNode(),
    DeletePod(),
    DeleteVolume(),
    ForceDeletePod(),
    RemoveFinalizer(),
  ]

  package static func remedy(_ id: RemedyID) -> (any Remedy)? { all.first { $0.id == id } }
}
