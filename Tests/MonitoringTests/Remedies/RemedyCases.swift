import ClusterGraph
import Healing
import Inspection
import KubernetesClient
import KubernetesObjects
import TestServers
import WireFormats

@testable import Monitoring
@testable import SimulatedCluster

extension RemedyCase {
  /// A row for each remedy; a test tells which has none.
  static let all: [RemedyCase] = [
    RemedyCase(
      "approve-request",
      of: "stuck/certificate-request",
      "Approve certificate request csr-x8k2m of system:node:node-c",
      "stuck-certificate-request"
    ),
    RemedyCase(
      "clear-claim",
      of: "dangling/volume-released",
      "Make PersistentVolume pv-old-orders available",
      "dangling-volume-released"
    ).controlled { world in
      try world.change("persistentvolumes", name: "pv-old-orders") {
        $0[path: "status", "phase"] = "Available"
      }
    },
    RemedyCase(
      "cordon-node",
      of: "unhealthy/node-not-ready",
      "Cordon Node rack-1",
      "unhealthy-node-not-ready"
    ).with { $0.end = .done },
    RemedyCase(
      "delete-api-service",
      of: "stuck/namespace-terminating",
      "Delete APIService.apiregistration.k8s.io v1.legacy.example"
    ).with { $0.objects = orphanedGroup }.controlled { world in
      world.cluster.remove("namespaces", name: "old-team")
    },
    RemedyCase(
      "delete-object",
      of: "dangling/disruption-budget",
      "Delete PodDisruptionBudget.policy quotes/old-quotes",
      "dangling-disruption-budget"
    ),
    RemedyCase(
      "delete-pod",
      of: "conflict/pod-address",
      "Delete Pod billing/receipts-7d9f8c6b54-x7m2a",
      "conflict-pod-address"
    ).controlled { world in
      world.cluster.remove("pods", namespace: "billing", name: "receipts-7d9f8c6b54-x7m2a")
    },
    RemedyCase(
      "delete-volume",
      of: "dangling/volume-released",
      "Delete PersistentVolume pv-old-orders",
      "dangling-volume-released"
    ),
    RemedyCase(
      "deny-request",
      of: "stuck/certificate-request",
      "Deny certificate request csr-x8k2m of system:node:node-c",
      "stuck-certificate-request"
    ),
    RemedyCase(
      "drain-node",
      of: "unhealthy/node-not-ready",
      "Drain Node rack-1",
      "unhealthy-node-not-ready"
    ).with {
      $0.objects = [pod("cart-1", on: "rack-1"), pod("cart-2", on: "rack-1")]
      $0.calls = 3
      $0.end = .done
    }.controlled { world in
      for name in ["cart-1", "cart-2"] {
        world.cluster.remove("pods", namespace: "shop", name: name)
      }
    },
    RemedyCase(
      "evict-pod",
      of: "risk/one-node",
      "Evict Pod hygiene/twins-7d9f8c6b54-x7m2a",
      "healthy-ground",
      "risk-one-node"
    ).with { $0.isDoneByItself = true }.controlled { world in
      world.cluster.remove("pods", namespace: "hygiene", name: "twins-7d9f8c6b54-x7m2a")
    },
    RemedyCase(
      "force-delete-pod",
      of: "dangling/pod-node",
      "Force-delete Pod batch/importer-7d9f8c6b54-x7m2a",
      "healthy-ground",
      "dangling-pod-node"
    ),
    RemedyCase(
      "relabel-node",
      of: "drift/cmdb-attribute",
      "Label Node node-1 with topology.kubernetes.io/zone=hall-2"
    ).with {
      $0.objects = [node("node-1")]
      $0.hasNetBox = true
      $0.fault = { world in
        world.cluster.server.netBox.put(
          [
            "name": "node-1", "status": NetBoxRecords.choice("active"),
            "site": ["name": "hall-2", "slug": "hall-2"],
            "cluster": ["name": .string(SimulatedCluster.netBoxClusterName)],
          ],
          in: .devices
        )
      }
    },
    RemedyCase(
      "release-address",
      of: "drift/ipam-leaked",
      "Release 192.0.2.77 in addresses"
    ).with {
      $0.hasNetBox = true
      $0.permission = .inventory
      $0.fault = { world in
        let address = NetBoxRecords.address("192.0.2.77/24", of: "gone")
        world.cluster.server.netBox.put(address, in: .addresses)
      }
      // Somebody else has given it to another cluster.
      $0.meanwhile = { world in
        world.cluster.server.netBox.change("192.0.2.77/24", in: .addresses) { record in
          record[path: "custom_fields", "kubernetes_cluster"] = "other"
        }
      }
    },
    RemedyCase(
      "relist",
      of: "drift/own-model",
      "List Pod again, and compare"
    ).with {
      $0.objects = [pod("cart-1", on: "node-1"), node("node-1")]
      $0.permission = .nobody
      $0.calls = 0
      $0.fault = { world in await world.monitor.loseAPod() }
      // It was compared anew by itself.
      $0.meanwhile = { world in
        let pods = ResourceStream.ID(kind: Pod.kind, namespace: nil)
        _ = await eventually { await world.monitor.audit(pods) }
      }
    },
    RemedyCase(
      "remove-external-ip",
      of: "conflict/external-address",
      "Remove 10.96.0.99 from the externalIPs of Service proxy/hijacker",
      "conflict-external-address"
    ),
    RemedyCase(
      "remove-finalizer",
      of: "stuck/terminating",
      "Remove backup.example.com/wait from ConfigMap freeze/lock",
      "stuck-terminating"
    ),
    RemedyCase(
      "remove-owner-reference",
      of: "dangling/owner",
      "Remove owner Deployment mailer from ReplicaSet.apps orphans/mailer-7d9f8c6b54",
      "dangling-owner"
    ),
    RemedyCase(
      "remove-taint",
      of: "risk/taint-untolerated",
      "Remove taint example.com/gpu=yes:NoSchedule from Node gpu-1",
      "risk-taint-untolerated"
    ),
    RemedyCase(
      "restart-controller",
      of: "drift/generation",
      "Restart Deployment.apps infra/operator",
      "drift-generation"
    ).with { $0.objects = databaseOperator }.controlled { world in
      try world.change("databases.acme.example", namespace: "crm", name: "main") {
        $0[path: "status", "observedGeneration"] = 1
      }
    },
    RemedyCase(
      "restart-workload",
      of: "unhealthy/workload",
      "Restart DaemonSet.apps monitoring/probe",
      "unhealthy-workload"
    ).controlled { world in
      try world.change("daemonsets.apps", namespace: "monitoring", name: "probe") { set in
        for count in ["currentNumberScheduled", "numberReady", "numberAvailable"] {
          set[path: "status", count] = 3
        }
      }
    },
    RemedyCase(
      "roll-back-workload",
      of: "stuck/rollout",
      "Roll Deployment.apps ship/planner back from revision 2 to 1",
      "stuck-rollout"
    ).controlled { world in
      try world.change("deployments.apps", namespace: "ship", name: "planner") { deployment in
        deployment[path: "status", "observedGeneration"] =
          deployment[path: "metadata", "generation"]
        deployment[path: "status", "replicas"] = 1
        deployment[path: "status", "unavailableReplicas"] = nil
        deployment[path: "status", "conditions"] = [
          ["type": "Progressing", "status": "True", "reason": "NewReplicaSetAvailable"]
        ]
      }
    },
    RemedyCase(
      "scale-workload",
      of: "risk/single-replica",
      "Scale Deployment.apps hygiene/alone to 2 replicas",
      "risk-single-replica"
    ),
    RemedyCase(
      "trigger-cron-job",
      of: "stuck/cron-job",
      "Run CronJob crm/hourly-backup once",
      "stuck-cron-job"
    ).with { $0.end = .done },
    RemedyCase(
      "uncordon-node",
      of: "stuck/cordoned",
      "Uncordon Node rack-9",
      "stuck-cordoned"
    ),
    RemedyCase(
      "unmark-default-class",
      of: "conflict/default-class",
      "Unmark StorageClass fast as default",
      "healthy-ground",
      "conflict-default-class"
    ),
  ]
}

// MARK: - What there is

extension RemedyCase {
  private static func node(_ name: String) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "Node",
      "metadata": [
        "name": .string(name),
        "labels": [
          "kubernetes.io/hostname": .string(name), "topology.kubernetes.io/zone": "hall-1",
        ],
      ],
      "status": ["conditions": [["type": "Ready", "status": "True"]]],
    ]
  }

  /// A Pod that somebody would start anew.
  private static func pod(_ name: String, on node: String) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "Pod",
      "metadata": [
        "name": .string(name), "namespace": "shop",
        "ownerReferences": [
          [
            "apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "cart", "uid": "u",
            "controller": true,
          ]
        ],
      ],
      "spec": ["nodeName": .string(node), "containers": [["name": "main", "image": "i"]]],
      "status": ["phase": "Running", "conditions": [["type": "Ready", "status": "True"]]],
    ]
  }

  /// A namespace that cannot be deleted, for a group in which it may have something cannot be asked.
  private static let orphanedGroup: [JSONValue] = [
    [
      "apiVersion": "v1", "kind": "Namespace",
      "metadata": [
        "name": "old-team", "creationTimestamp": "2026-11-20T10:00:00Z",
        "deletionTimestamp": "2026-11-25T09:00:00Z",
      ],
      "spec": ["finalizers": ["kubernetes"]],
      "status": [
        "phase": "Terminating",
        "conditions": [
          [
            "type": "NamespaceDeletionDiscoveryFailure", "status": "True",
            "reason": "DiscoveryFailed",
            "message": .string(
              "Discovery failed for some groups, 1 failing: unable to retrieve the complete list of "
                + "server APIs: legacy.example/v1: stale GroupVersion discovery"
            ),
          ]
        ],
      ],
    ],
    [
      "apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService",
      "metadata": ["name": "v1.legacy.example"],
      "spec": [
        "group": "legacy.example", "version": "v1", "groupPriorityMinimum": 100,
        "versionPriority": 100, "service": ["name": "legacy", "namespace": "old-team"],
      ],
      "status": ["conditions": [["type": "Available", "status": "False"]]],
    ],
  ]

  /// The workload that alone may write the status of databases.
  private static let databaseOperator: [JSONValue] = [
    [
      "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole",
      "metadata": ["name": "operator"],
      "rules": [
        ["apiGroups": ["acme.example"], "resources": ["databases/status"], "verbs": ["patch"]]
      ],
    ],
    [
      "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
      "metadata": ["name": "operator"],
      "roleRef": [
        "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "operator",
      ],
      "subjects": [["kind": "ServiceAccount", "name": "operator", "namespace": "infra"]],
    ],
    [
      "apiVersion": "v1", "kind": "ServiceAccount",
      "metadata": ["name": "operator", "namespace": "infra"],
    ],
    [
      "apiVersion": "apps/v1", "kind": "Deployment",
      "metadata": ["name": "operator", "namespace": "infra"],
      "spec": [
        "replicas": 1, "selector": ["matchLabels": ["app": "operator"]],
        "template": [
          "metadata": ["labels": ["app": "operator"]],
          "spec": [
            "serviceAccountName": "operator",
            "containers": [["name": "main", "image": "registry.example.com/operator:1"]],
          ],
        ],
      ],
    ],
  ]
}

extension ClusterMonitor {
  /// Has a Pod missing from the model, and the model compared with the server.
  fileprivate func loseAPod() async {
    update { graph, touched in
      guard let key = graph.keys(of: Pod.kind).first else { return }
      graph.remove(key, touching: &touched)
    }
    await audit(ResourceStream.ID(kind: Pod.kind, namespace: nil))
  }
}
