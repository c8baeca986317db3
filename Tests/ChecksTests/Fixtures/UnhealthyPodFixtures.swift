import Inspection
import KubernetesObjects
import ObjectBuilders

/// Pods that say themselves that they are not well.
extension CheckFixture {
  private static func owned(by kind: ObjectKind, _ pod: Pod) -> Pod {
    var pod = pod
    pod.metadata.ownerReferences = [
      OwnerReference(kind: kind, name: "owner", uid: ObjectUID("owner"))
    ]
    return pod
  }

  private static func restarted(_ count: Int) -> Pod {
    Pod.labelled("cart-1") { pod in
      var container = ContainerStatus()
      container.name = "main"
      container.restartCount = count
      pod.containers = [container]
    }
  }

  private static func ended(
    _ reason: String,
    at time: Timestamp = .noon,
    isLast: Bool = true
  ) -> Pod {
    Pod.labelled("cart-1") { pod in
      var end = ContainerStatus.Termination()
      end.exitCode = 137
      end.reason = reason
      end.finishedAt = time
      var container = ContainerStatus()
      container.name = "main"
      if isLast { container.lastTermination = end } else { container.state = .terminated(end) }
      pod.containers = [container]
    }
  }

  /// A Pod whose first container has ended so, while the second one runs.
  private static func inSteps(exitCode: Int) -> Pod {
    Pod.labelled("cart-1", isReady: false) { pod in
      var end = ContainerStatus.Termination()
      end.exitCode = exitCode
      var first = ContainerStatus()
      first.state = .terminated(end)
      var second = ContainerStatus()
      second.state = .running
      second.isReady = true
      pod.containers = [first, second]
    }
  }

  private static func failed(_ reason: String = "", phase: Pod.Phase = .failed) -> Pod {
    Pod.labelled("cart-1", phase: phase, isReady: false) { pod in
      guard !reason.isEmpty else { return }
      var explanation = Pod.Explanation()
      explanation.reason = reason
      pod.explanation = explanation
    }
  }

  static let unhealthyPods: [CheckID: CheckFixture] = [
    "unhealthy/pod-not-ready": CheckFixture(
      firesAbout: "shop/cart-1",
      "shop/step-1",
      in: [
        Pod.labelled("cart-1", isReady: false), Pod.labelled("cart-2"),
        {
          var pod = inSteps(exitCode: 1)
          pod.metadata.name = "step-1"
          return pod
        }(),
      ],
      silent: [
        "its containers work one after the other": [inSteps(exitCode: 0)],
        "it is ready": [Pod.labelled("cart-1")],
        "it does not run yet": [Pod.labelled("cart-1", phase: .pending, isReady: false)],
        "it has ended": [Pod.labelled("cart-1", phase: .succeeded, isReady: false)],
        "it is going": [Pod.labelled("cart-1", isReady: false, deleted: .noon)],
        "it is a Job's": [owned(by: Job.kind, Pod.labelled("cart-1", isReady: false))],
      ]
    ),
    "unhealthy/pod-restarts": CheckFixture(
      firesAbout: "shop/cart-1",
      in: FixtureWorld([restarted(9)], after: [[restarted(6)], [restarted(7)], [restarted(8)]]),
      silent: [
        "it restarted long ago": [restarted(50)],
        "it restarted twice":
          FixtureWorld([restarted(2)], after: [[restarted(0)], [restarted(1)]]),
      ]
    ),
    "unhealthy/out-of-memory": CheckFixture(
      firesAbout: "shop/cart-1",
      in: [ended("OOMKilled")],
      silent: [
        "it was long ago": [ended("OOMKilled", at: .noon - .seconds(7200))],
        "it ended for another reason": [ended("Error")],
        "it completed": [ended("Completed", isLast: false)],
      ]
    ),
    "unhealthy/pod-failed": CheckFixture(
      firesAbout: "shop/cart-1",
      in: [owned(by: ReplicaSet.kind, failed("Evicted"))],
      silent: [
        "it succeeded": [Pod.labelled("cart-1", phase: .succeeded)],
        "a Job tries again": [owned(by: Job.kind, failed())],
        "a custom controller ran it to its end":
          [owned(by: ObjectKind("TaskRun", group: "tekton.dev"), failed())],
        "its Node was restarted": [owned(by: ReplicaSet.kind, failed("Terminated"))],
        "it made way for another": [owned(by: ReplicaSet.kind, failed("Preempting"))],
        "it is going": [
          {
            var pod = failed("Evicted")
            pod.metadata.deletionTimestamp = .noon
            return pod
          }()
        ],
      ]
    ),
  ]
}
