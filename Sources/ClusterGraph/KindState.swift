import KubernetesObjects

/// What a graph keeps for a kind as a whole.
struct KindState: Sendable {
  let kind: ObjectKind
  let traits: KindTraits
  var knowledge = Knowledge.unknown("not listed yet")
  /// Whether it is not known because its objects may not be seen.
  var isForbidden = false
  var objects: PackedHandleSet = []
  /// Objects that are named but not there.
  var absent: PackedHandleSet = []

  init(_ kind: ObjectKind) {
    self.kind = kind
    traits = KindTraits(kind)
  }
}

/// What sets a kind apart, asked for at each change of an object.
struct KindTraits: OptionSet, Sendable {
  let rawValue: UInt8

  /// Its objects are selected by their labels.
  static let selectable = KindTraits(rawValue: 1)
  /// Its objects tell of changes, and are none themselves.
  static let event = KindTraits(rawValue: 1 << 1)
  /// Its objects tell something of the cluster as a whole.
  static let surrounding = KindTraits(rawValue: 1 << 2)
  static let node = KindTraits(rawValue: 1 << 3)
  static let namespace = KindTraits(rawValue: 1 << 4)
}

extension KindTraits {
  init(_ kind: ObjectKind) {
    self = []
    let selectable = [Namespace.kind, PersistentVolumeClaim.kind, Pod.kind]
    if selectable.contains(kind) { insert(.selectable) }
    if kind == Event.kind { insert(.event) }
    if kind == Node.kind { insert(.node) }
    if kind == Namespace.kind { insert(.namespace) }
    if ClusterGraph.isSurrounding(kind) { insert(.surrounding) }
  }
}
