import Inspection
import KubernetesObjects

/// Finds controllers whose selector matches Pods of others.
struct SelectorOverlap: Check {
  let id: CheckID = "conflict/selector-overlap"
  let title = "Selector matches Pods of another controller"
  let severity = Severity.critical
  let reach = CheckReach.namespace
  let settles = Duration.seconds(60)
  let needs = [Pod.kind]
  let explanation = """
    Two controllers select one Pod. Each leaves alone what the other owns, but their counts are \
    wrong: autoscalers average over both, budgets protect the wrong Pods, Services with the same \
    selector send requests to both, and Pods that lose their owner are taken over by the wrong one. \
    Pods of Jobs are a warning. Selectors cannot be changed: make one controller anew with labels \
    that tell its Pods apart. \
    Verify: kubectl get pods -n NAMESPACE -l SELECTOR -o \
    custom-columns=NAME:.metadata.name,OWNER:.metadata.ownerReferences[0].name
    """

  /// How many Pods are named; of hundreds one learns no more.
  private static let shown = 5

  func inspect(_ subject: PodController, in cluster: ClusterView) -> [Observation] {
    guard subject.wantsPods, !subject.record.metadata.isTerminating, !subject.selector.isEmpty
    else { return [] }
    // A Deployment's selector is in those of its ReplicaSets.
    if subject.record is ReplicaSet, subject.record.metadata.controller != nil { return [] }
    let own = subject.controllers(in: cluster)
    guard !own.isEmpty else { return [] }
    var strangers: [Pod] = []
    cluster.forEachSelected(Pod.self) { pod in
      guard let owner = pod.metadata.controller, !own.contains(owner.uid), !pod.isFinished,
        !pod.metadata.isTerminating, !isFormerSelf(owner, of: subject.record)
      else { return }
      strangers.append(pod)
    }
    guard !strangers.isEmpty else { return [] }
    return [observation(of: subject, selecting: strangers.sorted { $0.key < $1.key })]
  }

  /// Whether the owner is one of the same name that is gone: its Pods are about to go, too.
  private func isFormerSelf(_ owner: OwnerReference, of record: any ObjectRecord) -> Bool {
    owner.kind == record.kind && owner.name == record.metadata.name
  }

  private func observation(of subject: PodController, selecting pods: [Pod]) -> Observation {
    let owners = Set(
      pods.compactMap { pod in
        pod.metadata.controller.flatMap { pod.metadata.ownerKeys($0).first }
      }
    ).sorted()
    let shown = pods.prefix(Self.shown)
    let names = owners.prefix(Self.shown).map(\.description).joined(separator: ", ")
    return Observation(
      "\(subject.record.key) selects \(pods.count) Pods that others own: \(names)",
      evidence: [Evidence(subject.id, "spec.selector", subject.selector.description)]
        + shown.map { pod in
          let owner = pod.metadata.controller
          return Evidence(
            pod.id,
            "metadata.ownerReferences",
            "\(owner?.kind.name ?? "") \(owner?.name ?? "")"
          )
        },
      related: owners.prefix(Self.shown).map { .object($0) } + shown.map(\.id),
      severity: owners.allSatisfy { $0.kind == Job.kind } ? .warning : nil
    )
  }
}
