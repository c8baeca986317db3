package import KubernetesObjects

/// A list that is being taken in, and what of the graph it has not named yet.
package struct ListIntake: Sendable {
  package let kind: ObjectKind
  /// The namespace that the list is narrowed to; the objects of others stay.
  package let namespace: String?
  fileprivate var unnamed: PackedHandleSet
}

extension ClusterGraph {
  /// Begins to take in a list of `kind` that comes in parts.
  package func beginList(of kind: ObjectKind, in namespace: String? = nil) -> ListIntake {
    ListIntake(kind: kind, namespace: namespace, unnamed: state(of: kind)?.objects ?? [])
  }

  /// Takes in the next objects of a list; those that equal what is there touch nothing.
  package mutating func add(
    _ snapshots: [ObjectSnapshot],
    to list: inout ListIntake,
    touching touched: inout HandleSet
  ) {
    for snapshot in snapshots {
      let handle = upsert(snapshot, touching: &touched)
      if !list.unnamed.isEmpty { list.unnamed.remove(handle) }
    }
  }

  /// Takes out what the list did not name; the kind is known from then on.
  package mutating func end(_ list: ListIntake, touching touched: inout HandleSet) {
    for handle in list.unnamed {
      guard let key = record(of: handle)?.key else { continue }
      guard list.namespace == nil || key.namespace == list.namespace else { continue }
      remove(key, touching: &touched)
    }
    let known = knowledge(of: list.kind).adding(list.namespace)
    setKnowledge(of: list.kind, to: known, touching: &touched)
  }

  /// Takes in a whole list of `kind` at once, as after a relist; the kind is known from then on.
  ///
  /// Objects that equal what is there touch nothing. A `namespace` narrows the list to its
  /// objects, and those of others stay.
  package mutating func replace(
    _ kind: ObjectKind,
    in namespace: String? = nil,
    with snapshots: [ObjectSnapshot],
    touching touched: inout HandleSet
  ) {
    var list = beginList(of: kind, in: namespace)
    add(snapshots, to: &list, touching: &touched)
    end(list, touching: &touched)
  }
}
