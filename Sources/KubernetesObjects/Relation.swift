/// What an edge of the graph means.
package enum Relation: UInt8, Sendable, CaseIterable {
  /// A ServiceAccount's Secret.
  case accountSecret
  /// A claim of a Pod on an address of its own.
  case address
  /// The address that a record of an IPAM tells of.
  case allocation
  /// What a VolumeAttachment attaches its volume to.
  case attachedNode
  /// The volume that a VolumeAttachment attaches.
  case attachedVolume
  /// A Service that requests are sent to.
  case backend
  /// A Secret with a certificate to serve.
  case certificate
  /// A volume's claim, or a claim's volume.
  case claim
  /// A Service's address inside the cluster.
  case clusterAddress
  /// A ConfigMap or Secret that containers read.
  case configuration
  /// A reference of which KPatrol was told.
  case declared
  /// A claim to be the default among classes.
  case defaultClass
  /// A custom resource's definition.
  case definition
  /// An APIService whose objects a namespace's deletion must list.
  case discovery
  /// The CSIDriver that stores volumes.
  case driver
  /// The Service whose endpoints a slice lists.
  case endpointService
  /// An object that a slice lists as an endpoint.
  case endpointTarget
  /// The object that an Event is about.
  case event
  /// The Lease of who removes a finalizer that keeps an object from being gone.
  case finalizer
  /// An address from outside that a Service takes requests for.
  case externalAddress
  /// An address of a Pod of another cluster in the same network.
  case foreignAddress
  /// A route's Gateway.
  case gateway
  /// A Gateway's class.
  case gatewayClass
  /// The Service that names a StatefulSet's Pods.
  case governingService
  /// That objects of one namespace name those of another, or may do so.
  case grant
  /// A claim on a port of a Node.
  case hostPort
  /// The name by which volumes know a Node (`kubernetes.io/hostname`).
  case hostName
  /// An image that is named by its tag.
  case image
  /// An Ingress's class.
  case ingressClass
  /// A namespace in which a NetworkPolicy isolates Pods.
  case isolation
  /// An address that a load balancer takes requests at.
  case loadBalancerAddress
  /// A claim on a machine's identity.
  case machine
  /// The Node that a record of a CMDB tells of, or an address of its machine.
  case machineRecord
  /// Who has the measurements by which an autoscaler scales.
  case measurements
  /// A name in an object of a custom kind, and what it may mean.
  case mention
  /// A Pod's claim of a volume.
  case mount
  /// A kind of objects that a webhook may change.
  case mutation
  /// An object's namespace.
  case namespace
  /// A Pod's Node.
  case node
  /// An address of a Node itself.
  case nodeAddress
  /// The Node that a Lease or a CSINode tells of.
  case nodeRecord
  /// An object's owner.
  case owner
  /// A namespace that a NetworkPolicy means by its name.
  case peerNamespace
  /// A part of the address space that a Node's Pods get addresses from.
  case podRange
  /// A Pod's PriorityClass.
  case priorityClass
  /// A Secret with which images are pulled.
  case pullSecret
  /// The ResourceQuota that refuses what an object wants to make.
  case quota
  /// What a report of others is about.
  case report
  /// A binding's role.
  case role
  /// A claim on a host and path.
  case route
  /// A Pod's RuntimeClass.
  case runtimeClass
  /// What an autoscaler scales.
  case scaleTarget
  /// An object that is selected by its labels.
  case selection
  /// The ServiceAccount that a Pod runs as.
  case serviceAccount
  /// The StorageClass of a volume or a claim.
  case storageClass
  /// A Secret with which a driver reaches its storage.
  case storageSecret
  /// Whom a binding gives a role to.
  case subject
  /// A claim on what a volume is stored in.
  case volumeHandle
  /// The Node that alone can reach a volume.
  case volumeNode
  /// A Service that the API server itself calls.
  case webhook
}

extension Relation {
  /// The relation as seen from its source: "is on", "is owned by".
  package var phrase: String { phrases.forward }

  /// The relation as seen from its target: "runs", "owns".
  package var inversePhrase: String { phrases.backward }

  private var phrases: (forward: String, backward: String) {
    switch self {
    case .accountSecret: ("may use", "may be used by")
    case .address, .nodeAddress: ("has address", "is used by")
    case .allocation: ("tells of", "is allocated by")
    case .attachedNode: ("attaches to", "is attached by")
    case .attachedVolume: ("attaches", "is attached by")
    case .backend: ("sends to", "receives from")
    case .certificate: ("has its certificate in", "holds the certificate of")
    case .claim: ("is bound to", "is bound by")
    case .clusterAddress: ("has cluster address", "is the cluster address of")
    case .configuration: ("reads", "is read by")
    case .declared: ("names", "is named by")
    case .defaultClass: ("claims to be", "is claimed by")
    case .definition: ("is defined by", "defines")
    case .discovery: ("must discover", "must be discovered by")
    case .driver: ("is stored by", "stores")
    case .endpointService: ("lists endpoints of", "has endpoints in")
    case .endpointTarget: ("lists", "is listed in")
    case .event: ("is about", "has event")
    case .finalizer: ("is released by", "releases")
    case .externalAddress: ("takes requests for", "is taken by")
    case .foreignAddress: ("has address", "is used elsewhere by")
    case .gateway: ("is attached to", "carries")
    case .gatewayClass, .ingressClass: ("has class", "is the class of")
    case .governingService: ("is governed by", "governs")
    case .grant: ("is about", "is needed or given by")
    case .hostName: ("is on host", "is the host name of")
    case .hostPort: ("takes", "is taken by")
    case .isolation: ("isolates Pods of", "is isolated by")
    case .image: ("runs image", "is run by")
    case .loadBalancerAddress: ("is balanced at", "leads to")
    case .machine: ("is machine", "is the machine of")
    case .machineRecord: ("is the record of", "is recorded as")
    case .measurements: ("scales by measurements of", "measures for")
    case .mention: ("mentions", "is mentioned by")
    case .mount: ("mounts", "is mounted by")
    case .mutation: ("may change", "may be changed by")
    case .namespace: ("is in", "contains")
    case .node: ("is on", "runs")
    case .nodeRecord: ("tells of", "is described by")
    case .owner: ("is owned by", "owns")
    case .peerNamespace: ("is about connections with", "is connected as says")
    case .podRange: ("has Pod addresses in", "holds Pod addresses of")
    case .priorityClass: ("has priority", "is the priority of")
    case .pullSecret: ("pulls images with", "pulls images for")
    case .quota: ("is refused by", "refuses")
    case .report: ("reports on", "is reported on by")
    case .role: ("gives", "is given by")
    case .route: ("serves", "is served by")
    case .runtimeClass: ("runs in", "is the runtime of")
    case .scaleTarget: ("scales", "is scaled by")
    case .selection: ("selects", "is selected by")
    case .serviceAccount: ("runs as", "is the account of")
    case .storageClass: ("has storage class", "is the storage class of")
    case .storageSecret: ("reaches its storage with", "opens the storage of")
    case .subject: ("gives a role to", "is given a role by")
    case .volumeHandle: ("is stored in", "stores")
    case .volumeNode: ("is reached from", "reaches")
    case .webhook: ("calls", "is called by")
    }
  }
}
