/// Something beside addresses that objects name and that is no object itself; of most, no two may
/// have the same.
package enum SharedThing: UInt8, Sendable, CaseIterable {
  /// `StorageClass`: the kind of which one class is the default.
  case defaultClass
  /// `HTTPRoute shop to Service infra`: kind and namespace of who names, and of what is named.
  case grant
  /// `node-1`: a Node's label `kubernetes.io/hostname`, by which local volumes name it.
  case hostName
  /// `node-1 80/TCP`
  case hostPort
  /// `nginx:1.29`: an image by its tag.
  case image
  /// `nginx shop.example.com/cart`: class, host and path; no class and any host are a `*`.
  case ingressRule
  /// `providerID aws:///eu-1a/i-0123`, `systemUUID …`, `machineID …`
  case machine
  /// `deployments.apps`: what webhooks may change.
  case mutatedResource
  /// `10.244.0.0/16`: a part of the address space in which Nodes' ranges are compared.
  case podRange
  /// `infra/public shop.example.com GET Exact /cart`: Gateway, host and match.
  case routeMatch
  /// `ebs.csi.aws.com/vol-0123`: driver and handle.
  case volumeHandle

  /// The kind as people read it.
  package var kindName: String {
    switch self {
    case .defaultClass: "Default class"
    case .grant: "Grant"
    case .hostName: "Host name"
    case .hostPort: "Host port"
    case .image: "Image"
    case .ingressRule: "Ingress rule"
    case .machine: "Machine"
    case .mutatedResource: "Mutated resource"
    case .podRange: "Pod range"
    case .routeMatch: "Route"
    case .volumeHandle: "Volume handle"
    }
  }
}

/// What a vertex of the graph stands for: an object, or something that objects name.
package enum VertexID: Hashable, Sendable {
  case object(ObjectKey)
  case address(IPAddress)
  case shared(SharedThing, String)

  /// The object's key, where the vertex is an object.
  package var objectKey: ObjectKey? {
    guard case .object(let key) = self else { return nil }
    return key
  }

  /// The kind as people read it: `Pod`, `Address`.
  package var kindName: String {
    switch self {
    case .object(let key): key.kind.name
    case .address: "Address"
    case .shared(let thing, _): thing.kindName
    }
  }

  /// The name without the kind: `shop/cart-1`, `10.0.0.7`.
  package var name: String {
    switch self {
    case .object(let key): key.qualifiedName
    case .address(let address): address.description
    case .shared(_, let name): name
    }
  }

  /// The namespace that the vertex is in; empty where it is in none.
  package var namespace: String { objectKey?.namespace ?? "" }
}

extension VertexID: Comparable, CustomStringConvertible {
  /// Addresses come first, then other things that are shared, then objects.
  package static func < (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.object(let left), .object(let right)): left < right
    case (.address(let left), .address(let right)): left < right
    case (.shared(let left, let name), .shared(let right, let other)):
      (left.rawValue, name) < (right.rawValue, other)
    default: left.rank < right.rank
    }
  }

  private var rank: Int {
    switch self {
    case .address: 0
    case .shared: 1
    case .object: 2
    }
  }

  package var description: String {
    switch self {
    case .object(let key): key.description
    case .address, .shared: "\(kindName) \(name)"
    }
  }
}
