import Inspection
import KubernetesObjects
import ObjectBuilders

extension CheckFixture {
  static let dangling: [CheckID: CheckFixture] = [
    danglingReferences, danglingPods, danglingVolumes, danglingDefinitions, leftoverWorkloads,
    unusedObjects,
  ].reduce(into: [:]) { all, fixtures in all.merge(fixtures) { first, _ in first } }

  private static let cart = Deployment.object()
  private static let widgets = CustomResourceDefinition.sample()
  private static let installation = CustomRecord(
    resource: .widgets,
    metadata: .sample("default")
  )

  private static let danglingReferences: [CheckID: CheckFixture] = [
    "dangling/node-lease": CheckFixture(
      firesAbout: "kube-node-lease/node-9",
      in: [Lease.sample("node-9"), Node.sample("node-1")],
      silent: [
        "the Node exists": [Lease.sample("node-1"), Node.sample("node-1")],
        "it is a lock of a controller":
          [Lease.object("kube-scheduler", namespace: "kube-system")],
      ]
    ),
    "dangling/owner": CheckFixture(
      firesAbout: "shop/left",
      "shop/former",
      "shop/widget",
      "role",
      in: [
        cart,
        ReplicaSet.object(
          "left",
          owners: [OwnerReference(kind: Deployment.kind, name: "gone", uid: "1")]
        ),
        ReplicaSet.object(
          "former",
          owners: [OwnerReference(kind: Deployment.kind, name: "cart", uid: "1")]
        ),
        ConfigMap.object(
          "widget",
          owners: [OwnerReference(kind: APIResource.widgets.kind, name: "gone", uid: "1")]
        ),
        ClusterRole.object("role", owners: [.to(cart)]),
      ],
      silent: [
        "the owner is there": [cart, ReplicaSet.object("new", owners: [.to(cart)])],
        "the owner is in no namespace":
          [Node.sample(), Pod.object("static", owners: [.to(Node.sample())])],
        "a custom owner is in no namespace":
          [installation, DaemonSet.object("agent", owners: [.to(installation)])],
        "a custom owner is in the same namespace":
          [CustomRecord.widget(), ConfigMap.object("w", owners: [.to(CustomRecord.widget())])],
        "the owner's kind is not known": [
          ConfigMap.object(
            "w",
            owners: [
              OwnerReference(kind: ObjectKind("Gone", group: "example.org"), name: "g", uid: "1")
            ]
          )
        ],
        "the garbage collector is at it": [
          ReplicaSet.object(
            "left",
            deleted: .noon,
            owners: [OwnerReference(kind: Deployment.kind, name: "gone", uid: "1")]
          )
        ],
      ]
    ),
    "dangling/pod-node": CheckFixture(
      firesAbout: "shop/lost",
      in: [Pod.sample("lost", node: "node-9"), Node.sample("node-1")],
      silent: [
        "the Node exists": [Pod.sample(node: "node-1"), Node.sample("node-1")],
        "it is not scheduled yet": [Pod.sample(node: "", phase: .pending)],
      ]
    ),
    "dangling/stateful-service": CheckFixture(
      firesAbout: "shop/db",
      in: [StatefulSet.object("db") { $0.serviceName = "db" }, Service.object("other")],
      silent: [
        "the Service exists":
          [StatefulSet.object("db") { $0.serviceName = "db" }, Service.object("db")],
        "it names none": [StatefulSet.object("db")],
        "it is being deleted":
          [StatefulSet.object("db", deleted: .noon) { $0.serviceName = "db" }],
      ]
    ),
  ]
}
