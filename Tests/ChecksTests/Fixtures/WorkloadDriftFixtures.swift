import Inspection
import KubernetesObjects
import ObjectBuilders

extension CheckFixture {
  private static func deployment(
    _ name: String = "cart",
    generation: Int = 1,
    observed: Int = 1,
    reason: String = "NewReplicaSetAvailable",
    image: String = "",
    isPaused: Bool = false,
    deleted: Timestamp? = nil
  ) -> Deployment {
    var deployment = Deployment(metadata: .sample(name, namespace: "shop", deleted: deleted))
    deployment.metadata.generation = generation
    deployment.observedGeneration = observed
    deployment.selector = LabelSelector(["app": name])
    deployment.updatedReplicas = 1
    deployment.isPaused = isPaused
    deployment.conditions = [Condition(type: "Progressing", status: .isTrue, reason: reason)]
    deployment.template.containers = [container(image)]
    return deployment
  }

  private static func container(_ image: String) -> Container {
    var container = Container()
    container.name = "main"
    container.image = image
    return container
  }

  private static func set(_ hash: String, revision: String) -> ReplicaSet {
    var set = ReplicaSet.sample("cart-\(hash)")
    set.metadata.uid = ObjectUID("uid-cart-\(hash)")
    set.metadata.labels = ["app": "cart", "pod-template-hash": hash]
    set.selector = LabelSelector(set.metadata.labels)
    set.metadata.annotations = ["deployment.kubernetes.io/revision": revision]
    set.metadata.ownerReferences = [
      OwnerReference(kind: Deployment.kind, name: "cart", uid: "uid-shop-cart")
    ]
    return set
  }

  private static func pod(
    _ name: String,
    hash: String = "one",
    labels: Labels? = nil,
    image: String = "",
    digit: String = "",
    phase: Pod.Phase = .running,
    deleted: Timestamp? = nil
  ) -> Pod {
    var pod = Pod.sample(name, phase: phase, deleted: deleted, owner: "cart-\(hash)")
    pod.metadata.labels = labels ?? ["app": "cart", "pod-template-hash": hash]
    pod.template.containers = [container(image)]
    var status = ContainerStatus()
    status.name = "main"
    status.imageDigest = ImageDigest(imageID: "nginx@sha256:" + String(repeating: digit, count: 64))
    pod.containers = [status]
    return pod
  }

  private static func widget(
    generation: Int,
    observed: Int?,
    deleted: Timestamp? = nil
  ) -> CustomRecord {
    var widget = CustomRecord.widget(deleted: deleted)
    widget.metadata.generation = generation
    widget.observedGeneration = observed
    return widget
  }

  private static func definition(hasOwnStatus: Bool = true) -> CustomResourceDefinition {
    var definition = CustomResourceDefinition.sample()
    definition.versions[0].hasOwnStatus = hasOwnStatus
    return definition
  }

  private static func claim(
    phase: PersistentVolumeClaim.Phase = .bound,
    deleted: Timestamp? = nil
  ) -> PersistentVolumeClaim {
    var claim = PersistentVolumeClaim(
      metadata: .sample("data", namespace: "shop", uid: "uid-data", deleted: deleted)
    )
    claim.volumeName = "pv-1"
    claim.phase = phase
    return claim
  }

  static let workloadDrifts: [CheckID: CheckFixture] = [
    "drift/bound-claim": CheckFixture(
      firesAbout: "shop/data",
      in: [claim(), PersistentVolume.sample(claim: "other")],
      silent: [
        "both agree": [claim(), PersistentVolume.sample(claim: "data")],
        "the claim waits": [claim(phase: .pending), PersistentVolume.sample(claim: "other")],
        "the claim is lost": [claim(phase: .lost), PersistentVolume.sample(claim: "other")],
        "the claim is going": [claim(deleted: .noon), PersistentVolume.sample(claim: nil)],
        "the volume is gone": [claim()],
      ]
    ),
    "drift/generation": CheckFixture(
      firesAbout: "shop/cart",
      "shop/w1",
      in: [
        deployment(generation: 3, observed: 2), definition(), widget(generation: 2, observed: 1),
      ],
      silent: [
        "all is observed": [
          deployment(generation: 3, observed: 3), definition(), widget(generation: 2, observed: 2),
        ],
        "the controller does not tell": [definition(), widget(generation: 2, observed: nil)],
        "writing the status is a new generation itself":
          [definition(hasOwnStatus: false), widget(generation: 2, observed: 1)],
        "it is being deleted": [
          deployment(generation: 3, observed: 2, deleted: .noon), definition(),
          widget(generation: 2, observed: 1, deleted: .noon),
        ],
        "the kind has no generations": [deployment(generation: 0, observed: 0)],
      ]
    ),
    "drift/image-of-tag": CheckFixture(
      firesAbout: "nginx:1.29",
      in: [
        deployment(image: "nginx:1.29"), pod("a", image: "nginx:1.29", digit: "a"),
        pod("b", image: "nginx:1.29", digit: "b"),
      ],
      silent: [
        "all run the same": [
          deployment(image: "nginx:1.29"), pod("a", image: "nginx:1.29", digit: "a"),
          pod("b", image: "nginx:1.29", digit: "a"),
        ],
        "a rollout to another tag": [
          deployment(image: "nginx:1.29"), pod("a", image: "nginx:1.29", digit: "a"),
          pod("b", image: "nginx:1.28", digit: "b"),
        ],
        "the other has ended": [
          deployment(image: "nginx:1.29"), pod("a", image: "nginx:1.29", digit: "a"),
          pod("b", image: "nginx:1.29", digit: "b", phase: .failed),
        ],
        "one has not been pulled": [
          deployment(image: "nginx:1.29"), pod("a", image: "nginx:1.29", digit: "a"),
          pod("b", image: "nginx:1.29"),
        ],
        "the image is named by its digest": [
          deployment(image: "nginx@sha256:a"), pod("a", image: "nginx@sha256:a", digit: "a"),
          pod("b", image: "nginx@sha256:a", digit: "b"),
        ],
      ]
    ),
    "drift/label-of-owner": CheckFixture(
      firesAbout: "shop/a",
      in: [set("one", revision: "1"), pod("a", labels: ["app": "debug"])],
      silent: [
        "labels match": [set("one", revision: "1"), pod("a")],
        "more labels than the selector asks for": [
          set("one", revision: "1"),
          pod("a", labels: ["app": "cart", "pod-template-hash": "one", "zone": "b"]),
        ],
        "the controller is gone": [pod("a", labels: ["app": "debug"])],
        "the Pod has ended":
          [set("one", revision: "1"), pod("a", labels: ["app": "debug"], phase: .succeeded)],
        "the Pod is going":
          [set("one", revision: "1"), pod("a", labels: ["app": "debug"], deleted: .noon)],
        "it was let go of": [set("one", revision: "1"), Pod.sample("a")],
      ]
    ),
    "drift/template-hash": CheckFixture(
      firesAbout: "shop/cart",
      in: [
        deployment(), set("one", revision: "9"), set("two", revision: "10"), pod("a"),
        pod("b", hash: "two"),
      ],
      silent: [
        "all are of the newest": [
          deployment(), set("one", revision: "9"), set("two", revision: "10"),
          pod("b", hash: "two"),
        ],
        "the rollout goes on": [
          deployment(reason: "ReplicaSetUpdated"), set("one", revision: "9"),
          set("two", revision: "10"), pod("a"), pod("b", hash: "two"),
        ],
        "the controller has yet to see the change": [
          deployment(generation: 2), set("one", revision: "9"), set("two", revision: "10"),
          pod("a"),
        ],
        "it is paused": [
          deployment(isPaused: true), set("one", revision: "9"), set("two", revision: "10"),
          pod("a"), pod("b", hash: "two"),
        ],
        "the older Pod is going": [
          deployment(), set("one", revision: "9"), set("two", revision: "10"),
          pod("a", deleted: .noon), pod("b", hash: "two"),
        ],
        "the older Pod has ended": [
          deployment(), set("one", revision: "9"), set("two", revision: "10"),
          pod("a", phase: .failed), pod("b", hash: "two"),
        ],
        "it went back to an earlier revision": [
          deployment(), set("one", revision: "11"), set("two", revision: "10"), pod("a"),
        ],
      ]
    ),
  ]
}
