import WireFormats

/// A Node with as many images as a kubelet tells of, and its lease.
enum NodeTemplates {
  /// As many as a kubelet reports at most.
  private static let imageCount = 50

  static let node: ObjectTemplate = {
    var node = JSONValue(
      template: #"""
        {"metadata":{"labels":{"beta.kubernetes.io/arch":"amd64","beta.kubernetes.io/os":"linux",
        "kubernetes.io/arch":"amd64","kubernetes.io/hostname":"$name$","kubernetes.io/os":"linux",
        "node.kubernetes.io/instance-type":"m16","topology.kubernetes.io/region":"r1",
        "topology.kubernetes.io/zone":"$zone$"},"annotations":{"node.alpha.kubernetes.io/ttl":"0",
        "volumes.kubernetes.io/controller-managed-attach-detach":"true",
        "csi.volume.kubernetes.io/nodeid":"{\"disk.example.com\":\"$name$\"}"}},
        "spec":{"podCIDR":"$addressRange$","podCIDRs":["$addressRange$"],
        "providerID":"example://r1/$zone$/$name$"},
        "status":{"addresses":[{"type":"InternalIP","address":"$hostAddress$"},
        {"type":"Hostname","address":"$name$"}],
        "capacity":{"cpu":"64","ephemeral-storage":"206289900Ki","hugepages-2Mi":"0",
        "memory":"263870820Ki","pods":"512"},
        "allocatable":{"cpu":"63770m","ephemeral-storage":"189076723Ki","hugepages-2Mi":"0",
        "memory":"260514148Ki","pods":"512"},
        "daemonEndpoints":{"kubeletEndpoint":{"Port":10250}},"nodeInfo":{"architecture":"amd64",
        "bootID":"$uid$","containerRuntimeVersion":"containerd://2.1.4",
        "kernelVersion":"6.12.0","kubeProxyVersion":"","kubeletVersion":"v1.36.2",
        "machineID":"$uid$","operatingSystem":"linux","osImage":"Debian GNU/Linux 13",
        "systemUUID":"$uid$"}}}
        """#
    )
    node[path: "status", "conditions"] = [
      condition(
        "MemoryPressure",
        "False",
        "KubeletHasSufficientMemory",
        "kubelet has sufficient memory available"
      ),
      condition(
        "DiskPressure",
        "False",
        "KubeletHasNoDiskPressure",
        "kubelet has no disk pressure"
      ),
      condition(
        "PIDPressure",
        "False",
        "KubeletHasSufficientPID",
        "kubelet has sufficient PID available"
      ),
      condition("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
    ]
    node[path: "metadata", "managedFields"] = [
      ManagedFields.entry(
        "kube-controller-manager",
        "v1",
        of: ["metadata": node["metadata"] ?? [:], "spec": node["spec"] ?? [:]]
      ),
      ManagedFields.entry(
        "kubelet",
        "v1",
        of: ["status": node["status"] ?? [:]],
        subresource: "status"
      ),
    ]
    node[path: "status", "images"] = .array(
      (0..<imageCount).map { number in
        let name = "registry.example.com/platform/image-\(number)"
        let digest = String(repeating: "b2", count: 32)
        return [
          "names": [.string("\(name)@sha256:\(digest)"), .string("\(name):2.\(number)")],
          "sizeBytes": .integer(Int64(12_345_678 + number)),
        ]
      }
    )
    return ObjectTemplate(node, isNamespaced: false)
  }()

  static let lease: ObjectTemplate = {
    var lease = JSONValue(
      template: #"""
        {"metadata":{"ownerReferences":[{"apiVersion":"v1","kind":"Node","name":"$name$",
        "uid":"$ownerUID$"}]},"spec":{"holderIdentity":"$name$","leaseDurationSeconds":40,
        "renewTime":"$time$"}}
        """#
    )
    lease[path: "metadata", "managedFields"] = [
      ManagedFields.entry("kubelet", "coordination.k8s.io/v1", of: lease)
    ]
    return ObjectTemplate(lease, isNamespaced: true)
  }()

  private static func condition(
    _ type: JSONValue,
    _ status: JSONValue,
    _ reason: JSONValue,
    _ message: JSONValue
  ) -> JSONValue {
    [
      "type": type, "status": status, "reason": reason, "message": message,
      "lastHeartbeatTime": "$time$", "lastTransitionTime": "$created$",
    ]
  }
}
