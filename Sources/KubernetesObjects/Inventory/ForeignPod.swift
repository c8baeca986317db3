/// A Pod of another cluster that shares a network with this one, and has an address that a Pod here
/// has, too.
package struct ForeignPod: ObjectRecord {
  package static let kind = ObjectKind("ForeignPod", group: ObjectKind.ownGroup)

  package var kind: ObjectKind { Self.kind }
  package var metadata: ObjectMetadata
  /// The context of its cluster.
  package let cluster: String
  package let pod: ObjectKey
  package let nodeName: String
  package let addresses: [IPAddress]

  /// Makes the vertex of a Pod of `cluster` for the graph of another.
  package init(_ pod: Pod, of cluster: String) {
    self.cluster = cluster
    self.pod = pod.key
    nodeName = pod.nodeName
    addresses = pod.claimedAddresses
    metadata = ObjectMetadata()
    metadata.name = "\(cluster)/\(pod.key.qualifiedName)"
    metadata.uid = pod.metadata.uid
    metadata.creationTimestamp = pod.metadata.creationTimestamp
  }

  package var references: [Reference] {
    addresses.map { Reference(.foreignAddress, .address($0), path: "status.podIPs") }
  }
}
