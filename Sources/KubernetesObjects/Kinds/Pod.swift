package import WireFormats

/// A Pod, as far as checks read it.
///
/// What the Pods of a workload have in common stands in ``template`` and is shared by them.
package struct Pod: PodTemplateHolder {
  package enum Phase: String, Sendable {
    case pending = "Pending"
    case running = "Running"
    case succeeded = "Succeeded"
    case failed = "Failed"
    case unknown = "Unknown"
  }

  /// The conditions that every Pod goes through, where they are true.
  package struct Milestones: NamedFlags {
    package static let names = [
      "PodScheduled", "Initialized", "ContainersReady", "Ready", "PodReadyToStartContainers",
    ]

    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let scheduled = Milestones(rawValue: 1)
    package static let initialized = Milestones(rawValue: 1 << 1)
    package static let containersReady = Milestones(rawValue: 1 << 2)
    package static let ready = Milestones(rawValue: 1 << 3)
    /// `PodReadyToStartContainers`: its sandbox and network are there.
    package static let networked = Milestones(rawValue: 1 << 4)
  }

  /// What `status.reason` and `status.message` say, as of an eviction.
  package struct Explanation: Hashable, Sendable {
    package var reason = ""
    package var message = ""

    package init() {}
  }

  package static let kind = ObjectKind("Pod")

  package static let references: [ReferenceRule<Pod>] = [
    ReferenceRule(.node, to: Node.kind, path: "spec.nodeName") { $0.nodeName },
    ReferenceRule(.address, path: "status.podIPs") { pod in
      pod.claimedAddresses.map(VertexID.address)
    },
    ReferenceRule(.hostPort, path: "spec.containers.ports.hostPort") { pod in
      pod.claimedHostPorts.map { .shared(.hostPort, $0) }
    },
    ReferenceRule(
      .mount,
      toNeighbours: PersistentVolumeClaim.kind,
      path: "spec.volumes.ephemeral"
    ) { pod in pod.template.ephemeralVolumes.map { "\(pod.metadata.name)-\($0)" } },
  ]
  package static let templateReferences = PodTemplate.references(at: "spec")

  package var metadata: ObjectMetadata
  @SharedValue package var template: PodTemplate
  /// The Node it is bound to; empty while it is not scheduled.
  package var nodeName = ""
  private var firstAddress: IPAddress?
  package var phase = Phase.pending
  package var milestones: Milestones = []
  private var furtherAddresses: [IPAddress] = []
  /// The conditions that are not true, and those that are but are no ``Milestones``.
  package var conditions: [Condition] = []
  /// Of init containers, too.
  package var containers: [ContainerStatus] = []
  /// What its status says of it as a whole; most Pods have nothing of the kind.
  @SharedValue package var explanation: Explanation?
  /// The address of its Node, as the kubelet sees it.
  package var hostAddress: IPAddress?

  private static let emptyTemplate = SharedValue(wrappedValue: PodTemplate())
  private static let noExplanation = SharedValue<Explanation?>(wrappedValue: nil)

  package init(metadata: ObjectMetadata) {
    self.metadata = metadata
    _template = Self.emptyTemplate
    _explanation = Self.noExplanation
  }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    pool.share(&nodeName)
    pool.share(&containers)
    conditions.share(by: &pool)
  }
}

extension Pod {

  package var addresses: [IPAddress] {
    get { (firstAddress.map { [$0] } ?? []) + furtherAddresses }
    set {
      firstAddress = newValue.first
      furtherAddresses = Array(newValue.dropFirst())
    }
  }

  package var usesHostNetwork: Bool {
    get { template.options.contains(.hostNetwork) }
    set {
      guard newValue != usesHostNetwork else { return }
      template.options.formSymmetricDifference(.hostNetwork)
    }
  }

  package var nodeKey: ObjectKey? {
    nodeName.isEmpty ? nil : ObjectKey(Node.kind, name: nodeName)
  }

  package var isReady: Bool { milestones.contains(.ready) }

  /// Whether it has ended; an ended Pod keeps its address in `status`, but no longer uses it.
  package var isFinished: Bool { phase == .succeeded || phase == .failed }

  /// Whether it asks for other resources than it holds, and its kubelet has not given it those.
  package var awaitsResize: Bool { conditions["PodResizePending"]?.status == .isTrue }

  /// Whether it only shows a Pod that a kubelet runs from a file (a static Pod).
  package var isMirror: Bool { metadata.annotations["kubernetes.io/config.mirror"] != nil }

  /// The addresses that nobody else may have while this Pod lives.
  package var claimedAddresses: [IPAddress] { usesHostNetwork || isFinished ? [] : addresses }

  /// The ports of its Node that nobody else may have on the same address: `node-1 80/TCP`.
  package var claimedHostPorts: [String] {
    guard !nodeName.isEmpty, !isFinished else { return [] }
    return template.hostPorts.map { "\(nodeName) \($0.hostPort)/\($0.portProtocol)" }
  }

  private func hasSameAddresses(as old: Pod) -> Bool {
    firstAddress == old.firstAddress && furtherAddresses == old.furtherAddresses
  }

  /// Whether an `old` one claimed the same addresses; makes no list of them.
  private func claimsTheSame(as old: Pod) -> Bool {
    let claims = !usesHostNetwork && !isFinished
    guard claims == (!old.usesHostNetwork && !old.isFinished) else {
      return claimedAddresses.isEmpty && old.claimedAddresses.isEmpty
    }
    return !claims || hasSameAddresses(as: old)
  }

  /// Whether its containers run images of the same digests as those of `old`.
  private func runsSameImages(as old: Pod) -> Bool {
    containers.elementsEqual(old.containers) {
      $0.imageDigest == $1.imageDigest && $0.name == $1.name
    }
  }

  package func relationsNamedAnew(since old: Pod) -> RelationSet {
    guard _template == old._template, metadata.namesTheSame(as: old.metadata) else { return .all }
    var relations = RelationSet()
    if nodeName != old.nodeName { relations.insert(.node) }
    if nodeName != old.nodeName || isFinished != old.isFinished { relations.insert(.hostPort) }
    if !claimsTheSame(as: old) { relations.insert(.address) }
    return relations
  }

  /// What all objects have, and what a Pod asks for until it has ended, is the same.
  package func differsForItsKindAlone(from old: Pod) -> Bool {
    _template == old._template && isFinished == old.isFinished && !metadata.isTerminating
      && metadata == old.metadata
  }

  package func moments(since old: Pod) -> [Moment.Kind] {
    let restarts = containers.reduce(0) { $0 + $1.restartCount }
    let before = old.containers.reduce(0) { $0 + $1.restartCount }
    return Array(repeating: .restart, count: min(max(0, restarts - before), 20))
  }

  /// What it uses cares whether it is there and alive; those that select it, whether it serves.
  package func looksEqual(to old: Pod, over relation: Relation) -> Bool {
    guard isAsPresent(as: old) else { return false }
    if relation == .namespace || relation == .event { return true }
    guard isFinished == old.isFinished else { return false }
    switch relation {
    case .configuration, .priorityClass, .pullSecret, .runtimeClass, .serviceAccount: return true
    case .hostPort: return nodeName == old.nodeName && _template == old._template
    case .mount: return nodeName == old.nodeName && phase == old.phase
    case .address: return nodeName == old.nodeName && claimsTheSame(as: old)
    case .node:
      return claimsTheSame(as: old) && hostAddress == old.hostAddress
        && _template == old._template && awaitsResize == old.awaitsResize
    case .endpointTarget: return isReady == old.isReady && hasSameAddresses(as: old)
    case .owner, .selection:
      return metadata == old.metadata && phase == old.phase && isReady == old.isReady
        && nodeName == old.nodeName && hasSameAddresses(as: old)
        && _template == old._template && runsSameImages(as: old)
    default: return false
    }
  }
}

extension Pod {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum StatusField: Int, WireField {
    case phase = 1, conditions, message, reason, hostIP, podIP
    case containerStatuses = 8, initContainerStatuses = 10
    case podIPs = 12
    static let fieldNames = FieldNames<Self>()
  }

  private enum AddressField: Int, WireField {
    case ip = 1
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    var pool = SharingPool()
    try read(field, from: &reader, sharing: &pool)
  }

  package mutating func read(
    _ field: Field,
    from reader: inout FieldReader,
    sharing pool: inout SharingPool
  ) throws(WireError) {
    switch field {
    case .spec:
      _template = try SharedValue(readingSpec: &reader, nodeName: &nodeName, sharing: &pool)
    case .status: try readStatus(from: &reader)
    }
  }

  private mutating func readStatus(from reader: inout FieldReader) throws(WireError) {
    var explanation = Explanation()
    var initContainers: [ContainerStatus] = []
    try reader.beginObject()
    while let field = try reader.nextField(StatusField.self) {
      switch field {
      case .phase: phase = Phase(rawValue: try reader.string(orIfEmpty: "Pending")) ?? .unknown
      case .conditions: try readConditions(from: &reader)
      case .message: explanation.message = try reader.string()
      case .reason: explanation.reason = try reader.string()
      case .hostIP: hostAddress = try reader.text { IPAddress($0) }
      case .podIP: insert(try reader.text { IPAddress($0) })
      case .containerStatuses: try reader.append(to: &containers)
      case .initContainerStatuses: try reader.append(to: &initContainers)
      case .podIPs: try readAddresses(from: &reader)
      }
    }
    if explanation != Explanation() { self.explanation = explanation }
    guard !initContainers.isEmpty else { return }
    for index in initContainers.indices { initContainers[index].runsBefore = true }
    containers.insert(contentsOf: initContainers, at: 0)
  }

  private mutating func readConditions(from reader: inout FieldReader) throws(WireError) {
    try reader.beginArray()
    while try reader.nextElement() {
      let condition = try Condition(reading: &reader, as: CommonConditionField.self)
      if condition.status == .isTrue, let milestone = Milestones(condition.type) {
        milestones.insert(milestone)
      } else {
        conditions.append(condition)
      }
    }
  }

  private mutating func readAddresses(from reader: inout FieldReader) throws(WireError) {
    try reader.beginArray()
    while try reader.nextElement() {
      try reader.beginObject()
      while let field = try reader.nextField(AddressField.self) {
        switch field {
        case .ip: insert(try reader.text { IPAddress($0) })
        }
      }
    }
  }

  /// Adds an address once: `podIP` stands in `podIPs` again.
  private mutating func insert(_ address: IPAddress?) {
    guard let address, address != firstAddress else { return }
    if firstAddress == nil {
      firstAddress = address
    } else if !furtherAddresses.contains(address) {
      furtherAddresses.append(address)
    }
  }
}
