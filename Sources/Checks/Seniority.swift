import KubernetesObjects

/// Who came last: where two claim one thing, the newer claim is most often the one that is wrong.
extension Sequence where Element: ObjectRecord {
  /// The records, the youngest first; equal times are told apart by key.
  func youngestFirst() -> [Element] { sorted(by: isYounger) }
}

extension Sequence where Element == any ObjectRecord {
  /// The records, the youngest first; equal times are told apart by key.
  func youngestFirst() -> [Element] { sorted(by: isYounger) }
}

private func isYounger(_ left: any ObjectRecord, _ right: any ObjectRecord) -> Bool {
  let (leftTime, rightTime) = (left.metadata.creationTimestamp, right.metadata.creationTimestamp)
  guard leftTime == rightTime else {
    let beginning = Timestamp(millisecondsSince1970: 0)
    return leftTime ?? beginning > rightTime ?? beginning
  }
  return right.key < left.key
}

extension Sequence where Element: ObjectRecord {
  /// The names with their namespaces, as in `shop/a, shop/b`.
  var names: String { map(\.key.qualifiedName).joined(separator: ", ") }
}

extension ObjectRecord {
  /// The vertex of this object.
  var vertex: VertexID { .object(key) }
}
