import WireFormats

/// What stands around the Pods of a workload.
enum WorkloadTemplates {
  static let deployment: ObjectTemplate = {
    var deployment = workload(status: [
      "availableReplicas": "$#ready$", "observedGeneration": "$#generation$",
      "readyReplicas": "$#ready$", "replicas": "$#replicas$", "updatedReplicas": "$#updated$",
      "conditions": [
        condition("Available", "MinimumReplicasAvailable", "Deployment has minimum availability."),
        condition(
          "Progressing",
          "NewReplicaSetAvailable",
          "ReplicaSet \"$owner$\" has successfully progressed."
        ),
      ],
    ])
    deployment[path: "metadata", "annotations"] = [
      "deployment.kubernetes.io/revision": "$generation$"
    ]
    deployment[path: "spec", "progressDeadlineSeconds"] = 600
    deployment[path: "spec", "revisionHistoryLimit"] = 1
    deployment[path: "spec", "selector"] = ["matchLabels": ["app": "$app$"]]
    deployment[path: "spec", "strategy"] = [
      "type": "RollingUpdate", "rollingUpdate": ["maxSurge": "25%", "maxUnavailable": "25%"],
    ]
    return managed(deployment, "apps/v1")
  }()

  static let replicaSet: ObjectTemplate = {
    var replicaSet = workload(status: [
      "availableReplicas": "$#ready$", "fullyLabeledReplicas": "$#replicas$",
      "observedGeneration": 1, "readyReplicas": "$#ready$", "replicas": "$#replicas$",
    ])
    replicaSet[path: "metadata", "generation"] = 1
    replicaSet[path: "metadata", "annotations"] = [
      "deployment.kubernetes.io/desired-replicas": "$count$",
      "deployment.kubernetes.io/revision": "$generation$",
    ]
    replicaSet[path: "metadata", "labels", "pod-template-hash"] = "$hash$"
    replicaSet[path: "metadata", "ownerReferences"] = [
      [
        "apiVersion": "apps/v1", "kind": "Deployment", "name": "$owner$", "uid": "$ownerUID$",
        "controller": true, "blockOwnerDeletion": true,
      ]
    ]
    replicaSet[path: "spec", "selector"] = [
      "matchLabels": ["app": "$app$", "pod-template-hash": "$hash$"]
    ]
    replicaSet[path: "spec", "template", "metadata", "labels", "pod-template-hash"] = "$hash$"
    return managed(replicaSet, "apps/v1")
  }()

  static let service = managed(
    JSONValue(
      template: #"""
        {"metadata":{"labels":{"app":"$app$"}},"spec":{"clusterIP":"$address$",
        "clusterIPs":["$address$"],"internalTrafficPolicy":"Cluster","ipFamilies":["IPv4"],
        "ipFamilyPolicy":"SingleStack","ports":[{"name":"http","port":80,"protocol":"TCP",
        "targetPort":"http"}],"selector":{"app":"$app$"},"sessionAffinity":"None",
        "type":"ClusterIP"},"status":{"loadBalancer":{}}}
        """#
    ),
    "v1"
  )

  static let endpointSlice = managed(
    JSONValue(
      template: #"""
        {"metadata":{"generateName":"$app$-","generation":1,"labels":{"app":"$app$",
        "endpointslice.kubernetes.io/managed-by":"endpointslice-controller.k8s.io",
        "kubernetes.io/service-name":"$app$"},"ownerReferences":[{"apiVersion":"v1",
        "kind":"Service","name":"$app$","uid":"$ownerUID$","controller":true,
        "blockOwnerDeletion":true}]},"addressType":"IPv4","endpoints":"$#endpoints$",
        "ports":[{"name":"http","port":8080,"protocol":"TCP"}]}
        """#
    ),
    "discovery.k8s.io/v1"
  )

  /// One element of a slice's endpoints.
  static let endpoint = ObjectTemplate(
    JSONValue(
      template: #"""
        {"addresses":["$address$"],"conditions":{"ready":"$#ready$","serving":"$#ready$",
        "terminating":false},"nodeName":"$node$","targetRef":{"kind":"Pod",
        "namespace":"$namespace$","name":"$name$","uid":"$uid$"},"zone":"$zone$"}
        """#
    )
  )

  static let disruptionBudget = managed(
    JSONValue(
      template: #"""
        {"metadata":{"generation":1,"labels":{"app":"$app$"}},"spec":{"maxUnavailable":1,
        "selector":{"matchLabels":{"app":"$app$"}}},"status":{"conditions":[],
        "currentHealthy":"$#replicas$","desiredHealthy":"$#count$","disruptionsAllowed":1,
        "expectedPods":"$#replicas$","observedGeneration":1}}
        """#
    ),
    "policy/v1"
  )

  static let autoscaler = managed(
    JSONValue(
      template: #"""
        {"metadata":{"labels":{"app":"$app$"}},"spec":{"maxReplicas":20,"minReplicas":2,
        "metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization",
        "averageUtilization":70}}}],"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment",
        "name":"$app$"}},"status":{"currentReplicas":"$#replicas$","desiredReplicas":"$#replicas$",
        "conditions":[{"type":"ScalingActive","status":"True","reason":"ValidMetricFound",
        "lastTransitionTime":"$created$"}]}}
        """#
    ),
    "autoscaling/v2"
  )

  private static func workload(status: JSONValue) -> JSONValue {
    [
      "metadata": [
        "labels": ["app": "$app$", "team": "$namespace$"], "generation": "$#generation$",
      ],
      "spec": [
        "replicas": "$#count$",
        "template": [
          "metadata": [
            "labels": ["app": "$app$", "team": "$namespace$"],
            "annotations": ["prometheus.io/scrape": "true"],
          ],
          "spec": [
            "containers": PodTemplates.containers, "dnsPolicy": "ClusterFirst",
            "restartPolicy": "Always", "schedulerName": "default-scheduler",
            "securityContext": [:], "terminationGracePeriodSeconds": 30,
            "volumes": [["name": "config", "configMap": ["name": "$app$", "defaultMode": 420]]],
          ],
        ],
      ],
      "status": status,
    ]
  }

  private static func managed(_ object: JSONValue, _ apiVersion: JSONValue) -> ObjectTemplate {
    var object = object
    var own = object
    own["status"] = nil
    own[path: "metadata", "generation"] = nil
    object[path: "metadata", "managedFields"] = [
      ManagedFields.entry("kube-controller-manager", apiVersion, of: own)
    ]
    return ObjectTemplate(object, isNamespaced: true)
  }

  private static func condition(
    _ type: JSONValue,
    _ reason: JSONValue,
    _ message: JSONValue
  ) -> JSONValue {
    [
      "type": type, "status": "True", "reason": reason, "message": message,
      "lastTransitionTime": "$created$", "lastUpdateTime": "$created$",
    ]
  }
}
