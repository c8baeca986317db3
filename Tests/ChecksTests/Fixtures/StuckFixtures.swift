import Inspection
import KubernetesObjects
import ObjectBuilders

/// Deletions that do not end, and what the API server or a controller refuses.
extension CheckFixture {
  static let stuck: [CheckID: CheckFixture] =
    [
      stuckControl, stuckNetwork, stuckPods, stuckWorkloads,
    ].reduce(into: [:]) { all, fixtures in all.merge(fixtures) { first, _ in first } }

  private static let hold = ["example.com/hold"]

  private static let stuckControl: [CheckID: CheckFixture] = [
    "stuck/terminating": CheckFixture(
      firesAbout: "shop/kept",
      "shop/lost",
      "shop/data",
      "shop/w1",
      in: [
        Node.sample(ready: .unknown), Pod.sample("lost", deleted: .noon),
        Pod.sample("kept", deleted: .noon, finalizers: hold),
        CustomRecord.widget(deleted: .noon, finalizers: hold),
        PersistentVolumeClaim.sample(
          deleted: .noon,
          finalizers: ["kubernetes.io/pvc-protection"]
        ),
        Pod.sample("user", changedBy: { $0.template.claims = ["data"] }),
        Lease(metadata: .sample("kube-controller-manager", namespace: "kube-system")),
      ],
      silent: [
        "finalizers alone are fine": [CustomRecord.widget(finalizers: hold)],
        "its grace period goes on": [Pod.sample(deleted: .noon + .seconds(3600))],
        "a namespace has a check of its own":
          [Namespace(metadata: .sample("shop", deleted: .noon))],
        "an attachment has a check of its own": [
          VolumeAttachment.sample(isAttached: true) { $0.metadata.deletionTimestamp = .noon }
        ],
      ]
    ),
    "stuck/namespace-terminating": CheckFixture(
      firesAbout: "shop",
      in: [
        Namespace.terminating(
          "NamespaceDeletionDiscoveryFailure",
          "Discovery failed for some groups, 1 failing: unable to retrieve the complete list of "
            + "server APIs: metrics.k8s.io/v1beta1: stale GroupVersion discovery"
        ),
        APIService(metadata: .sample("v1beta1.metrics.k8s.io")),
      ],
      silent: [
        "it is active": [Namespace(metadata: .sample("shop"))],
        "it was just deleted": [
          Namespace(metadata: .sample("shop", deleted: .noon + .seconds(60)))
        ],
      ]
    ),
    "stuck/definition": CheckFixture(
      firesAbout: "widgets.example.com",
      "gadgets.example.com",
      in: [
        CustomResourceDefinition.sample { definition in
          definition.conditions = [
            .sample("NamesAccepted", .isFalse, "ListKindConflict", "\"WidgetList\" is in use")
          ]
        },
        CustomResourceDefinition.sample("gadgets") { $0.conditions = [] },
      ],
      silent: [
        "it is established": [
          CustomResourceDefinition.sample { definition in
            definition.conditions = [
              .sample("NamesAccepted", .isTrue), .sample("Established", .isTrue),
            ]
          }
        ],
        "it is being deleted": [CustomResourceDefinition.sample(deleted: .noon)],
      ]
    ),
    "stuck/certificate-request": CheckFixture(
      firesAbout: "csr-1",
      "csr-2",
      in: [
        CertificateSigningRequest.sample("csr-1"),
        CertificateSigningRequest.sample("csr-2", decided: "Approved"),
      ],
      silent: [
        "it is approved and signed":
          [CertificateSigningRequest.sample(decided: "Approved", isIssued: true)],
        "it is denied": [CertificateSigningRequest.sample(decided: "Denied")],
        "its signer failed": [CertificateSigningRequest.sample(decided: "Failed")],
      ]
    ),
    "stuck/quota": CheckFixture(
      firesAbout: "shop/compute",
      "shop/compute",
      in: [
        ResourceQuota.sample(
          used: ["pods": "10", "cpu": "1100m", "memory": "1Gi"],
          hard: ["pods": "10", "cpu": "1", "memory": "2Gi"]
        )
      ],
      silent: [
        "there is room": [ResourceQuota.sample(used: ["pods": "9"], hard: ["pods": "10"])],
        "nothing is allowed, and nothing is used":
          [ResourceQuota.sample(used: ["pods": "0"], hard: ["pods": "0"])],
        "a resource is not limited": [ResourceQuota.sample(used: ["pods": "99"], hard: [:])],
        "an old failure is over": [
          ResourceQuota.sample(used: ["pods": "9"], hard: ["pods": "10"]),
          ReplicaSet.refused(status: .isFalse),
        ],
      ]
    ),
    "stuck/cordoned": CheckFixture(
      firesAbout: "node-1",
      in: [Node.cordoned(since: .noon)],
      silent: [
        "it is open": [Node.sample()],
        "it was cordoned just now": [Node.cordoned(since: .noon + .seconds(60))],
      ]
    ),
  ]
}

extension Condition {
  static func sample(
    _ type: String,
    _ status: Status,
    _ reason: String = "",
    _ message: String = "",
    since: Timestamp = .noon
  ) -> Condition {
    Condition(
      type: type,
      status: status,
      reason: reason,
      message: message,
      lastTransitionTime: since
    )
  }
}

extension Namespace {
  /// One that was deleted at noon, and of which its controller says something.
  static func terminating(_ type: String, _ message: String) -> Namespace {
    var namespace = Namespace(metadata: .sample("shop", deleted: .noon))
    namespace.specFinalizers = ["kubernetes"]
    namespace.conditions = [.sample(type, .isTrue, "", message)]
    return namespace
  }
}

extension CustomResourceDefinition {
  static func sample(
    _ plural: String = "widgets",
    changedBy change: (inout CustomResourceDefinition) -> Void
  ) -> CustomResourceDefinition {
    var definition = CustomResourceDefinition.sample(plural: plural)
    change(&definition)
    return definition
  }
}

extension CertificateSigningRequest {
  static func sample(
    _ name: String = "csr-1",
    decided condition: String? = nil,
    isIssued: Bool = false
  ) -> CertificateSigningRequest {
    var request = CertificateSigningRequest(metadata: .sample(name))
    request.username = "system:node:node-1"
    request.signerName = "kubernetes.io/kubelet-serving"
    request.conditions = condition.map { [.sample($0, .isTrue)] } ?? []
    request.isIssued = isIssued
    return request
  }
}

extension Node {
  static func cordoned(since time: Timestamp) -> Node {
    var node = Node.sample(isUnschedulable: true)
    var taint = Taint()
    taint.key = "node.kubernetes.io/unschedulable"
    taint.effect = "NoSchedule"
    taint.timeAdded = time
    node.taints = [taint]
    return node
  }
}

extension ReplicaSet {
  /// One whose Pods a quota refuses, or did.
  static func refused(
    _ name: String = "cart",
    status: Condition.Status = .isTrue,
    owners: [OwnerReference] = []
  ) -> ReplicaSet {
    var set = ReplicaSet(metadata: .sample(name, namespace: "shop", owners: owners))
    set.replicas = 3
    set.currentReplicas = status == .isTrue ? 2 : 3
    set.conditions = [
      .sample(
        "ReplicaFailure",
        status,
        "FailedCreate",
        "pods \"cart-1\" is forbidden: exceeded quota: compute, requested: pods=1, used: pods=10"
      )
    ]
    return set
  }
}
