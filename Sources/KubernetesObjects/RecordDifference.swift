/// How a record differs from the one before it of the same object.
package struct RecordDifference: Sendable {
  /// What takes the place of the new record, where the old one tells something that it does not.
  package var successor: (any ObjectRecord)?
  /// Whether the object has to be inspected even where nothing that is noticed has changed.
  package var hasToBeSeen = false
  /// Whether nothing that is noticed has changed; all that follows says so then.
  package var isNone = false
  /// Whether both are of an object that was made once.
  package var isOfOneObject = true
  /// Over which relations other vertices may be named.
  package var namingAnew = RelationSet()
  package var changesLabels = false
  package var changesSelections = false
  /// What happened in between.
  package var moments: [Moment.Kind] = []
  /// Over which relations the difference is seen.
  package var seeing = RelationSet()
  /// What checks about the object see of it: all where it concerns more than those of its own kind.
  package var seenAtItself = RelationSet.all
}

extension ObjectRecord {
  package func difference(
    from old: any ObjectRecord,
    at time: Timestamp,
    among relations: () -> RelationSet
  ) -> RecordDifference {
    var difference = RecordDifference()
    guard let old = old.typed(as: Self.self) else {
      difference.isOfOneObject = old.metadata.uid == metadata.uid
      difference.namingAnew = .all
      difference.changesLabels = true
      difference.changesSelections = true
      difference.seeing = .all
      return difference
    }
    if let successor = succeeding(old, at: time) {
      difference.successor = successor.record
      difference.hasToBeSeen = successor.hasToBeSeen
    }
    guard self != old else {
      difference.isNone = true
      return difference
    }
    difference.namingAnew = relationsNamedAnew(since: old)
    if differsForItsKindAlone(from: old) {
      difference.seenAtItself = difference.namingAnew.union(.itself)
    }
    difference.changesLabels = metadata.labels != old.metadata.labels
    difference.changesSelections = selections != old.selections
    difference.isOfOneObject = metadata.uid == old.metadata.uid
    if difference.isOfOneObject { difference.moments = moments(since: old) }
    // An object that was made anew under its old name is another one.
    guard difference.isOfOneObject,
      metadata.creationTimestamp == old.metadata.creationTimestamp
    else {
      difference.seeing = .all
      return difference
    }
    relations().forEach { relation in
      if !looksEqual(to: old, over: relation) {
        difference.seeing.insert(relation)
      }
    }
    return difference
  }

  /// The record where it is of this very type: sooner found than by `as?`, which looks for more.
  package func typed<Record: ObjectRecord>(as type: Record.Type) -> Record? {
    // Both types are one.
    Self.self == Record.self ? unsafeBitCast(self, to: Record.self) : nil
  }
}
