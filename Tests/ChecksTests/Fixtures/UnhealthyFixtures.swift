import Inspection
import KubernetesObjects
import ObjectBuilders

/// What says so itself, but for Nodes and Pods.
extension CheckFixture {
  private static func server(_ change: (inout ClusterRecord) -> Void) -> ClusterRecord {
    var server = ClusterRecord()
    change(&server)
    return server
  }

  private static func job(
    _ schedule: String = "*/5 * * * *",
    zone: String = "",
    deadline: Duration? = nil,
    name: String = "report",
    isSuspended: Bool = false
  ) -> CronJob {
    var job = CronJob(metadata: .sample(name, namespace: "shop"))
    job.schedule = schedule
    job.timeZone = zone
    job.startingDeadline = deadline
    job.isSuspended = isSuspended
    return job
  }

  private static func cart(requests: [String: String]) -> Deployment {
    var deployment = Deployment(metadata: .sample("cart", namespace: "shop"))
    var container = Container()
    container.name = "main"
    container.requests = ResourceAmounts(requests)
    deployment.template.containers = [container]
    return deployment
  }

  private static func leader(
    _ name: String = "kube-scheduler",
    renewed: Timestamp,
    holder: String = "node-1"
  ) -> Lease {
    var lease = Lease(metadata: .sample(name, namespace: "kube-system"))
    lease.holder = holder
    lease.duration = .seconds(15)
    lease.renewTime = renewed
    return lease
  }

  private static func event(_ name: String, count: Int, last: Timestamp = .noon) -> Event {
    var event = Event(metadata: .sample(name, namespace: "shop", created: .noon - .seconds(300)))
    event.object.kind = Pod.kind
    event.object.namespace = "shop"
    event.object.name = "cart-1"
    event.isWarning = true
    event.reason = "BackOff"
    event.message = "Back-off restarting failed container"
    event.count = count
    event.lastTime = last
    return event
  }

  private static func widget(
    _ type: String,
    _ status: Condition.Status,
    reason: String = "",
    observed: Int? = nil
  ) -> CustomRecord {
    var widget = CustomRecord.widget()
    widget.metadata.generation = 2
    widget.observedGeneration = observed
    widget.conditions = [
      Condition(type: type, status: status, reason: reason, lastTransitionTime: .noon)
    ]
    return widget
  }

  static let unhealthy: [CheckID: CheckFixture] = [
    "unhealthy/api-service": CheckFixture(
      firesAbout: "v1beta1.metrics.k8s.io",
      in: [APIService.sample(service: "metrics-server", available: .isFalse)],
      silent: [
        "it is available": [APIService.sample(service: "metrics-server")],
        "nobody has looked yet": [
          APIService.sample(service: "metrics-server") { $0.conditions = [] }
        ],
      ]
    ),
    "unhealthy/api-server": CheckFixture(
      firesAbout: "cluster",
      "cluster",
      "cluster",
      in: [
        server {
          $0.failingParts = ["etcd"]
          $0.failedRequests = 50
          $0.isSlow = true
        }
      ],
      silent: ["it is well": [server { $0.failedRequests = 5 }]]
    ),
    "unhealthy/metrics-missing": CheckFixture(
      firesAbout: "cluster",
      in: [server { $0.hasMetrics = false }, HorizontalPodAutoscaler.sample(of: Deployment.kind)],
      silent: [
        "nobody scales by them": [server { $0.hasMetrics = false }],
        "it is served": [
          server { $0.hasMetrics = true }, HorizontalPodAutoscaler.sample(of: Deployment.kind),
        ],
        "nobody has asked yet": [
          server { _ in }, HorizontalPodAutoscaler.sample(of: Deployment.kind),
        ],
      ]
    ),
    "unhealthy/autoscaler-target": CheckFixture(
      firesAbout: "shop/cart",
      in: [HorizontalPodAutoscaler.sample(of: Deployment.kind), cart(requests: ["memory": "1Gi"])],
      silent: [
        "its containers request it":
          [HorizontalPodAutoscaler.sample(of: Deployment.kind), cart(requests: ["cpu": "1"])],
        "requests come from elsewhere, for it scales": [
          HorizontalPodAutoscaler.sample(of: Deployment.kind) {
            $0.conditions = [Condition(type: "ScalingActive", status: .isTrue)]
          }, cart(requests: [:]),
        ],
        "it scales by an amount, not by a share": [
          HorizontalPodAutoscaler.sample(of: Deployment.kind) {
            $0.resourceMetrics[0].isRelative = false
          }, cart(requests: [:]),
        ],
      ]
    ),
    "unhealthy/cron-schedule": CheckFixture(
      firesAbout: "shop/late",
      "shop/mars",
      "shop/words",
      in: [
        job("every day", name: "words"), job(zone: "Mars/Olympus", name: "mars"),
        job(deadline: .seconds(-5), name: "late"),
      ],
      silent: [
        "it can be followed": [
          job(), job("@daily", zone: "Europe/Berlin", deadline: .seconds(60), name: "daily"),
          job("0 3 1-15/2 JAN,jul MON-FRI", zone: "UTC", name: "fields"),
        ],
        "it is suspended": [job("never", isSuspended: true)],
      ]
    ),
    "unhealthy/leader": CheckFixture(
      firesAbout: "kube-system/kube-scheduler",
      in: [
        leader(renewed: .noon - .seconds(15)),
        leader("kube-controller-manager", renewed: .noon + .seconds(60)),
      ],
      silent: [
        "it is renewed": [leader(renewed: .noon + .seconds(20))],
        "others are not asked": [leader("snapshot-controller", renewed: .noon - .seconds(900))],
        "the cluster has done without it for long":
          [leader(renewed: .noon - .seconds(30 * 86_400))],
      ]
    ),
    "unhealthy/load-balancer": CheckFixture(
      firesAbout: "shop/cart",
      "shop/shop",
      in: [
        Service.sample("cart") { $0.loadBalancer.portErrors = ["443/TCP CloudError"] },
        Ingress.sample("shop") { $0.loadBalancer.portErrors = ["80/TCP InUse"] },
      ],
      silent: [
        "it works": [Service.sample("cart") { $0.loadBalancer.hostNames = ["lb.example.com"] }]
      ]
    ),
    "unhealthy/volume-failed": CheckFixture(
      firesAbout: "pv-1",
      in: [PersistentVolume.sample(phase: .failed)],
      silent: [
        "it is bound": [PersistentVolume.sample()],
        "it waits for a decision": [PersistentVolume.sample(phase: .released)],
      ]
    ),
    "unhealthy/event-burst": CheckFixture(
      firesAbout: "shop/cart-1",
      in: FixtureWorld(
        [Pod.labelled("cart-1"), event("a", count: 12), event("b", count: 12)]
      ),
      silent: [
        "few came": [Pod.labelled("cart-1"), event("a", count: 10)],
        "many came, over days": [
          Pod.labelled("cart-1"), event("a", count: 500, last: .noon + .seconds(3600)),
        ],
        "what they are about is gone": [event("a", count: 50)],
      ]
    ),
    "unhealthy/condition": CheckFixture(
      firesAbout: "shop/w1",
      in: [widget("Ready", .isFalse, reason: "Failed")],
      silent: [
        "it is ready": [widget("Ready", .isTrue)],
        "nobody knows": [widget("Ready", .unknown)],
        "only its controller knows what it means": [widget("Stalled", .isFalse)],
        "it is not meant to be ready": [widget("Ready", .isFalse, reason: "Suspended")],
        "it is switched off": [widget("Ready", .isFalse, reason: "VMINotExists")],
        "nobody looks after it for now": [widget("Synced", .isFalse, reason: "ReconcilePaused")],
        "it is about an older generation": [widget("Ready", .isFalse, observed: 1)],
      ]
    ),
    "unhealthy/workload": CheckFixture(
      firesAbout: "shop/agent",
      "shop/cart",
      "shop/db",
      "shop/old",
      in: [
        Deployment.sample("cart", replicas: 3, available: 1),
        StatefulSet.sample("db", replicas: 3, available: 2),
        DaemonSet.sample("agent", desired: 5, available: 0),
        ReplicaSet.sample("old", replicas: 1, available: 0),
      ],
      silent: [
        "all are available": [
          Deployment.sample("cart", replicas: 3, available: 3),
          StatefulSet.sample("db", replicas: 1, available: 1),
          DaemonSet.sample("agent", desired: 5, available: 5),
        ],
        "none are wanted": [
          Deployment.sample("cart", replicas: 0, available: 0),
          DaemonSet.sample("agent", desired: 0, available: 0),
        ],
        "a rollout replaces them": [
          Deployment.sample("cart", replicas: 3, available: 2) {
            $0.updatedReplicas = 1
            $0.conditions = [Condition(type: "Available", status: .isTrue)]
          },
          StatefulSet.sample("db", replicas: 3, available: 2) { $0.updateRevision = "db-2" },
          DaemonSet.sample("agent", desired: 5, available: 4) { $0.updatedPods = 2 },
        ],
        "a Deployment speaks for its ReplicaSet": [
          ReplicaSet.sample("cart-1", replicas: 2, available: 0) { set in
            set.metadata.ownerReferences = [
              OwnerReference(kind: Deployment.kind, name: "cart", uid: ObjectUID("u"))
            ]
          }
        ],
      ]
    ),
  ]
}
