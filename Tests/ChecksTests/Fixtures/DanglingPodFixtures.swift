import Inspection
import KubernetesObjects
import ObjectBuilders

extension CheckFixture {
  static let danglingPods: [CheckID: CheckFixture] = [
    "dangling/config-key": CheckFixture(
      firesAbout: "shop/cart",
      "shop/alone",
      in: [
        settings("url"), deployment(reading(.configMap, keys: ["url", "port"])),
        pod("alone", reading(.configMap, keys: ["port"])),
      ],
      silent: [
        "the key is there":
          [settings("url", "port"), deployment(reading(.configMap, keys: ["port"]))],
        "the key is optional":
          [settings("url"), deployment(reading(.configMap, keys: ["port"], isOptional: true))],
        "all keys are taken as they are":
          [settings(), deployment(reading(.configMap, keys: []))],
        "the ConfigMap itself is missing": [deployment(reading(.configMap, keys: ["port"]))],
        "the Pod's workload tells already": [
          settings("url"), deployment(reading(.configMap, keys: [])), replicaSet,
          pod("cart-1", reading(.configMap, keys: ["port"]), owner: replicaSet),
        ],
      ]
    ),
    "dangling/pod-claim": CheckFixture(
      firesAbout: "shop/cart",
      "shop/db-0",
      "shop/alone",
      in: [
        deployment(.with { $0.claims = ["data"] }),
        StatefulSet.object("db") { $0.claimTemplates = ["data"] },
        pod("db-0", .with { $0.claims = ["data-db-0"] }, owner: StatefulSet.object("db")),
        pod("alone", .with { $0.ephemeralVolumes = ["scratch"] }),
      ],
      silent: silent(
        { .with { $0.claims = ["data"] } },
        there: PersistentVolumeClaim.object("data")
      )
    ),
    "dangling/pod-configmap": CheckFixture(
      firesAbout: "shop/cart",
      "shop/alone",
      "shop/rolled",
      in: [
        deployment(reading(.configMap)), pod("alone", reading(.configMap)),
        ReplicaSet.object("free"),
        pod("rolled", reading(.configMap), owner: ReplicaSet.object("free")),
      ],
      silent: silent({ reading(.configMap) }, there: settings()).merging([
        "it is optional": [deployment(reading(.configMap, isOptional: true))],
        "a Secret is missing": [deployment(reading(.secret))],
      ]) { first, _ in first }
    ),
    "dangling/pod-priority-class": CheckFixture(
      firesAbout: "shop/cart",
      in: [deployment(.with { $0.priorityClass = "high" })],
      silent: silent({ .with { $0.priorityClass = "high" } }, there: PriorityClass.object("high"))
    ),
    "dangling/pod-pull-secret": CheckFixture(
      firesAbout: "shop/cart",
      in: [deployment(.with { $0.pullSecrets = ["registry"] })],
      silent: silent({ .with { $0.pullSecrets = ["registry"] } }, there: Secret.object("registry"))
    ),
    "dangling/pod-runtime-class": CheckFixture(
      firesAbout: "shop/cart",
      in: [deployment(.with { $0.runtimeClass = "gvisor" })],
      silent: silent(
        { .with { $0.runtimeClass = "gvisor" } },
        there: PartialRecord(PodTemplate.runtimeClassKind, metadata: .sample("gvisor"))
      )
    ),
    "dangling/pod-secret": CheckFixture(
      firesAbout: "shop/cart",
      "shop/nightly",
      in: [
        deployment(reading(.secret)),
        CronJob.object("nightly") { $0.template = reading(.secret) },
      ],
      silent: silent({ reading(.secret) }, there: Secret.object("settings")).merging([
        "it is optional": [deployment(reading(.secret, isOptional: true))]
      ]) { first, _ in first }
    ),
    "dangling/account-secret": CheckFixture(
      firesAbout: "shop/cart",
      in: [account(), deployment(.with { $0.serviceAccount = "cart" })],
      silent: [
        "it exists": [
          account(), deployment(.with { $0.serviceAccount = "cart" }), Secret.object("registry"),
        ],
        "nobody uses the account": [account()],
        "the account is being deleted": [
          account(deleted: .noon), deployment(.with { $0.serviceAccount = "cart" }),
        ],
      ]
    ),
    "dangling/pod-service-account": CheckFixture(
      firesAbout: "shop/cart",
      in: [deployment(.with { $0.serviceAccount = "cart" })],
      silent: silent(
        { .with { $0.serviceAccount = "cart" } },
        there: ServiceAccount.object("cart")
      )
    ),
  ]

  private static func account(deleted: Timestamp? = nil) -> ServiceAccount {
    ServiceAccount.object("cart", deleted: deleted) { $0.pullSecrets = ["registry"] }
  }

  /// The situations in which no reference of a template is a fault.
  private static func silent(
    _ template: () -> PodTemplate,
    there object: any ObjectRecord
  ) -> [String: FixtureWorld] {
    [
      "it exists": FixtureWorld([object, deployment(template())]),
      "the workload is being deleted": [
        Deployment.object(deleted: .noon) { $0.template = template() }
      ],
      "the Pod has ended": [pod("ended", template(), phase: .succeeded)],
      "the Job has ended": [
        Job.object("ended") {
          $0.template = template()
          $0.conditions = [Condition(type: "Complete", status: .isTrue)]
        }
      ],
      "the Deployment tells for its Pods": [
        deployment(PodTemplate()), replicaSet, pod("cart-1", template(), owner: replicaSet),
      ],
      "the CronJob tells for its Jobs": [
        CronJob.object("nightly"),
        Job.object("nightly-1", owners: [.to(CronJob.object("nightly"))]) {
          $0.template = template()
        },
      ],
    ]
  }

  private static let replicaSet = ReplicaSet.object("cart", owners: [.to(Deployment.object())])

  private static func deployment(_ template: PodTemplate) -> Deployment {
    Deployment.object { $0.template = template }
  }

  private static func pod(
    _ name: String,
    _ template: PodTemplate,
    phase: Pod.Phase = .pending,
    owner: (any ObjectRecord)? = nil
  ) -> Pod {
    Pod.object(name, owners: owner.map { [.to($0)] } ?? []) {
      $0.template = template
      $0.phase = phase
    }
  }

  private static func settings(_ keys: String...) -> ConfigMap {
    ConfigMap.object("settings") { $0.keys = keys }
  }

  private static func reading(
    _ source: ConfigurationReference.Source,
    keys: [String] = [],
    isOptional: Bool = false
  ) -> PodTemplate {
    var reference = ConfigurationReference(source, in: .volume, name: "settings")
    reference.keys = keys
    reference.isOptional = isOptional
    return .with { $0.configurations = [reference] }
  }
}
