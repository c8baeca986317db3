import Inspection
import KubernetesObjects
import ObjectBuilders

/// Workloads that do not get to what they shall be.
extension CheckFixture {
  private static let overdue = Condition.sample(
    "Progressing",
    .isFalse,
    "ProgressDeadlineExceeded",
    "ReplicaSet \"cart-2\" has timed out progressing.",
    // The deadline passed ten minutes after the last progress.
    since: .noon + .seconds(600)
  )

  static let stuckWorkloads: [CheckID: CheckFixture] = [
    "stuck/rollout": CheckFixture(
      firesAbout: "shop/cart",
      in: [Deployment.sample(updated: 1) { $0.conditions = [overdue] }],
      silent: [
        "it is rolled out": [
          Deployment.sample(updated: 3) { $0.conditions = [.sample("Progressing", .isTrue)] }
        ],
        "it is under way": [
          Deployment.sample(updated: 1) { $0.conditions = [.sample("Progressing", .isTrue)] }
        ],
        "it is paused": [
          Deployment.sample(updated: 1) {
            $0.isPaused = true
            $0.conditions = [overdue]
          }
        ],
        "it is scaled to nothing": [
          Deployment.sample(updated: 0) {
            $0.replicas = 0
            $0.conditions = [overdue]
          }
        ],
        "a corrected template was not looked at yet": [
          Deployment.sample(updated: 1) {
            $0.metadata.generation = 2
            $0.conditions = [overdue]
          }
        ],
        "it recovered a moment ago":
          [Deployment.sample(updated: 3) { $0.conditions = [overdue] }],
      ]
    ),
    "stuck/stateful-rollout": CheckFixture(
      firesAbout: "shop/db",
      "shop/queue",
      in: [
        StatefulSet.sample("db", ready: 1),
        Pod.member("db", 0, isReady: true), Pod.member("db", 1, isReady: false),
        StatefulSet.sample("queue", ready: 2) { $0.updateRevision = "new" },
        Pod.member("queue", 0, isReady: true), Pod.member("queue", 1, isReady: true),
        Pod.member("queue", 2, isReady: false) {
          $0.metadata.labels["controller-revision-hash"] = "new"
        },
      ],
      silent: [
        "all are ready": [
          StatefulSet.sample("db", ready: 3),
          Pod.member("db", 0, isReady: true), Pod.member("db", 1, isReady: true),
          Pod.member("db", 2, isReady: true),
        ],
        "one is not ready, and nobody waits for it": [
          StatefulSet.sample("db", ready: 2),
          Pod.member("db", 0, isReady: true), Pod.member("db", 1, isReady: false),
          Pod.member("db", 2, isReady: true),
        ],
        "its Pods start all at once": [
          StatefulSet.sample("db", ready: 1) { $0.isParallel = true },
          Pod.member("db", 0, isReady: true), Pod.member("db", 1, isReady: false),
        ],
        "it is updated by hand": [
          StatefulSet.sample("db", ready: 2) {
            $0.updateRevision = "new"
            $0.updatesOnDelete = true
          },
          Pod.member("db", 0, isReady: true), Pod.member("db", 1, isReady: false),
          Pod.member("db", 2, isReady: true),
        ],
        "a partition keeps the others from being updated": [
          StatefulSet.sample("db", ready: 2) {
            $0.updateRevision = "new"
            $0.partition = 2
          },
          Pod.member("db", 0, isReady: true), Pod.member("db", 1, isReady: true),
          Pod.member("db", 2, isReady: false) {
            $0.metadata.labels["controller-revision-hash"] = "new"
          },
        ],
        "it started just now": [
          StatefulSet.sample("db", ready: 0),
          Pod.member("db", 0, isReady: false, since: .noon + .seconds(60)),
        ],
      ]
    ),
    "stuck/daemon-rollout": CheckFixture(
      firesAbout: "shop/agent",
      "shop/old",
      in: [
        DaemonSet.sample("agent") { $0.availablePods = 2 },
        Pod.member("agent", 1, isReady: false, of: DaemonSet.kind),
        DaemonSet.sample("old") { $0.updatedPods = 1 },
      ],
      silent: [
        "it runs on all": [DaemonSet.sample()],
        "it is updated by hand": [
          DaemonSet.sample {
            $0.updatedPods = 1
            $0.updatesOnDelete = true
          }
        ],
        "a new Node starts its Pod": [
          DaemonSet.sample { $0.availablePods = 2 },
          Pod.member(
            "agent",
            1,
            isReady: false,
            of: DaemonSet.kind,
            since: .noon + .seconds(60)
          ),
        ],
        "it wants no Node": [
          DaemonSet.sample {
            $0.desiredPods = 0
            $0.availablePods = 0
            $0.updatedPods = 0
          }
        ],
      ]
    ),
    "stuck/job": CheckFixture(
      firesAbout: "shop/failed",
      "shop/failing",
      "shop/overdue",
      in: [
        Job.sample("failed") {
          $0.conditions = [.sample("Failed", .isTrue, "BackoffLimitExceeded")]
        },
        Job.sample("failing") { $0.failedPods = 4 },
        Job.sample("overdue") {
          $0.startTime = .noon - .seconds(300)
          $0.activeDeadline = .seconds(300)
        },
      ],
      silent: [
        "it runs": [Job.sample()],
        "it is complete": [Job.sample { $0.conditions = [.sample("Complete", .isTrue)] }],
        "it failed once and tries again": [Job.sample { $0.failedPods = 1 }],
        "some Pods fail, others succeed": [
          Job.sample {
            $0.failedPods = 5
            $0.succeededPods = 90
          }
        ],
        "it is suspended": [
          Job.sample {
            $0.isSuspended = true
            $0.activeDeadline = .seconds(1)
          }
        ],
        "it has time": [Job.sample { $0.activeDeadline = .seconds(3600) }],
        "a later run of its CronJob succeeded": [
          CronJob.sample { $0.lastSuccessfulTime = .noon + .seconds(60) },
          Job.sample(owner: "backup") { $0.conditions = [.sample("Failed", .isTrue)] },
        ],
      ]
    ),
    "stuck/cron-job": CheckFixture(
      firesAbout: "shop/missing",
      "shop/failing",
      in: [
        CronJob.sample("missing") { $0.lastScheduleTime = .noon - .seconds(7200) },
        CronJob.sample("failing") {
          $0.lastScheduleTime = .noon
          $0.lastSuccessfulTime = .noon - .seconds(7100)
        },
        Job.sample("failing-1", owner: "failing") { $0.conditions = [.sample("Failed", .isTrue)] },
      ],
      silent: [
        "it ran": [CronJob.sample()],
        "it is suspended": [
          CronJob.sample {
            $0.isSuspended = true
            $0.lastScheduleTime = .noon - .seconds(86_400)
          }
        ],
        "its last run goes on": [
          CronJob.sample {
            $0.activeJobs = 1
            $0.lastScheduleTime = .noon - .seconds(86_400)
          }
        ],
        "it runs once a day, elsewhere": [
          CronJob.sample {
            $0.schedule = "30 3 * * *"
            $0.lastScheduleTime = .noon - .seconds(34_200)
          }
        ],
        "one run failed": [
          CronJob.sample("backup") {
            $0.lastScheduleTime = .noon
            $0.lastSuccessfulTime = .noon - .seconds(3500)
          },
          Job.sample("backup-1", owner: "backup") { $0.conditions = [.sample("Failed", .isTrue)] },
        ],
        "it is new": [CronJob.sample { $0.lastScheduleTime = nil }],
        "its schedule is none, which is another fault":
          [CronJob.sample { $0.schedule = "whenever" }],
      ]
    ),
    "stuck/cron-job-suspended": CheckFixture(
      firesAbout: "shop/backup",
      in: [CronJob.sample { $0.isSuspended = true }],
      silent: ["it runs": [CronJob.sample()]]
    ),
    "stuck/replica-creation": CheckFixture(
      firesAbout: "shop/cart",
      "shop/db",
      in: [
        ReplicaSet.refused(),
        StatefulSet.sample("db", ready: 0),
        Event.warning(
          "FailedCreate",
          about: "db",
          kind: StatefulSet.kind,
          "create Pod db-0 failed: serviceaccount \"db\" not found"
        ),
      ],
      silent: [
        "they were created": [ReplicaSet.refused(status: .isFalse)],
        "its Deployment tells": [
          ReplicaSet.refused(owners: [
            OwnerReference(kind: Deployment.kind, name: "cart", uid: ObjectUID("uid-cart"))
          ])
        ],
        "an old Event is over": [
          StatefulSet.sample("db", ready: 3) { $0.currentReplicas = 3 },
          Event.warning("FailedCreate", about: "db", kind: StatefulSet.kind, "it was refused"),
        ],
        "a Job is done": [
          Job.sample("failed") { $0.conditions = [.sample("Complete", .isTrue)] },
          Event.warning("FailedCreate", about: "failed", kind: Job.kind, "it was refused"),
        ],
      ]
    ),
    "stuck/disruption-budget": CheckFixture(
      firesAbout: "shop/strict",
      "shop/hurt",
      in: [
        PodDisruptionBudget.sample("strict", healthy: 3, wanted: 3),
        PodDisruptionBudget.sample("hurt", healthy: 1, wanted: 2),
      ],
      silent: [
        "a Pod may go": [
          PodDisruptionBudget.sample(healthy: 3, wanted: 2) { $0.disruptionsAllowed = 1 }
        ],
        "it selects no Pod":
          [PodDisruptionBudget.sample(healthy: 0, wanted: 0) { $0.expectedPods = 0 }],
        "its controller has not come to it": [
          PodDisruptionBudget.sample(healthy: 3, wanted: 3) { $0.metadata.generation = 1 }
        ],
        "a rollout is under way": [
          PodDisruptionBudget.sample(healthy: 2, wanted: 2) {
            $0.conditions = [
              .sample("DisruptionAllowed", .isFalse, since: .noon + .seconds(60))
            ]
          }
        ],
      ]
    ),
    "stuck/autoscaler": CheckFixture(
      firesAbout: "shop/blind",
      "shop/full",
      in: [
        HorizontalPodAutoscaler.sample(
          "blind",
          [
            .sample("ScalingActive", .isFalse, "FailedGetResourceMetric", "no metrics\nreturned")
          ]
        ),
        HorizontalPodAutoscaler.sample(
          "full",
          [
            .sample("ScalingLimited", .isTrue, "TooManyReplicas")
          ]
        ),
      ],
      silent: [
        "it scales": [
          HorizontalPodAutoscaler.sample(
            "fine",
            [
              .sample("AbleToScale", .isTrue), .sample("ScalingActive", .isTrue),
              .sample("ScalingLimited", .isFalse, "DesiredWithinRange"),
            ]
          )
        ],
        "it is at its minimum": [
          HorizontalPodAutoscaler.sample(
            "idle",
            [
              .sample("ScalingLimited", .isTrue, "TooFewReplicas")
            ]
          )
        ],
        "its target is switched off": [
          HorizontalPodAutoscaler.sample(
            "off",
            [
              .sample("ScalingActive", .isFalse, "ScalingDisabled")
            ]
          )
        ],
      ]
    ),
  ]
}
