package import Inspection

/// All remedies, in the order of their ids.
package enum Remedies {
  package static let all: [any Remedy] = [
    AnswerRequest.approval,
    ClearClaim(),
    CordonNode(),
    DeleteAPIService(),
    DeleteObject(),
    DeletePod(),
    DeleteVolume(),
    AnswerRequest.denial,
    DrainNode(),
    EvictPod(),
    ForceDeletePod(),
    RelabelNode(),
    ReleaseAddress(),
    Relist(),
    RemoveExternalIP(),
    RemoveFinalizer(),
    RemoveOwnerReference(),
    RemoveTaint(),
    RestartController(),
    RestartWorkload(),
    RollBackWorkload(),
    ScaleWorkload(),
    TriggerCronJob(),
    UncordonNode(),
    UnmarkDefaultClass(),
  ]

  package static func remedy(_ id: RemedyID) -> (any Remedy)? { all.first { $0.id == id } }
}
