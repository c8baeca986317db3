import ClusterGraph
import Inspection
import KubernetesObjects

/// A finding in the lists that are shown; all of them share it.
final class ListedFinding: Sendable {
  let finding: Finding
  /// The vertices whose labels and annotations decided whether it is muted.
  let readHandles: [Handle]
  let facets: FindingFacets
  /// When it was over; `nil` while it is not.
  let resolvedAt: Timestamp?

  init(
    _ finding: Finding,
    readHandles: [Handle] = [],
    facets: FindingFacets = FindingFacets(),
    resolvedAt: Timestamp? = nil
  ) {
    self.finding = finding
    self.readHandles = readHandles
    self.facets = facets
    self.resolvedAt = resolvedAt
  }

  var isPast: Bool { resolvedAt != nil }

  /// The same once it is over.
  func resolved(at time: Timestamp) -> ListedFinding {
    ListedFinding(finding, readHandles: readHandles, facets: facets, resolvedAt: time)
  }
}

/// Findings in the order in which they are shown, kept so while some come and go.
struct SortedFindings: Sendable {
  private(set) var all: [ListedFinding] = []

  init() {}

  init(_ findings: some Sequence<ListedFinding>) {
    all = findings.sorted { Finding.precedes($0.finding, $1.finding) }
  }

  /// Those for which `isIncluded` holds.
  func filter(_ isIncluded: (ListedFinding) -> Bool) -> SortedFindings {
    var filtered = SortedFindings()
    filtered.all = all.filter(isIncluded)
    return filtered
  }

  /// How many there are of a severity that are not muted.
  func count(of severity: Severity) -> Int {
    func end(_ isBefore: (Finding) -> Bool) -> Int {
      var (low, high) = (0, all.count)
      while low < high {
        let middle = (low + high) / 2
        if isBefore(all[middle].finding) { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return end { $0.muting == nil && $0.severity <= severity }
      - end { $0.muting == nil && $0.severity < severity }
  }

  /// How many are muted.
  var mutedCount: Int { all.count - Severity.allCases.reduce(0) { $0 + count(of: $1) } }

  /// Takes some out and puts others in, in one pass; who is to go and is not there is passed over.
  mutating func replace(_ gone: [ListedFinding], with new: [ListedFinding]) {
    guard !gone.isEmpty || !new.isEmpty else { return }
    var edits: [(place: Int, new: ListedFinding?)] = gone.compactMap { finding in
      position(of: finding).map { ($0, nil) }
    }
    edits += new.map { (place(of: $0.finding), $0) }
    edits.sort { left, right in
      guard left.place == right.place else { return left.place < right.place }
      // What stands there goes last: all that is new there precedes it, or takes its place.
      guard let left = left.new else { return false }
      return right.new.map { Finding.precedes(left.finding, $0.finding) } ?? true
    }
    var replaced: [ListedFinding] = []
    replaced.reserveCapacity(all.count + new.count)
    var start = 0
    for (place, new) in edits {
      replaced += all[start..<place]
      start = place
      if let new { replaced.append(new) } else { start += 1 }
    }
    all = replaced + all[start...]
  }

  /// What the list has that an older one had not, and the other way round.
  func difference(
    from old: SortedFindings
  ) -> (gone: [ListedFinding], new: [ListedFinding]) {
    var gone: [ListedFinding] = []
    var new: [ListedFinding] = []
    // Of very many few differ: what is the same at both ends is passed over quickly.
    let shorter = min(all.count, old.all.count)
    var start = 0
    while start < shorter, all[start] === old.all[start] { start += 1 }
    var end = 0
    while end < shorter - start, all[all.count - 1 - end] === old.all[old.all.count - 1 - end] {
      end += 1
    }
    let (last, lastOld) = (all.count - end, old.all.count - end)
    var (place, placeOld) = (start, start)
    while place < last {
      let finding = all[place]
      place += 1
      while placeOld < lastOld, old.all[placeOld] !== finding,
        !Finding.precedes(finding.finding, old.all[placeOld].finding)
      {
        gone.append(old.all[placeOld])
        placeOld += 1
      }
      if placeOld < lastOld, old.all[placeOld] === finding {
        placeOld += 1
      } else {
        new.append(finding)
      }
    }
    return (gone + old.all[placeOld..<lastOld], new)
  }

  /// Where a finding stands; `nil` where it does not.
  func position(of finding: ListedFinding) -> Int? {
    let place = place(of: finding.finding)
    return place < all.count && all[place] === finding ? place : nil
  }

  /// Where a finding stands, or would.
  private func place(of finding: Finding) -> Int {
    var (low, high) = (0, all.count)
    while low < high {
      let middle = (low + high) / 2
      if Finding.precedes(all[middle].finding, finding) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
