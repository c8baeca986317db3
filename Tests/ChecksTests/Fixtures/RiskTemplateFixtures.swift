import Inspection
import KubernetesObjects
import ObjectBuilders

/// What templates ask for.
extension CheckFixture {
  /// A fixture of a check of templates: `spoil` brings the fault into one, `mend` what is no fault.
  private init(
    ofAllKinds: Bool = true,
    security: Bool = false,
    fine: [String: (inout PodTemplate) -> Void] = [:],
    _ spoil: (inout PodTemplate) -> Void
  ) {
    let spoilt = RiskSamples.template(spoil)
    let longRunning: [any ObjectRecord] = [
      RiskSamples.deployment(template: spoilt), RiskSamples.statefulSet("store", template: spoilt),
      RiskSamples.daemonSet("agent", template: spoilt),
    ]
    let others: [any ObjectRecord] = [
      RiskSamples.job("import", template: spoilt), RiskSamples.cronJob("nightly", template: spoilt),
      RiskSamples.barePod("debug", template: spoilt),
    ]
    var silent: [String: FixtureWorld] = [
      "it asks for what is right": [RiskSamples.deployment()],
      "it belongs to the cluster itself":
        [RiskSamples.deployment(namespace: "kube-system", template: spoilt)],
      "it is on its way out": [RiskSamples.deployment(template: spoilt, deleted: .noon)],
      "the Pod's controller tells": [RiskSamples.pod("cart-1", template: spoilt)],
      "the Job's CronJob tells":
        [RiskSamples.job("nightly-1", template: spoilt, ofCronJob: true)],
      "the Job has ended": [
        RiskSamples.job("done", template: spoilt, condition: "Complete"),
        RiskSamples.job("broken", template: spoilt, condition: "Failed"),
      ],
      "the Pod has ended": [RiskSamples.barePod("debug", template: spoilt, phase: .succeeded)],
      "admission gave its Pods what they lacked":
        [RiskSamples.deployment(template: spoilt), RiskSamples.pod("cart-1")],
    ]
    if security {
      silent["its namespace is meant for it"] = [
        Namespace(
          metadata: .sample("shop").labelled(["pod-security.kubernetes.io/enforce": "privileged"])
        ), RiskSamples.deployment(template: spoilt),
      ]
    }
    if !ofAllKinds { silent["its Pods end by themselves"] = FixtureWorld(others) }
    for (situation, change) in fine {
      let template = RiskSamples.template(change)
      silent[situation] = [RiskSamples.deployment(template: template)]
    }
    firesAbout =
      ["shop/agent", "shop/cart", "shop/store"]
      + (ofAllKinds ? ["shop/debug", "shop/import", "shop/nightly"] : [])
    world = FixtureWorld(longRunning + (ofAllKinds ? others : []))
    self.silent = silent
  }

  static let riskTemplates: [CheckID: CheckFixture] = [
    "risk/added-capabilities": CheckFixture(
      security: true,
      fine: [
        "it drops some": { $0.containers[0].security.droppedCapabilities = ["ALL"] },
        "it adds a usual one": {
          $0.containers[0].security.addedCapabilities = ["NET_BIND_SERVICE", "CHOWN"]
        },
      ]
    ) { $0.containers[0].security.addedCapabilities = ["SYS_ADMIN"] },
    "risk/host-namespace": CheckFixture(security: true) {
      $0.options.formUnion([.hostNetwork, .hostProcesses])
    },
    "risk/host-path": CheckFixture(security: true) { $0.hostPaths = ["/var/run/docker.sock"] },
    "risk/image-latest": CheckFixture(
      fine: [
        "it has a digest": {
          $0.containers[0].image = "registry.example.com/cart@sha256:0123"
        },
        "it has a digest beside the tag": {
          $0.containers[0].image = "registry.example.com/cart:latest@sha256:0123"
        },
        "the registry has a port": { $0.containers[0].image = "localhost:5000/cart:1.2" },
      ]
    ) { $0.containers[0].image = "registry.example.com:5000/cart" },
    "risk/image-registry": CheckFixture(
      fine: ["it is on this machine": { $0.containers[0].image = "localhost/cart:1.2" }]
    ) { $0.containers[0].image = "library/nginx:1.27" },
    "risk/no-limits": CheckFixture(
      fine: ["processor time is not limited": { $0.containers[0].requests = ResourceAmounts() }]
    ) { $0.containers[0].limits = ResourceAmounts(["cpu": "1"]) },
    "risk/no-probes": CheckFixture(
      ofAllKinds: false,
      fine: [
        "it has no port, and is asked whether it lives": { $0.containers[0].probes = [.liveness] },
        "it runs before the others": { $0.containers[0].runsBefore = true },
      ]
    ) {
      $0.containers[0].probes = [.liveness]
      $0.containers[0].ports = [Container.Port()]
    },
    "risk/no-requests": CheckFixture(
      fine: [
        "limits stand for requests": {
          $0.containers[0].requests = ResourceAmounts()
          $0.containers[0].limits = ResourceAmounts(["cpu": "1", "memory": "1Gi"])
        },
        "it runs before the others": {
          $0.containers[0].runsBefore = true
          $0.containers[0].requests = ResourceAmounts()
        },
      ]
    ) { $0.containers[0].requests = ResourceAmounts(["memory": "64Mi"]) },
    "risk/privileged": CheckFixture(security: true) {
      $0.containers[0].security.options.insert(.privileged)
    },
    "risk/root-user": CheckFixture(
      security: true,
      fine: [
        "its Pod refuses root": {
          $0.containers[0].security.options = []
          $0.security.options = [.nonRoot]
        },
        "it has a user": {
          $0.containers[0].security.options = []
          $0.security.user = 1000
        },
      ]
    ) { template in
      template.security.options = [.nonRoot]
      template.containers[0].security.options = [.mayBeRoot]
    },
    "risk/writable-root": CheckFixture(security: true) {
      $0.containers[0].security.options.remove(.readOnlyRoot)
    },
  ]
}
