import Inspection
import KubernetesObjects
import ObjectBuilders

/// Pods that do not get to run.
extension CheckFixture {
  private static let needsCPU =
    "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {a: b}. "
    + "preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling."

  static let stuckPods: [CheckID: CheckFixture] = [
    "stuck/unschedulable": CheckFixture(
      firesAbout: "shop/wide",
      in: [Pod.unscheduled("wide", "Unschedulable", needsCPU)],
      silent: [
        "it is held by a gate": [Pod.unscheduled("gated", "SchedulingGated", "gated")],
        "it is scheduled": [Pod.sample(phase: .pending)],
        "it is new": [Pod.sample(node: "", phase: .pending)],
        "it failed only just now":
          [Pod.unscheduled("new", "Unschedulable", needsCPU, since: .noon + .seconds(60))],
        "it is being deleted": [
          Pod.unscheduled("gone", "Unschedulable", needsCPU) {
            $0.metadata.deletionTimestamp = .noon
          }
        ],
        "it was evicted before it ran": [
          Pod.unscheduled("evicted", "Unschedulable", needsCPU) { $0.phase = .failed }
        ],
      ]
    ),
    "stuck/creating": CheckFixture(
      firesAbout: "shop/mounting",
      "shop/unseen",
      "shop/migrating",
      in: [
        Pod.waiting("mounting", "ContainerCreating"),
        Event.warning("FailedMount", about: "mounting", "timed out\nwaiting for the condition"),
        Pod.sample("unseen", phase: .pending),
        Pod.initializing("migrating", created: .noon - .seconds(1800)),
      ],
      silent: [
        "its containers run": [Pod.running()],
        "its init container takes its time":
          [Pod.initializing("migrating", created: .noon)],
        "its image cannot be pulled, which is another fault":
          [Pod.waiting("image", "ImagePullBackOff")],
        "it is not scheduled": [Pod.sample(node: "", phase: .pending)],
        "it is being deleted": [
          Pod.waiting("gone", "ContainerCreating") { $0.metadata.deletionTimestamp = .noon }
        ],
      ]
    ),
    "stuck/scheduling-gated": CheckFixture(
      firesAbout: "shop/queued",
      in: [
        Pod.sample("queued", node: "", phase: .pending) {
          $0.template.schedulingGates = ["kueue.x-k8s.io/admission"]
        }
      ],
      silent: [
        "it has no gates": [Pod.sample(node: "", phase: .pending)],
        "it is queued for a moment": [
          Pod.sample("queued", node: "", phase: .pending, created: .noon + .seconds(60)) {
            $0.template.schedulingGates = ["kueue.x-k8s.io/admission"]
          }
        ],
      ]
    ),
    "stuck/crash-loop": CheckFixture(
      firesAbout: "shop/crashing",
      in: [Pod.waiting("crashing", "CrashLoopBackOff", phase: .running) { $0.crash(at: .noon) }],
      silent: [
        "it runs again": [Pod.running { $0.crash(at: .noon) }],
        "it crashed but a moment ago": [
          Pod.waiting("crashing", "CrashLoopBackOff", phase: .running) {
            $0.crash(at: .noon + .seconds(30))
          }
        ],
        "it is being deleted": [
          Pod.waiting("gone", "CrashLoopBackOff", phase: .running) {
            $0.metadata.deletionTimestamp = .noon
          }
        ],
        "its Job is done": [Pod.waiting("done", "CrashLoopBackOff", phase: .failed)],
      ]
    ),
    "stuck/image-pull": CheckFixture(
      firesAbout: "shop/absent",
      "shop/refused",
      in: [
        Pod.waiting("absent", "ErrImagePull"), Pod.waiting("refused", "ImagePullBackOff"),
      ],
      silent: [
        "the image is being pulled": [Pod.waiting("new", "ContainerCreating")],
        "its containers run": [Pod.running()],
        "it is being deleted": [
          Pod.waiting("gone", "ErrImagePull") { $0.metadata.deletionTimestamp = .noon }
        ],
      ]
    ),
    "stuck/container-config": CheckFixture(
      firesAbout: "shop/cart",
      "shop/refund",
      in: [
        Pod.waiting("cart", "CreateContainerConfigError"),
        Pod.waiting("refund", "RunContainerError"),
      ],
      silent: [
        "it is being created": [Pod.waiting("new", "ContainerCreating")],
        "it crashes, which is another fault": [Pod.waiting("crashing", "CrashLoopBackOff")],
        "its containers run": [Pod.running()],
      ]
    ),
    "stuck/readiness-gate": CheckFixture(
      firesAbout: "shop/waits",
      in: [Pod.gated("waits", .isFalse)],
      silent: [
        "the gate is open": [Pod.gated("open", .isTrue) { $0.milestones.insert(.ready) }],
        "its containers are not ready":
          [Pod.gated("starting", .isFalse) { $0.milestones = [] }],
        "it has no gates": [Pod.running { $0.milestones = [.containersReady] }],
        "its containers were ready just now":
          [Pod.gated("new", .isFalse, since: .noon + .seconds(60))],
      ]
    ),
  ]
}

extension Pod {
  static func sample(
    _ name: String,
    node: String = "node-1",
    phase: Phase = .running,
    created: Timestamp = .noon,
    changedBy change: (inout Pod) -> Void
  ) -> Pod {
    var pod = Pod.sample(name, node: node, phase: phase, created: created)
    change(&pod)
    return pod
  }

  static func unscheduled(
    _ name: String,
    _ reason: String,
    _ message: String,
    since: Timestamp = .noon,
    changedBy change: (inout Pod) -> Void = { _ in }
  ) -> Pod {
    sample(name, node: "", phase: .pending) { pod in
      var container = Container()
      container.name = "main"
      container.requests = ResourceAmounts(["cpu": "64"])
      pod.template.containers = [container]
      pod.conditions = [.sample("PodScheduled", .isFalse, reason, message, since: since)]
      change(&pod)
    }
  }

  /// One whose container waits for a reason since noon.
  static func waiting(
    _ name: String,
    _ reason: String,
    phase: Phase = .pending,
    changedBy change: (inout Pod) -> Void = { _ in }
  ) -> Pod {
    sample(name, phase: phase) { pod in
      var container = Container()
      container.name = "main"
      container.image = "registry.example.com/\(name):1"
      pod.template.containers = [container]
      var status = ContainerStatus()
      status.name = "main"
      status.state = .waiting(reason: reason, message: "as \(reason)\tsays")
      pod.containers = [status]
      pod.milestones = [.scheduled, .initialized]
      pod.conditions = [.sample("ContainersReady", .isFalse), .sample("Ready", .isFalse)]
      change(&pod)
    }
  }

  static func running(changedBy change: (inout Pod) -> Void = { _ in }) -> Pod {
    waiting("runs", "", phase: .running) { pod in
      pod.containers[0].state = .running
      pod.containers[0].isReady = true
      pod.conditions = []
      pod.milestones = [.scheduled, .initialized, .containersReady, .ready]
      change(&pod)
    }
  }

  /// One whose init container runs.
  static func initializing(_ name: String, created: Timestamp) -> Pod {
    var pod = waiting(name, "PodInitializing")
    pod.metadata.creationTimestamp = created
    var status = ContainerStatus()
    status.name = "migrate"
    status.runsBefore = true
    status.state = .running
    pod.containers.insert(status, at: 0)
    return pod
  }

  static func gated(
    _ name: String,
    _ status: Condition.Status,
    since: Timestamp = .noon,
    changedBy change: (inout Pod) -> Void = { _ in }
  ) -> Pod {
    running { pod in
      pod.metadata = .sample(name, namespace: "shop")
      pod.template.readinessGates = ["target-health.example.com/cart"]
      pod.milestones.remove(.ready)
      pod.conditions = [.sample("target-health.example.com/cart", status, since: since)]
      change(&pod)
    }
  }

  /// Lets its container have ended badly.
  mutating func crash(at time: Timestamp) {
    var termination = ContainerStatus.Termination()
    termination.exitCode = 137
    termination.reason = "OOMKilled"
    termination.finishedAt = time
    containers[0].lastTermination = termination
    containers[0].restartCount = 7
  }
}

extension Event {
  static func warning(
    _ reason: String,
    about name: String,
    kind: ObjectKind = Pod.kind,
    _ message: String
  ) -> Event {
    var event = Event(metadata: .sample("\(name).\(reason)", namespace: "shop"))
    event.object.kind = kind
    event.object.namespace = "shop"
    event.object.name = name
    event.isWarning = true
    event.reason = reason
    event.message = message
    event.lastTime = .noon
    return event
  }
}
