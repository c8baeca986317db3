import WireFormats

/// A Pod with a sidecar in all states that a rollout leads it through, 8 KB of JSON each.
enum PodTemplates {
  /// Created, and not seen by the scheduler yet.
  static let pending = template { pod in
    pod[path: "spec", "nodeName"] = nil
    pod["status"] = ["phase": "Pending", "qosClass": "Burstable"]
  }
  static let scheduled = template { pod in
    pod["status"] = [
      "phase": "Pending", "qosClass": "Burstable", "conditions": [condition("PodScheduled")],
    ]
  }
  /// On its Node, containers not started.
  static let starting = template { pod in
    for type in ["Ready", "ContainersReady"] {
      pod.setCondition(type, "False", reason: "ContainersNotReady")
    }
    pod[path: "status", "phase"] = "Pending"
    pod[path: "status", "podIP"] = nil
    pod[path: "status", "podIPs"] = nil
    editContainers(&pod) { status in
      status["ready"] = false
      status["started"] = false
      status["state"] = ["waiting": ["reason": "ContainerCreating"]]
      status["containerID"] = nil
      status["imageID"] = ""
    }
  }
  static let running = template { _ in }
  /// Its probe failed a moment ago.
  static let unready = template { pod in
    for type in ["Ready", "ContainersReady"] {
      pod.setCondition(type, "False", reason: "ContainersNotReady")
    }
    editContainers(&pod) { status in
      if status["name"] == "main" { status["ready"] = false }
    }
  }
  /// Running again after its main container ended.
  static let restarted = template { pod in
    for type in ["Ready", "ContainersReady"] { pod.setCondition(type, "True") }
    editContainers(&pod) { status in
      guard status["name"] == "main" else { return }
      status["restartCount"] = "$#restarts$"
      status["state"] = ["running": ["startedAt": "$time$"]]
      status["lastState"] = [
        "terminated": [
          "containerID": "containerd://$hash$", "exitCode": 137, "reason": "OOMKilled",
          "startedAt": "$created$", "finishedAt": "$time$",
        ]
      ]
    }
  }
  static let terminating = template { pod in
    pod[path: "metadata", "deletionTimestamp"] = "$time$"
    pod[path: "metadata", "deletionGracePeriodSeconds"] = 30
  }
  /// Its containers have ended; only the Node's word is missing.
  static let ended = template { pod in
    pod[path: "metadata", "deletionTimestamp"] = "$time$"
    pod[path: "metadata", "deletionGracePeriodSeconds"] = 30
    pod[path: "status", "phase"] = "Succeeded"
    for type in ["Ready", "ContainersReady"] {
      pod.setCondition(type, "False", reason: "PodCompleted")
    }
    editContainers(&pod) { status in
      status["ready"] = false
      status["started"] = false
      status["state"] = [
        "terminated": [
          "containerID": "containerd://$hash$", "exitCode": 0, "reason": "Completed",
          "startedAt": "$created$", "finishedAt": "$time$",
        ]
      ]
    }
  }

  /// The containers as a workload's template has them, without what admission adds to a Pod.
  static let containers: JSONValue = .array(
    (base[path: "spec", "containers"]?.arrayValue ?? []).map { container in
      var plain = container
      plain["volumeMounts"] = .array(Array((container["volumeMounts"]?.arrayValue ?? []).prefix(1)))
      return plain
    }
  )

  private static func template(_ edit: (inout JSONValue) -> Void) -> ObjectTemplate {
    var pod = base
    edit(&pod)
    var metadata = pod["metadata"] ?? [:]
    metadata["generation"] = nil
    pod[path: "metadata", "managedFields"] = [
      ManagedFields.entry(
        "kube-controller-manager",
        "v1",
        of: ["metadata": metadata, "spec": pod["spec"] ?? [:]]
      ),
      ManagedFields.entry(
        "kubelet",
        "v1",
        of: ["status": pod["status"] ?? [:]],
        subresource: "status"
      ),
    ]
    return ObjectTemplate(pod, isNamespaced: true)
  }

  private static func editContainers(_ pod: inout JSONValue, _ edit: (inout JSONValue) -> Void) {
    let statuses = pod[path: "status", "containerStatuses"]?.arrayValue ?? []
    pod[path: "status", "containerStatuses"] = .array(
      statuses.map { status in
        var changed = status
        edit(&changed)
        return changed
      }
    )
  }

  private static func condition(_ type: JSONValue) -> JSONValue {
    [
      "type": type, "status": "True", "lastProbeTime": nil, "lastTransitionTime": "$created$",
    ]
  }

  private static func container(_ name: String, _ port: Int64) -> JSONValue {
    [
      "name": .string(name), "image": .string("registry.example.com/$namespace$/\(name):1.4.2"),
      "imagePullPolicy": "IfNotPresent",
      "ports": [["name": "http", "containerPort": .integer(port), "protocol": "TCP"]],
      "resources": [
        "limits": ["memory": "1Gi"], "requests": ["cpu": "250m", "memory": "512Mi"],
      ],
      "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File",
      "volumeMounts": [
        ["name": "config", "mountPath": "/etc/config", "readOnly": true],
        [
          "name": "kube-api-access-$hash$", "readOnly": true,
          "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount",
        ],
      ],
    ]
  }

  private static let main: JSONValue = {
    var main = container("main", 8080)
    main["env"] = .array(
      (0..<4).map { number in
        ["name": .string("SETTING_\(number)"), "value": .string("value-\(number)-of-$app$")]
      } + [
        [
          "name": "POD_IP",
          "valueFrom": ["fieldRef": ["apiVersion": "v1", "fieldPath": "status.podIP"]],
        ]
      ]
    )
    main["readinessProbe"] = [
      "httpGet": ["path": "/healthz", "port": "http", "scheme": "HTTP"], "timeoutSeconds": 1,
      "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3,
    ]
    return main
  }()

  private static func status(_ name: String) -> JSONValue {
    let digest = String(repeating: "a1", count: 32)
    return [
      "name": .string(name), "state": ["running": ["startedAt": "$created$"]], "lastState": [:],
      "ready": true, "restartCount": 0, "started": true,
      "image": .string("registry.example.com/$namespace$/\(name):1.4.2"),
      "imageID": .string("registry.example.com/$namespace$/\(name)@sha256:\(digest)"),
      "containerID": .string("containerd://\(name)$uid$"),
    ]
  }

  private static let base: JSONValue = {
    var pod = JSONValue(
      template: #"""
        {"metadata":{"generation":1,"generateName":"$owner$-",
        "annotations":{"prometheus.io/scrape":"true","prometheus.io/port":"8080"},
        "labels":{"app":"$app$","pod-template-hash":"$hash$","team":"$namespace$",
        "topology.kubernetes.io/zone":"$zone$"},
        "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"$owner$",
        "uid":"$ownerUID$","controller":true,"blockOwnerDeletion":true}]},
        "spec":{"volumes":[{"name":"config","configMap":{"name":"$app$","defaultMode":420}},
        {"name":"kube-api-access-$hash$","projected":{"sources":[
        {"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},
        {"configMap":{"name":"kube-root-ca.crt","items":[{"key":"ca.crt","path":"ca.crt"}]}},
        {"downwardAPI":{"items":[{"path":"namespace","fieldRef":{"apiVersion":"v1",
        "fieldPath":"metadata.namespace"}}]}}],"defaultMode":420}}],
        "restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst",
        "serviceAccountName":"default","serviceAccount":"default","nodeName":"$node$",
        "securityContext":{"runAsNonRoot":true,"runAsUser":65532},
        "schedulerName":"default-scheduler","priority":0,"enableServiceLinks":true,
        "preemptionPolicy":"PreemptLowerPriority","tolerations":[
        {"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute",
        "tolerationSeconds":300},{"key":"node.kubernetes.io/unreachable","operator":"Exists",
        "effect":"NoExecute","tolerationSeconds":300}]},
        "status":{"phase":"Running","hostIP":"$hostAddress$","hostIPs":[{"ip":"$hostAddress$"}],
        "podIP":"$address$","podIPs":[{"ip":"$address$"}],"startTime":"$created$",
        "qosClass":"Burstable"}}
        """#
    )
    pod[path: "spec", "containers"] = [
      main, container("proxy", 15001),
    ]
    pod[path: "status", "conditions"] = .array(
      [
        "PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled",
      ].map { condition($0) }
    )
    pod[path: "status", "containerStatuses"] = [status("main"), status("proxy")]
    return pod
  }()
}
