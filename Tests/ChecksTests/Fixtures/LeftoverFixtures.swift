import Inspection
import KubernetesObjects
import ObjectBuilders

extension CheckFixture {
  private static func old(_ revision: Int, replicas: Int = 0) -> ReplicaSet {
    ReplicaSet.object("cart-\(revision)", owners: [.to(Deployment.object())]) {
      $0.metadata.annotations = ["deployment.kubernetes.io/revision": String(revision)]
      $0.replicas = replicas
      $0.currentReplicas = replicas
    }
  }

  private static func keeping(_ limit: Int, updated: Int = 1) -> Deployment {
    Deployment.object {
      $0.revisionHistoryLimit = limit
      $0.updatedReplicas = updated
      $0.currentReplicas = 1
      $0.availableReplicas = 1
    }
  }

  private static func ended(
    owner: (any ObjectRecord)? = nil,
    timeToLive: Duration? = nil
  ) -> Job {
    Job.object("import", owners: owner.map { [.to($0)] } ?? []) {
      $0.conditions = [Condition(type: "Complete", status: .isTrue)]
      $0.completionTime = .noon
      $0.timeToLive = timeToLive
    }
  }

  private static func finished(
    _ phase: Pod.Phase = .failed,
    owner: (any ObjectRecord)? = nil
  ) -> Pod {
    Pod.object("evicted", owners: owner.map { [.to($0)] } ?? []) {
      $0.phase = phase
      var explanation = Pod.Explanation()
      explanation.reason = "Evicted"
      $0.explanation = explanation
    }
  }

  private static let mirror = Pod.object("kube-proxy") {
    $0.metadata.annotations = ["kubernetes.io/config.mirror": "1"]
    $0.phase = .running
  }

  static let leftoverWorkloads: [CheckID: CheckFixture] = [
    "dangling/finished-job": CheckFixture(
      firesAbout: "shop/import",
      in: [ended()],
      silent: [
        "it runs": [Job.object("import")],
        "its time to live removes it": [ended(timeToLive: .seconds(7 * 86_400))],
        "its CronJob removes it": [ended(owner: CronJob.object("nightly"))],
      ]
    ),
    "dangling/finished-pod": CheckFixture(
      firesAbout: "shop/evicted",
      in: [finished(owner: ReplicaSet.object("cart"))],
      silent: [
        "it runs": [Pod.sample(phase: .running)],
        "its Job keeps it": [finished(.succeeded, owner: Job.object("import"))],
        "an operator keeps it": [finished(.succeeded, owner: CustomRecord.widget())],
        "it is being deleted": [Pod.sample(phase: .failed, deleted: .noon)],
      ]
    ),
    "dangling/replica-set": CheckFixture(
      firesAbout: "shop/cart-1",
      "shop/free",
      in: [
        keeping(2), old(1), old(2), old(3), old(4, replicas: 1),
        ReplicaSet.object("free") { $0.replicas = 0 },
      ],
      silent: [
        "they are as many as the Deployment keeps":
          [keeping(2), old(1), old(2), old(3, replicas: 1)],
        "a rollout is going on": [keeping(0, updated: 0), old(1), old(2, replicas: 1)],
        "it has Pods": [ReplicaSet.object("free") { $0.replicas = 1 }],
        "another controller owns it": [
          ReplicaSet.object("rollout", owners: [.to(CustomRecord.widget())]) { $0.replicas = 0 }
        ],
        "its Deployment is scaled to zero": [
          Deployment.object {
            $0.replicas = 0
            $0.revisionHistoryLimit = 0
          }, old(1),
        ],
      ]
    ),
    "dangling/scaled-to-zero": CheckFixture(
      firesAbout: "shop/cart",
      "shop/db",
      in: [
        Deployment.object { $0.replicas = 0 }, StatefulSet.object("db") { $0.replicas = 0 },
      ],
      silent: [
        "it has Pods": [Deployment.object(), StatefulSet.object("db")],
        "an autoscaler scales it": [
          Deployment.object { $0.replicas = 0 },
          HorizontalPodAutoscaler.object {
            $0.target.kind = Deployment.kind
            $0.target.name = "cart"
          },
        ],
        "an operator decides": [
          Deployment.object(owners: [.to(CustomRecord.widget())]) { $0.replicas = 0 }
        ],
      ]
    ),
    "dangling/unmanaged-pod": CheckFixture(
      firesAbout: "shop/alone",
      in: [Pod.sample("alone")],
      silent: [
        "it has a controller": [Pod.sample(owner: "cart")],
        "it shows a static Pod": [mirror],
        "it has ended": [Pod.sample(phase: .succeeded)],
        "it is being deleted": [Pod.sample(deleted: .noon)],
      ]
    ),
  ]
}
