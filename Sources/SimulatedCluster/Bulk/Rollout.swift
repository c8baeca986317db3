/// A rollout of one workload, Pod after Pod, each step one change.
struct Rollout: Sendable {
  enum Step: Sendable, Equatable {
    case changeTemplate
    case createReplicaSet
    case create(Int)
    case schedule(Int)
    case start(Int)
    case run(Int)
    /// The new Pod takes the old one's place in the slice.
    case moveEndpoint(Int)
    case terminate(Int)
    case end(Int)
    case delete(Int)
    case scaleUp(to: Int)
    case scaleDown(to: Int)
    case report(updated: Int)
    case forgetReplicaSet
  }

  let workload: Int
  /// That of the new Pods.
  let generation: Int
  private let old: [Int: BulkObjects.PodState]
  private let count: Int
  private var steps: ArraySlice<Step>
  /// When each new Pod was created.
  private var births: [Int: String] = [:]

  init(_ workload: Int, from generation: Int, pods: [(number: Int, state: BulkObjects.PodState)]) {
    self.workload = workload
    self.generation = generation + 1
    count = pods.count
    old = Dictionary(
      pods.map { ($0.number, $0.state) },
      uniquingKeysWith: { first, _ in first }
    )
    var steps: [Step] = [.changeTemplate, .createReplicaSet]
    for (index, (pod, _)) in pods.enumerated() {
      steps += [
        .scaleUp(to: index + 1), .create(pod), .schedule(pod), .start(pod), .run(pod),
        .moveEndpoint(pod), .scaleDown(to: pods.count - index - 1), .terminate(pod), .end(pod),
        .delete(pod), .report(updated: index + 1),
      ]
    }
    self.steps = (steps + [.forgetReplicaSet])[...]
  }

  var isDone: Bool { steps.isEmpty }

  mutating func next(at time: String) -> Step {
    let step = steps.removeFirst()
    if case .create(let pod) = step { births[pod] = time }
    return step
  }

  /// That of a new Pod.
  func state(of pod: Int) -> BulkObjects.PodState {
    .init(generation: generation, created: births[pod])
  }

  func change(_ step: Step, _ objects: BulkObjects, _ time: String) -> BulkChange {
    func put(_ object: TemplateObject) -> BulkChange {
      BulkChange(operation: .modify, object: object)
    }
    func new(_ pod: Int, _ template: ObjectTemplate) -> BulkChange {
      put(objects.pod(pod, state(of: pod), template, at: time))
    }
    func old(_ pod: Int, _ template: ObjectTemplate) -> TemplateObject {
      objects.pod(pod, self.old[pod] ?? .init(), template, at: time)
    }
    switch step {
    case .changeTemplate:
      return put(objects.deployment(workload, generation, updated: 0, ready: count))
    case .createReplicaSet:
      let object = objects.replicaSet(workload, generation, replicas: 0)
      return BulkChange(operation: .add, object: object)
    case .create(let pod):
      let object = objects.pod(pod, state(of: pod), PodTemplates.pending, at: time)
      return BulkChange(operation: .add, object: object)
    case .schedule(let pod): return new(pod, PodTemplates.scheduled)
    case .start(let pod): return new(pod, PodTemplates.starting)
    case .run(let pod): return new(pod, PodTemplates.running)
    case .moveEndpoint:
      preconditionFailure("Whoever knows all Pods of the workload makes this change.")
    case .terminate(let pod): return put(old(pod, PodTemplates.terminating))
    case .end(let pod): return put(old(pod, PodTemplates.ended))
    case .delete(let pod):
      return BulkChange(operation: .delete, object: old(pod, PodTemplates.ended))
    case .scaleUp(let replicas):
      return put(objects.replicaSet(workload, generation, replicas: replicas))
    case .scaleDown(let replicas):
      return put(objects.replicaSet(workload, generation - 1, replicas: replicas))
    case .report(let updated):
      return put(objects.deployment(workload, generation, updated: updated, ready: count))
    case .forgetReplicaSet:
      let object = objects.replicaSet(workload, generation - 2, replicas: 0)
      return BulkChange(operation: .delete, object: object)
    }
  }
}
