import ObjectBuilders
import Testing
import WireFormats

@testable import KubernetesObjects

/// What objects name, as their kinds' tables tell.
@Suite struct ReferenceTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let kind: ObjectKind
    let json: JSONValue
    /// The relation, the target, the path; `?` in front of what may be absent.
    let references: Set<String>

    init(_ kind: ObjectKind, _ json: JSONValue, _ references: Set<String>) {
      self.kind = kind
      self.json = json
      self.references = references
    }

    var testDescription: String { kind.name }
  }

  @Test("Objects name what their tables say", arguments: examples)
  func references(example: Example) throws {
    let record = try Self.record(of: example.kind, example.json)
    let references = record.references.map { reference in
      "\(reference.isOptional ? "?" : "")\(reference.relation) \(reference.target) \(reference.path)"
    }
    #expect(Set(references) == example.references.union([inNamespace]))
    #expect(references.count == Set(references).count)
  }

  private let inNamespace = "namespace Namespace shop metadata.namespace"

  private static func record(of kind: ObjectKind, _ json: JSONValue) throws -> any ObjectRecord {
    var json = json
    json[path: "metadata", "namespace"] = "shop"
    if json[path: "metadata", "name"] == nil { json[path: "metadata", "name"] = "it" }
    let bytes = json.encoded()
    var reader = FieldReader(JSONReader(bytes.span.bytes))
    var pool = SharingPool()
    let resource = APIResource(
      kind: kind,
      version: "v1",
      plural: "things",
      isNamespaced: true,
      verbs: []
    )
    return try ObjectDecoder().decode(&reader, of: resource, sharing: &pool).record
  }

  private static let examples: [Example] = [
    Example(
      Namespace.kind,
      [
        "status": [
          "conditions": [
            [
              "type": "NamespaceDeletionDiscoveryFailure", "status": "True",
              "message": """
              Discovery failed for some groups, 2 failing: unable to retrieve the complete list of \
              server APIs: metrics.k8s.io/v1beta1: stale GroupVersion discovery: \
              metrics.k8s.io/v1beta1, example.com/v1: the server is currently unable
              """,
            ]
          ]
        ]
      ],
      [
        "?discovery APIService.apiregistration.k8s.io v1beta1.metrics.k8s.io status.conditions",
        "?discovery APIService.apiregistration.k8s.io v1.example.com status.conditions",
      ]
    ),
    Example(
      ConfigMap.kind,
      [
        "metadata": [
          "deletionTimestamp": "2026-11-23T12:00:00Z",
          "finalizers": ["foregroundDeletion", "example.com/hold"],
        ]
      ],
      [
        "?finalizer Lease.coordination.k8s.io kube-system/kube-controller-manager "
          + "metadata.finalizers"
      ]
    ),
    Example(
      ReplicaSet.kind,
      [
        "status": [
          "conditions": [
            [
              "type": "ReplicaFailure", "status": "True",
              "message": "pods \"a\" is forbidden: exceeded quota: compute, requested: pods=1",
            ]
          ]
        ]
      ],
      ["?quota ResourceQuota shop/compute status.conditions"]
    ),
    Example(
      Event.kind,
      [
        "reason": "FailedCreate",
        "message": "create Pod a-0 failed error: exceeded quota: compute, requested: pods=1",
        "involvedObject": [
          "apiVersion": "apps/v1", "kind": "StatefulSet", "namespace": "shop", "name": "a",
        ],
      ],
      [
        "?event StatefulSet.apps shop/a involvedObject",
        "?quota ResourceQuota shop/compute message",
      ]
    ),
    Example(
      Pod.kind,
      [
        "spec": [
          "nodeName": "node-1", "serviceAccountName": "cart", "priorityClassName": "high",
          "runtimeClassName": "gvisor", "imagePullSecrets": [["name": "registry"]],
          "initContainers": [
            ["name": "init", "envFrom": [["configMapRef": ["name": "defaults"]]]]
          ],
          "containers": [
            [
              "name": "main", "ports": [["containerPort": 80, "hostPort": 8080]],
              "env": [
                [
                  "name": "A",
                  "valueFrom": ["secretKeyRef": ["name": "keys", "key": "a", "optional": true]],
                ]
              ],
            ]
          ],
          "volumes": [
            ["name": "data", "persistentVolumeClaim": ["claimName": "data"]],
            ["name": "scratch", "ephemeral": ["volumeClaimTemplate": [:]]],
            ["name": "config", "configMap": ["name": "settings"]],
          ],
        ],
        "status": ["phase": "Running", "podIPs": [["ip": "10.0.0.7"], ["ip": "fd00::7"]]],
      ],
      [
        "node Node node-1 spec.nodeName",
        "serviceAccount ServiceAccount shop/cart spec.serviceAccountName",
        "priorityClass PriorityClass.scheduling.k8s.io high spec.priorityClassName",
        "runtimeClass RuntimeClass.node.k8s.io gvisor spec.runtimeClassName",
        "pullSecret Secret shop/registry spec.imagePullSecrets",
        "configuration ConfigMap shop/defaults spec.containers.envFrom",
        "?configuration Secret shop/keys spec.containers.env",
        "configuration ConfigMap shop/settings spec.volumes",
        "hostPort Host port node-1 8080/TCP spec.containers.ports.hostPort",
        "mount PersistentVolumeClaim shop/data spec.volumes.persistentVolumeClaim",
        "mount PersistentVolumeClaim shop/it-scratch spec.volumes.ephemeral",
        "address Address 10.0.0.7 status.podIPs", "address Address fd00::7 status.podIPs",
      ]
    ),
    Example(
      Node.kind,
      [
        "metadata": ["labels": ["kubernetes.io/hostname": "n1"]],
        "spec": ["providerID": "aws:///a/i-1", "podCIDRs": ["10.244.7.0/24"]],
        "status": [
          "addresses": [
            ["type": "InternalIP", "address": "10.1.0.1"], ["type": "Hostname", "address": "n1"],
          ],
          "nodeInfo": ["machineID": "m", "systemUUID": "s"],
        ],
      ],
      [
        "nodeAddress Address 10.1.0.1 status.addresses",
        "podRange Pod range 10.244.0.0/16 spec.podCIDRs",
        "hostName Host name n1 metadata.labels[kubernetes.io/hostname]",
        "machine Machine providerID aws:///a/i-1 spec.providerID",
        "machine Machine systemUUID s status.nodeInfo.systemUUID",
        "machine Machine machineID m status.nodeInfo.machineID",
      ]
    ),
    Example(
      PersistentVolume.kind,
      [
        "spec": [
          "claimRef": ["namespace": "shop", "name": "data"], "storageClassName": "fast",
          "csi": ["driver": "ebs.csi.aws.com", "volumeHandle": "vol-1"],
          "nodeAffinity": [
            "required": [
              "nodeSelectorTerms": [
                [
                  "matchExpressions": [
                    ["key": "kubernetes.io/hostname", "operator": "In", "values": ["node-1"]]
                  ]
                ]
              ]
            ]
          ],
        ]
      ],
      [
        "claim PersistentVolumeClaim shop/data spec.claimRef",
        "storageClass StorageClass.storage.k8s.io fast spec.storageClassName",
        "driver CSIDriver.storage.k8s.io ebs.csi.aws.com spec.csi.driver",
        "volumeNode Node node-1 spec.nodeAffinity",
        "hostName Host name node-1 spec.nodeAffinity",
        "volumeHandle Volume handle ebs.csi.aws.com/vol-1 spec",
      ]
    ),
    Example(
      Ingress.kind,
      [
        "spec": [
          "ingressClassName": "nginx",
          "defaultBackend": ["service": ["name": "fallback", "port": ["number": 80]]],
          "tls": [["secretName": "certificate"]],
          "rules": [
            [
              "host": "shop.example.com",
              "http": [
                "paths": [
                  [
                    "path": "/cart", "pathType": "Prefix",
                    "backend": ["service": ["name": "cart", "port": ["name": "http"]]],
                  ]
                ]
              ],
            ]
          ],
        ]
      ],
      [
        "backend Service shop/cart spec.rules.http.paths.backend",
        "backend Service shop/fallback spec.defaultBackend",
        "certificate Secret shop/certificate spec.tls.secretName",
        "ingressClass IngressClass.networking.k8s.io nginx spec.ingressClassName",
        "route Ingress rule nginx shop.example.com/cart spec.rules",
      ]
    ),
    Example(
      EndpointSlice.kind,
      [
        "metadata": ["labels": ["kubernetes.io/service-name": "cart"]],
        "endpoints": [
          [
            "addresses": ["10.0.0.7"],
            "targetRef": ["kind": "Pod", "namespace": "shop", "name": "cart-1"],
          ]
        ],
      ],
      [
        "endpointService Service shop/cart metadata.labels[kubernetes.io/service-name]",
        "endpointTarget Pod shop/cart-1 endpoints.targetRef",
      ]
    ),
    Example(
      StatefulSet.kind,
      ["spec": ["serviceName": "db", "template": ["spec": ["serviceAccountName": "db"]]]],
      [
        "governingService Service shop/db spec.serviceName",
        "serviceAccount ServiceAccount shop/db spec.template.spec.serviceAccountName",
      ]
    ),
    Example(
      HorizontalPodAutoscaler.kind,
      [
        "spec": [
          "scaleTargetRef": ["apiVersion": "apps/v1", "kind": "Deployment", "name": "cart"],
          "metrics": [["type": "Resource", "resource": ["name": "cpu"]]],
        ]
      ],
      [
        "scaleTarget Deployment.apps shop/cart spec.scaleTargetRef",
        "measurements Cluster.kpatrol.io cluster spec.metrics.resource",
      ]
    ),
    Example(
      NetworkPolicy.kind,
      [
        "spec": [
          "ingress": [
            [
              "from": [
                [
                  "namespaceSelector": ["matchLabels": ["kubernetes.io/metadata.name": "infra"]]
                ]
              ]
            ]
          ],
          "egress": [["to": [["namespaceSelector": ["matchLabels": ["team": "shop"]]]]]],
        ]
      ],
      [
        "?isolation Namespace shop metadata.namespace",
        "peerNamespace Namespace infra spec.ingress.from.namespaceSelector",
      ]
    ),
    Example(
      ReferenceGrant.kind,
      [
        "spec": [
          "from": [
            [
              "group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "namespace": "front",
            ]
          ],
          "to": [["group": "", "kind": "Service"]],
        ]
      ],
      [
        "definition CustomResourceDefinition.apiextensions.k8s.io referencegrants.gateway.networking.k8s.io apiVersion",
        "grant Grant HTTPRoute front to Service shop spec",
      ]
    ),
    Example(
      VerticalPodAutoscaler.kind,
      [
        "spec": [
          "targetRef": ["apiVersion": "apps/v1", "kind": "Deployment", "name": "cart"],
          "updatePolicy": ["updateMode": "Off"],
        ]
      ],
      [
        "definition CustomResourceDefinition.apiextensions.k8s.io verticalpodautoscalers.autoscaling.k8s.io apiVersion",
        "scaleTarget Deployment.apps shop/cart spec.targetRef",
      ]
    ),
    Example(
      Service.kind,
      [
        "spec": ["clusterIP": "10.96.0.7", "externalIPs": ["192.0.2.1"]],
        "status": ["loadBalancer": ["ingress": [["ip": "192.0.2.2"]]]],
      ],
      [
        "clusterAddress Address 10.96.0.7 spec.clusterIPs",
        "externalAddress Address 192.0.2.1 spec.externalIPs",
        "loadBalancerAddress Address 192.0.2.2 status.loadBalancer.ingress",
      ]
    ),
    Example(
      DaemonSet.kind,
      [
        "spec": [
          "template": [
            "spec": [
              "containers": [
                ["name": "tag", "image": "proxy:1.4"], ["name": "digest", "image": "log@sha256:a"],
              ]
            ]
          ]
        ]
      ],
      ["image Image proxy:1.4 spec.template.spec.containers.image"]
    ),
    Example(
      StorageClass.kind,
      [
        "metadata": ["annotations": ["storageclass.kubernetes.io/is-default-class": "true"]],
        "provisioner": "ebs.csi.aws.com",
      ],
      [
        "?driver CSIDriver.storage.k8s.io ebs.csi.aws.com provisioner",
        "defaultClass Default class StorageClass metadata.annotations",
      ]
    ),
    Example(
      IngressClass.kind,
      ["metadata": ["annotations": ["ingressclass.kubernetes.io/is-default-class": "true"]]],
      ["defaultClass Default class IngressClass metadata.annotations"]
    ),
    Example(
      MutatingWebhookConfiguration.kind,
      [
        "webhooks": [
          [
            "name": "a",
            "rules": [
              [
                "operations": ["CREATE"], "apiGroups": ["apps"], "resources": ["deployments", "*"],
              ],
              ["operations": ["DELETE"], "apiGroups": [""], "resources": ["pods"]],
            ],
          ]
        ]
      ],
      ["mutation Mutated resource deployments.apps webhooks.rules"]
    ),
    Example(
      RoleBinding.kind,
      [
        "roleRef": [
          "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view",
        ],
        "subjects": [
          ["kind": "ServiceAccount", "namespace": "shop", "name": "cart"],
          ["kind": "User", "name": "jane"],
        ],
      ],
      [
        "role ClusterRole.rbac.authorization.k8s.io view roleRef",
        "subject ServiceAccount shop/cart subjects",
      ]
    ),
    Example(
      VolumeAttachment.kind,
      [
        "spec": [
          "attacher": "ebs.csi.aws.com", "nodeName": "node-1",
          "source": ["persistentVolumeName": "pv-1"],
        ]
      ],
      [
        "attachedNode Node node-1 spec.nodeName",
        "attachedVolume PersistentVolume pv-1 spec.source.persistentVolumeName",
        "driver CSIDriver.storage.k8s.io ebs.csi.aws.com spec.attacher",
      ]
    ),
    Example(
      StorageClass.kind,
      [
        "provisioner": "rbd.csi.ceph.com",
        "parameters": [
          "pool": "kubernetes",
          "csi.storage.k8s.io/provisioner-secret-name": "rbd",
          "csi.storage.k8s.io/provisioner-secret-namespace": "ceph",
          "csi.storage.k8s.io/node-stage-secret-name": "rbd",
          "csi.storage.k8s.io/node-stage-secret-namespace": "ceph",
          "csi.storage.k8s.io/node-publish-secret-name": "${pvc.name}",
          "csi.storage.k8s.io/node-publish-secret-namespace": "${pvc.namespace}",
        ],
      ],
      [
        "?driver CSIDriver.storage.k8s.io rbd.csi.ceph.com provisioner",
        "?storageSecret Secret ceph/rbd parameters",
      ]
    ),
    Example(
      CSIStorageCapacity.kind,
      [
        "storageClassName": "fast",
        "nodeTopology": [
          "matchLabels": ["topology.topolvm.io/node": "node-1", "topology.example.com/zone": "a"]
        ],
      ],
      [
        "nodeRecord Node node-1 nodeTopology",
        "storageClass StorageClass.storage.k8s.io fast storageClassName",
      ]
    ),
    Example(
      ConfigMap.kind,
      [
        "metadata": [
          "ownerReferences": [
            ["apiVersion": "apps/v1", "kind": "Deployment", "name": "cart"],
            ["apiVersion": "v1", "kind": "Node", "name": "node-1"],
            ["apiVersion": "example.com/v1", "kind": "Widget", "name": "w1"],
          ]
        ]
      ],
      [
        "owner Deployment.apps shop/cart metadata.ownerReferences",
        "owner Node node-1 metadata.ownerReferences",
        "?owner Widget.example.com shop/w1 metadata.ownerReferences",
        "?owner Widget.example.com w1 metadata.ownerReferences",
      ]
    ),
    Example(
      ValidatingWebhookConfiguration.kind,
      [
        "webhooks": [
          ["name": "a", "clientConfig": ["service": ["namespace": "policy", "name": "guard"]]]
        ]
      ],
      ["webhook Service policy/guard webhooks.clientConfig.service"]
    ),
    Example(
      APIService.kind,
      ["spec": ["group": "metrics.k8s.io", "service": ["namespace": "kube-system", "name": "m"]]],
      ["webhook Service kube-system/m spec.service"]
    ),
    Example(
      Event.kind,
      ["involvedObject": ["kind": "Pod", "namespace": "shop", "name": "cart-1"]],
      ["?event Pod shop/cart-1 involvedObject"]
    ),
    Example(
      Gateway.kind,
      [
        "spec": [
          "gatewayClassName": "envoy",
          "listeners": [
            [
              "name": "https",
              "tls": [
                "certificateRefs": [["name": "one"], ["name": "two", "namespace": "infra"]]
              ],
            ]
          ],
        ]
      ],
      [
        "definition CustomResourceDefinition.apiextensions.k8s.io gateways.gateway.networking.k8s.io apiVersion",
        "gatewayClass GatewayClass.gateway.networking.k8s.io envoy spec.gatewayClassName",
        "certificate Secret shop/one spec.listeners.tls.certificateRefs",
        "certificate Secret infra/two spec.listeners.tls.certificateRefs",
        "grant Grant Gateway shop to Secret infra spec.listeners.tls.certificateRefs.namespace",
      ]
    ),
    Example(
      HTTPRoute.kind,
      [
        "spec": [
          "parentRefs": [["name": "public", "namespace": "infra", "sectionName": "https"]],
          "hostnames": ["shop.example.com"],
          "rules": [
            [
              "matches": [["path": ["type": "Exact", "value": "/cart"], "method": "GET"]],
              "backendRefs": [
                ["name": "cart", "port": 80], ["name": "stock", "namespace": "infra"],
              ],
            ]
          ],
        ]
      ],
      [
        "definition CustomResourceDefinition.apiextensions.k8s.io httproutes.gateway.networking.k8s.io apiVersion",
        "gateway Gateway.gateway.networking.k8s.io infra/public spec.parentRefs",
        "backend Service shop/cart spec.rules.backendRefs",
        "backend Service infra/stock spec.rules.backendRefs",
        "grant Grant HTTPRoute shop to Service infra spec.rules.backendRefs.namespace",
        "route Route infra/public shop.example.com GET Exact /cart spec.rules.matches",
      ]
    ),
    Example(
      PolicyReport.kind,
      [
        "scope": ["kind": "Deployment", "apiVersion": "apps/v1", "name": "cart"],
        "results": [
          [
            "policy": "p", "result": "fail",
            "resources": [["kind": "Pod", "apiVersion": "v1", "name": "cart-1"]],
          ],
          [
            "policy": "p", "result": "pass",
            "resources": [["kind": "Pod", "apiVersion": "v1", "name": "cart-2"]],
          ],
        ],
      ],
      [
        "definition CustomResourceDefinition.apiextensions.k8s.io policyreports.wgpolicyk8s.io apiVersion",
        "?report Pod shop/cart-1 results.resources",
        "?report Deployment.apps shop/cart results.resources",
      ]
    ),
  ]

  @Test(
    "A volume is of the Nodes that it names, unless others reach it too",
    arguments: [
      ([["kubernetes.io/hostname": ["a"]]], ["a"]),
      ([["kubernetes.io/hostname": ["a", "b"]]], ["a", "b"]),
      ([["kubernetes.io/hostname": ["a"]], ["kubernetes.io/hostname": ["b"]]], ["a", "b"]),
      ([["kubernetes.io/hostname": ["a"]], ["topology.kubernetes.io/zone": ["z"]]], []),
    ] as [([[String: [String]]], [String])]
  )
  func volumeNodes(terms: [[String: [String]]], nodes: [String]) throws {
    let terms = terms.map { term -> JSONValue in
      let requirements = term.map { key, values -> JSONValue in
        [
          "key": .string(key), "operator": "In",
          "values": .array(values.map { .string($0) }),
        ]
      }
      return ["matchExpressions": .array(requirements)]
    }
    let json: JSONValue = [
      "spec": ["nodeAffinity": ["required": ["nodeSelectorTerms": .array(terms)]]]
    ]
    let volume = try Self.record(of: PersistentVolume.kind, json) as? PersistentVolume
    #expect(volume?.nodes == nodes)
  }

  @Test func anEndedPodClaimsNothing() throws {
    let json: JSONValue = [
      "spec": ["nodeName": "node-1", "containers": [["ports": [["hostPort": 80]]]]],
      "status": ["phase": "Succeeded", "podIP": "10.0.0.7"],
    ]
    let relations = try Self.record(of: Pod.kind, json).references.map(\.relation)
    #expect(Set(relations) == [.namespace, .node])
  }

  @Test("Values never stay", arguments: [ConfigMap.kind, Secret.kind])
  func values(kind: ObjectKind) throws {
    // "hunter2" as it is and in base64.
    let json: JSONValue = [
      "metadata": [
        "annotations": [
          "kubectl.kubernetes.io/last-applied-configuration": "{\"data\":{\"a\":\"hunter2\"}}"
        ]
      ],
      "data": ["password": kind == Secret.kind ? "aHVudGVyMg==" : "hunter2"],
      "stringData": ["other": "hunter2"],
    ]
    let record = try Self.record(of: kind, json)
    var text = ""
    dump(record, to: &text)
    #expect(text.contains("password"))
    #expect(!text.contains("hunter2") && !text.contains("aHVudGVyMg"))
    let size = (record as? Secret)?.byteCount ?? (record as? ConfigMap)?.byteCount
    #expect(size == "password".utf8.count + "hunter2".utf8.count)
  }
}
