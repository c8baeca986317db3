import WireFormats

/// The objects of a bulk world in the form of recorded ones: with defaults, owners and managed fields.
enum BulkTemplates {
  static let pod = parsed(
    #"""
    {"metadata":{"generation":1,"labels":{"app":"","pod-template-hash":"64fc7b9969",
    "topology.kubernetes.io/region":"r1","topology.kubernetes.io/zone":"z1"},"managedFields":[
    {"manager":"kube-controller-manager","operation":"Update","apiVersion":"v1",
    "time":"2026-11-23T09:59:59Z","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{
    "f:generateName":{},"f:labels":{".":{},"f:app":{},"f:pod-template-hash":{}},
    "f:ownerReferences":{".":{},"k:{\"uid\":\"e8408eaa-328b-4fac-bccf-3b9954954223\"}":{}}},
    "f:spec":{"f:containers":{"k:{\"name\":\"main\"}":{".":{},"f:env":{".":{},
    "k:{\"name\":\"LOG_LEVEL\"}":{".":{},"f:name":{},"f:value":{}}},"f:image":{},
    "f:imagePullPolicy":{},"f:name":{},"f:ports":{".":{},
    "k:{\"containerPort\":8080,\"protocol\":\"TCP\"}":{".":{},"f:containerPort":{},"f:protocol":{}}},
    "f:resources":{".":{},"f:limits":{".":{},"f:memory":{}},"f:requests":{".":{},"f:cpu":{},
    "f:memory":{}}},"f:terminationMessagePath":{},"f:terminationMessagePolicy":{}}},
    "f:dnsPolicy":{},"f:enableServiceLinks":{},"f:restartPolicy":{},"f:schedulerName":{},
    "f:securityContext":{},"f:terminationGracePeriodSeconds":{}}}},
    {"manager":"kubelet","operation":"Update","apiVersion":"v1","time":"2026-11-23T09:59:59Z",
    "fieldsType":"FieldsV1","fieldsV1":{"f:status":{"f:conditions":{
    "k:{\"type\":\"ContainersReady\"}":{".":{},"f:lastProbeTime":{},"f:lastTransitionTime":{},
    "f:status":{},"f:type":{}},"k:{\"type\":\"Initialized\"}":{".":{},"f:lastProbeTime":{},
    "f:lastTransitionTime":{},"f:status":{},"f:type":{}},"k:{\"type\":\"Ready\"}":{".":{},
    "f:lastProbeTime":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}}},
    "f:containerStatuses":{},"f:hostIP":{},"f:phase":{},"f:podIP":{},"f:podIPs":{".":{},
    "k:{\"ip\":\"10.244.1.1\"}":{".":{},"f:ip":{}}},"f:startTime":{}}},"subresource":"status"}]},
    "spec":{"volumes":[{"name":"kube-api-access-x8z2p","projected":{"sources":[
    {"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},{"configMap":{
    "name":"kube-root-ca.crt","items":[{"key":"ca.crt","path":"ca.crt"}]}}],"defaultMode":420}}],
    "containers":[{"name":"main","image":"registry.example.com/shop/cart:1.4","ports":[
    {"containerPort":8080,"protocol":"TCP"}],"env":[{"name":"LOG_LEVEL","value":"info"}],
    "resources":{"limits":{"memory":"256Mi"},"requests":{"cpu":"50m","memory":"128Mi"}},
    "volumeMounts":[{"name":"kube-api-access-x8z2p","readOnly":true,
    "mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}],
    "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File",
    "imagePullPolicy":"IfNotPresent"}],"restartPolicy":"Always","terminationGracePeriodSeconds":30,
    "dnsPolicy":"ClusterFirst","serviceAccountName":"default","serviceAccount":"default",
    "nodeName":"","securityContext":{},"schedulerName":"default-scheduler","tolerations":[
    {"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute",
    "tolerationSeconds":300},{"key":"node.kubernetes.io/unreachable","operator":"Exists",
    "effect":"NoExecute","tolerationSeconds":300}],"priority":0,"enableServiceLinks":true,
    "preemptionPolicy":"PreemptLowerPriority"},
    "status":{"phase":"Running","conditions":[
    {"type":"Initialized","status":"True","lastProbeTime":null,
    "lastTransitionTime":"2026-11-23T09:59:59Z"},
    {"type":"Ready","status":"True","lastProbeTime":null,
    "lastTransitionTime":"2026-11-23T09:59:59Z"},
    {"type":"ContainersReady","status":"True","lastProbeTime":null,
    "lastTransitionTime":"2026-11-23T09:59:59Z"},
    {"type":"PodScheduled","status":"True","lastProbeTime":null,
    "lastTransitionTime":"2026-11-23T09:59:59Z"}],"startTime":"2026-11-23T09:59:59Z",
    "qosClass":"Burstable"}}
    """#
  )

  /// A container's status, the one part of a Pod beside its names that differs from Pod to Pod.
  static let containerStatus = parsed(
    #"""
    {"name":"main","state":{"running":{"startedAt":"2026-11-23T09:59:59Z"}},"lastState":{},
    "ready":true,"restartCount":0,"started":true,"image":"registry.example.com/shop/cart:1.4",
    "imageID":"registry.example.com/shop/cart@sha256:a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1"}
    """#
  )

  static let node = parsed(
    #"""
    {"metadata":{"labels":{"kubernetes.io/arch":"amd64","kubernetes.io/os":"linux",
    "topology.kubernetes.io/region":"r1","topology.kubernetes.io/zone":"z1"},
    "annotations":{"node.alpha.kubernetes.io/ttl":"0"}},"spec":{},
    "status":{"capacity":{"cpu":"16","memory":"64Gi","pods":"110"},
    "allocatable":{"cpu":"15800m","memory":"62Gi","pods":"110"},"conditions":[
    {"type":"MemoryPressure","status":"False","reason":"KubeletHasSufficientMemory",
    "message":"kubelet has sufficient memory available",
    "lastHeartbeatTime":"2026-11-23T09:59:59Z","lastTransitionTime":"2026-11-23T09:59:59Z"},
    {"type":"DiskPressure","status":"False","reason":"KubeletHasNoDiskPressure",
    "message":"kubelet has no disk pressure",
    "lastHeartbeatTime":"2026-11-23T09:59:59Z","lastTransitionTime":"2026-11-23T09:59:59Z"},
    {"type":"Ready","status":"True","reason":"KubeletReady",
    "message":"kubelet is posting ready status",
    "lastHeartbeatTime":"2026-11-23T09:59:59Z","lastTransitionTime":"2026-11-23T09:59:59Z"}],
    "daemonEndpoints":{"kubeletEndpoint":{"Port":10250}},"nodeInfo":{"architecture":"amd64",
    "bootID":"","containerRuntimeVersion":"containerd://2.1.4","kernelVersion":"6.12.0",
    "kubeProxyVersion":"","kubeletVersion":"v1.36.2","machineID":"","operatingSystem":"linux",
    "osImage":"Linux","systemUUID":""}}}
    """#
  )

  private static func parsed(_ text: String) -> JSONValue {
    do {
      return try JSONValue(parsing: Array(text.utf8))
    } catch {
      preconditionFailure("A template of the bulk world is no JSON: \(error)")
    }
  }
}
