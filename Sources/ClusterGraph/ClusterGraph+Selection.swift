package import KubernetesObjects

/// Edges by labels: an object that selects others has one to each that its selectors match.
extension ClusterGraph {
  /// Changes who selects an object whose labels changed; `nil` where it is not there.
  mutating func relabel(
    _ object: Handle,
    _ place: SelectionIndex.Place,
    from oldRecord: (any ObjectRecord)?,
    to newRecord: (any ObjectRecord)?,
    _ touched: inout HandleSet
  ) {
    guard kinds[place.kind.position].traits.contains(.selectable) else { return }
    let old = oldRecord?.metadata.labels
    let new = newRecord?.metadata.labels
    guard old != new else { return }
    selections.file(object, in: place, from: old, to: new)
    if kinds[place.kind.position].traits.contains(.namespace) {
      relabelNamespace(object, to: new, &touched)
    }
    noteAsPeer(object, in: place, from: old, to: new, &touched)
    var before: [Handle] = []
    if old != nil {
      self[object].incoming.forEach { relation, holder in
        if relation == .selection { before.append(holder) }
      }
    }
    let after = new.map { selections.holders(selecting: $0, in: place) } ?? []
    let left = before.without(after)
    let entered = after.without(before)
    for holder in before + entered {
      selections.note(object, labels: new, in: place, of: holder)
    }
    for holder in left { self[object].incoming.remove(.selection, from: holder) }
    for holder in entered { self[object].incoming.insert(.selection, from: holder) }
    guard !left.isEmpty || !entered.isEmpty else { return }
    for holder in left + entered { touched.insert(holder) }
    touched.insert(object)
  }

  /// Gives those other peers who mean Pods by the labels of their namespace.
  private mutating func relabelNamespace(
    _ object: Handle,
    to labels: Labels?,
    _ touched: inout HandleSet
  ) {
    guard case .object(_, _, let name) = self[object].name else { return }
    for holder in selections.relabelNamespace(name, to: labels) {
      selections.selectAgain(holder, in: store)
      touched.insert(holder)
    }
  }

  /// Touches those of whose peers the object is the first, or was the last.
  private mutating func noteAsPeer(
    _ object: Handle,
    in place: SelectionIndex.Place,
    from old: Labels?,
    to new: Labels?,
    _ touched: inout HandleSet
  ) {
    guard selections.hasPeerHolders else { return }
    let holders = [old, new].compactMap(\.self).reduce(into: Set<Handle>()) { holders, labels in
      holders.formUnion(selections.holders(selecting: labels, in: place, asPeer: true))
    }
    for holder in holders {
      let before = selections.emptyPeerEntries(of: holder).count
      selections.note(object, labels: new, in: place, of: holder)
      // One of two may have become empty just when the other got its first.
      let after = selections.emptyPeerEntries(of: holder).count
      if before != after || before > 0 { touched.insert(holder) }
    }
  }

  /// Whether one of the selections of an object's peers, which is in `namespace` itself, selects
  /// anything.
  package func hasPeers(_ holder: Handle, _ peers: Selection, in namespace: String) -> Bool {
    !selections.emptyPeerEntries(of: holder).contains {
      $0.selector == peers.selector && $0.namespaces == peers.namespaces
        && $0.place.namespace == peers.namespace ?? namespace
        && kinds[$0.place.kind.position].kind == peers.kind
    }
  }

  /// Changes what an object selects whose selectors changed.
  mutating func reselect(
    _ holder: Handle,
    in namespace: String,
    by newSelections: [Selection],
    _ touched: inout HandleSet
  ) {
    guard !newSelections.isEmpty || !selections.entries(of: holder).isEmpty else { return }
    let before = selected(by: holder)
    let entries = newSelections.map {
      SelectionIndex.Entry(
        place: place($0.kind, $0.namespace ?? namespace),
        selector: $0.selector,
        namespaces: $0.namespaces,
        isOfPeers: $0.isOfPeers
      )
    }
    selections.setEntries(of: holder, to: entries, in: store)
    let after = selected(by: holder)
    for object in before.subtracting(after) {
      self[object].incoming.remove(.selection, from: holder)
    }
    for object in after.subtracting(before) {
      self[object].incoming.insert(.selection, from: holder)
    }
    let difference = before.symmetricDifference(after)
    touched.formUnion(difference)
    // Those who select the same see whom they share it with.
    for object in difference {
      self[object].incoming.forEach { relation, other in
        if relation == .selection { touched.insert(other) }
      }
    }
  }

  /// Whether `holder` selects any object for which `isWanted` holds; looks no further than that one.
  package func selects(_ holder: Handle, where isWanted: (any ObjectRecord) -> Bool) -> Bool {
    selectsVertex(holder) { record(of: $0).map(isWanted) ?? false }
  }

  private func selectsVertex(_ holder: Handle, where isWanted: (Handle) -> Bool) -> Bool {
    selections.entries(of: holder).contains { $0.members.contains(where: isWanted) }
  }

  /// Whether an object of `kind` selects any of what `holder` selects.
  package func sharesSelection(_ holder: Handle, with kind: ObjectKind) -> Bool {
    selectsVertex(holder) { object in
      self[object].incoming.contains(.selection) { self.kind(of: $0) == kind }
    }
  }

  /// The object of `kind` that `holder` has selected for longest; an arbitrary one, but always the same.
  package func firstSelected(by holder: Handle, _ kind: ObjectKind) -> Handle? {
    var first: Handle?
    _ = selectsVertex(holder) { object in
      if first.map({ object.position < $0.position }) ?? true, self.kind(of: object) == kind {
        first = object
      }
      return false
    }
    return first
  }

  /// The objects that one selects by their labels.
  func selected(by holder: Handle) -> Set<Handle> {
    selections.entries(of: holder).reduce(into: []) { $0.formUnion($1.members) }
  }

  private mutating func place(_ kind: ObjectKind, _ namespace: String) -> SelectionIndex.Place {
    SelectionIndex.Place(kind: index(of: kind), namespace: namespace)
  }
}

extension [Handle] {
  /// Those that are not among `others`.
  fileprivate func without(_ others: [Handle]) -> [Handle] {
    guard !isEmpty, !others.isEmpty else { return self }
    let others = Set(others)
    return filter { !others.contains($0) }
  }
}
