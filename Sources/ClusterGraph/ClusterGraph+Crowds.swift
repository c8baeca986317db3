package import KubernetesObjects

/// Questions about vertices that very many name, answered without names and without order.
extension ClusterGraph {
  /// How many name `handle` over `relation`, of all kinds or of one.
  package func referrerCount(
    of handle: Handle,
    over relation: Relation,
    kind: ObjectKind? = nil
  ) -> Int {
    var count = 0
    self[handle].incoming.forEach { edgeRelation, source in
      guard edgeRelation == relation else { return }
      if kind == nil || self.kind(of: source) == kind { count += 1 }
    }
    return count
  }

  /// Calls `body` with all that name `handle` over `relation` and are there.
  package func forEachReferrer(
    of handle: Handle,
    over relation: Relation,
    _ body: (any ObjectRecord) -> Void
  ) {
    self[handle].incoming.forEach { edgeRelation, source in
      guard edgeRelation == relation, let record = record(of: source) else { return }
      body(record)
    }
  }

  /// Calls `body` with all that `handle` selects by their labels.
  package func forEachSelected(by handle: Handle, _ body: (any ObjectRecord) -> Void) {
    let entries = selections.entries(of: handle)
    func call(_ member: Handle) {
      if let record = record(of: member) { body(record) }
    }
    // A set of all is made only where one may select what another selects as well.
    if entries.count == 1 {
      entries[0].members.forEach(call)
    } else {
      selected(by: handle).forEach(call)
    }
  }
}
