import Inspection
import KubernetesObjects
import ObjectBuilders

/// Volumes, load balancers, Ingresses and Gateways that do not come about.
extension CheckFixture {
  private static let waiting = StorageClass.sample("local") { $0.waitsForFirstConsumer = true }

  static let stuckNetwork: [CheckID: CheckFixture] = [
    "stuck/claim": CheckFixture(
      firesAbout: "shop/data",
      "shop/logs",
      in: [
        StorageClass.sample("fast"), waiting, PersistentVolumeClaim.sample("data", class: "fast"),
        Event.warning(
          "ProvisioningFailed",
          about: "data",
          kind: PersistentVolumeClaim.kind,
          "rpc error: no space"
        ),
        PersistentVolumeClaim.sample("logs", class: "local") {
          $0.metadata.annotations["volume.kubernetes.io/selected-node"] = "node-1"
        },
      ],
      silent: [
        "it is bound": [
          StorageClass.sample("fast"),
          PersistentVolumeClaim.sample(class: "fast") { $0.phase = .bound },
        ],
        "its class waits for a Pod":
          [waiting, PersistentVolumeClaim.sample(class: "local")],
        "its class waits for a Pod that has no Node yet": [
          waiting, PersistentVolumeClaim.sample(class: "local"),
          Pod.sample("user", node: "", phase: .pending) { $0.template.claims = ["data"] },
        ],
        "it is being deleted":
          [
            StorageClass.sample("fast"),
            PersistentVolumeClaim.sample(class: "fast", deleted: .noon),
          ],
        "it is lost, which is another fault": [
          StorageClass.sample("fast"),
          PersistentVolumeClaim.sample(class: "fast") { $0.phase = .lost },
        ],
      ]
    ),
    "stuck/volume-attach": CheckFixture(
      firesAbout: "csi-1",
      "csi-2",
      in: [
        VolumeAttachment.sample("csi-1") { $0.attachError = "rpc error:\nvolume is in use" },
        VolumeAttachment.sample("csi-2", isAttached: true) {
          $0.metadata.deletionTimestamp = .noon
        },
      ],
      silent: [
        "it is attached": [VolumeAttachment.sample(isAttached: true)],
        "it was made just now": [
          VolumeAttachment.sample { $0.metadata.creationTimestamp = .noon + .seconds(60) }
        ],
      ]
    ),
    "stuck/load-balancer": CheckFixture(
      firesAbout: "shop/web",
      in: [Service.waiting { $0.type = .loadBalancer }],
      silent: [
        "it has an address": [
          Service.waiting {
            $0.type = .loadBalancer
            $0.loadBalancer.addresses = [IPAddress("192.0.2.1")].compactMap { $0 }
          }
        ],
        "it has a host name": [
          Service.waiting {
            $0.type = .loadBalancer
            $0.loadBalancer.hostNames = ["lb.example.com"]
          }
        ],
        "it wants none": [Service.waiting()],
        "it is being deleted": [
          Service.waiting {
            $0.type = .loadBalancer
            $0.metadata.deletionTimestamp = .noon
          }
        ],
      ]
    ),
    "stuck/ingress": CheckFixture(
      firesAbout: "shop/new",
      "shop/plain",
      in: [
        IngressClass(metadata: .sample("nginx")), Ingress.waiting("plain", class: ""),
        Ingress.waiting("new"), Ingress.waiting("a", address: "192.0.2.1"),
        Ingress.waiting("b", address: "192.0.2.1"),
      ],
      silent: [
        "it has an address":
          [IngressClass(metadata: .sample("nginx")), Ingress.waiting("a", address: "192.0.2.1")],
        "its controller publishes none": [
          IngressClass(metadata: .sample("nginx")), Ingress.waiting("a"), Ingress.waiting("b"),
          Ingress.waiting("c"),
        ],
      ]
    ),
    "stuck/gateway": CheckFixture(
      firesAbout: "public",
      "shop/web",
      "shop/cart",
      in: [
        CustomRecord.gatewayClass(accepted: .isFalse),
        Gateway.waiting { $0.conditions = [.sample("Programmed", .unknown, "Pending")] },
        HTTPRoute.waiting {
          $0.conditions = [
            .sample("Accepted", .isTrue), .sample("ResolvedRefs", .isFalse, "RefNotPermitted"),
            .sample("Accepted", .isTrue), .sample("ResolvedRefs", .isTrue),
          ]
        },
      ],
      silent: [
        "all are accepted": [
          CustomRecord.gatewayClass(accepted: .isTrue),
          Gateway.waiting {
            $0.conditions = [.sample("Accepted", .isTrue), .sample("Programmed", .isTrue)]
          },
          HTTPRoute.waiting {
            $0.conditions = [.sample("Accepted", .isTrue), .sample("ResolvedRefs", .isTrue)]
          },
        ],
        "a condition of another meaning": [
          HTTPRoute.waiting { $0.conditions = [.sample("PartiallyInvalid", .isFalse)] }
        ],
        "its controller has not come to it": [
          Gateway.waiting {
            $0.metadata.creationTimestamp = .noon + .seconds(60)
            $0.conditions = [
              .sample(
                "Accepted",
                .unknown,
                "Pending",
                since: Timestamp(millisecondsSince1970: 0)
              )
            ]
          }
        ],
      ]
    ),
  ]
}

extension StorageClass {
  static func sample(
    _ name: String,
    changedBy change: (inout StorageClass) -> Void = { _ in }
  ) -> StorageClass {
    var storageClass = StorageClass(metadata: .sample(name))
    storageClass.provisioner = "csi.example.com"
    change(&storageClass)
    return storageClass
  }
}

extension PersistentVolumeClaim {
  /// One that is pending.
  static func sample(
    _ name: String = "data",
    class storageClass: String = "fast",
    deleted: Timestamp? = nil,
    finalizers: [String] = [],
    changedBy change: (inout PersistentVolumeClaim) -> Void = { _ in }
  ) -> PersistentVolumeClaim {
    var claim = PersistentVolumeClaim(
      metadata: .sample(name, namespace: "shop", deleted: deleted, finalizers: finalizers)
    )
    claim.storageClass = storageClass
    claim.phase = .pending
    change(&claim)
    return claim
  }
}

extension VolumeAttachment {
  static func sample(
    _ name: String = "csi-1",
    isAttached: Bool = false,
    changedBy change: (inout VolumeAttachment) -> Void = { _ in }
  ) -> VolumeAttachment {
    var attachment = VolumeAttachment(metadata: .sample(name))
    attachment.attacher = "csi.example.com"
    attachment.nodeName = "node-1"
    attachment.volumeName = "pv-1"
    attachment.isAttached = isAttached
    change(&attachment)
    return attachment
  }
}

extension Service {
  static func waiting(
    _ name: String = "web",
    changedBy change: (inout Service) -> Void = { _ in }
  ) -> Service {
    var service = Service(metadata: .sample(name, namespace: "shop"))
    change(&service)
    return service
  }
}

extension Ingress {
  static func waiting(
    _ name: String,
    class className: String = "nginx",
    address: String? = nil
  ) -> Ingress {
    var ingress = Ingress(metadata: .sample(name, namespace: "shop"))
    ingress.className = className
    ingress.loadBalancer.addresses = [address.flatMap(IPAddress.init)].compactMap { $0 }
    return ingress
  }
}

extension Gateway {
  static func waiting(changedBy change: (inout Gateway) -> Void = { _ in }) -> Gateway {
    var gateway = Gateway(metadata: .sample("web", namespace: "shop"))
    gateway.className = "public"
    change(&gateway)
    return gateway
  }
}

extension HTTPRoute {
  static func waiting(changedBy change: (inout HTTPRoute) -> Void = { _ in }) -> HTTPRoute {
    var route = HTTPRoute(metadata: .sample("cart", namespace: "shop"))
    var parent = GatewayMention()
    parent.object.name = "web"
    route.parents = [parent]
    change(&route)
    return route
  }
}

extension CustomRecord {
  static func gatewayClass(accepted status: Condition.Status) -> CustomRecord {
    let resource = APIResource(
      kind: Gateway.classKind,
      version: "v1",
      plural: "gatewayclasses",
      isNamespaced: false,
      verbs: ["list", "watch"]
    )
    var record = CustomRecord(resource: resource, metadata: .sample("public"))
    record.conditions = [.sample("Accepted", status, "InvalidParameters")]
    return record
  }
}
