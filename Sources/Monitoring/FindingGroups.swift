import Inspection

/// Findings in the order in which they are shown, each that another explains beneath its root.
///
/// Of tens of thousands few are explained, and only a page is shown: what is kept is where the lines differ from
/// the findings, so that a change costs a search for each that is explained, and nothing for the others.
struct FindingGroups {
  /// A finding, and what explains it at the root.
  struct Explained: Sendable {
    let finding: ListedFinding
    let root: ListedFinding
  }

  struct Item: Sendable {
    let listed: ListedFinding
    let isConsequence: Bool
    let foldedCount: Int

    var finding: Finding { listed.finding }
  }

  /// A finding at the top that explains others.
  private struct Group {
    /// Where it stands among the findings.
    let position: Int
    /// Where those stand that it explains.
    var consequences: [Int]
    /// Which line it is.
    var line = 0
  }

  private let findings: [ListedFinding]
  private let isFolded: Bool
  /// Where the findings stand that are at no line of their own at the top.
  private var hidden: [Int] = []
  private var groups: [Group] = []

  /// Arranges findings, beneath others those that are explained.
  init(
    _ sorted: SortedFindings,
    explained: [Explained],
    consequences: FindingsQuery.Consequences
  ) {
    findings = sorted.all
    isFolded = consequences == .folded
    guard consequences != .apart else { return }
    // A root has no cause itself, but for a moment may be told so of older findings.
    let withCause = Set(explained.map { ObjectIdentifier($0.finding) })
    var rootPositions: [ObjectIdentifier: Int?] = [:]
    var beneath: [Int: [Int]] = [:]
    for item in explained where Self.hides(item.finding.finding, beneath: item.root.finding) {
      let key = ObjectIdentifier(item.root)
      guard !withCause.contains(key) else { continue }
      let known = rootPositions[key] ?? sorted.position(of: item.root)
      rootPositions[key] = .some(known)
      guard let root = known, let position = sorted.position(of: item.finding) else { continue }
      beneath[root, default: []].append(position)
    }
    hidden = beneath.values.joined().sorted()
    groups = beneath.sorted { $0.key < $1.key }
      .map { Group(position: $0.key, consequences: $0.value.sorted()) }
    var shown = 0
    for index in groups.indices {
      let position = groups[index].position
      groups[index].line = position - hidden.count(below: position) + shown
      if !isFolded { shown += groups[index].consequences.count }
    }
  }

  /// How many lines there are.
  var count: Int { findings.count - (isFolded ? hidden.count : 0) }

  var isEmpty: Bool { count == 0 }

  /// The lines at some positions, as far as there are any.
  func items(at lines: Range<Int>) -> [Item] { lines.clamped(to: 0..<count).map(item) }

  /// Which line a finding is at; `nil` where it is folded away, or not there.
  ///
  /// It is looked for from a line on in both directions, since it was there a moment ago.
  func line(of id: FindingID, near line: Int) -> Int? {
    guard !isEmpty else { return nil }
    let start = place(of: max(0, min(line, count - 1))).position
    var (above, below) = (start - 1, start)
    while above >= 0 || below < findings.count {
      if below < findings.count, findings[below].finding.id == id { return self.line(at: below) }
      if above >= 0, findings[above].finding.id == id { return self.line(at: above) }
      (above, below) = (above - 1, below + 1)
    }
    return nil
  }

  /// Who is worse than what explains it must not vanish in it, nor sink beneath it; and what is
  /// muted hides nothing that is not.
  private static func hides(_ finding: Finding, beneath root: Finding) -> Bool {
    root.severity <= finding.severity && (root.muting == nil || finding.muting != nil)
  }
}

// MARK: - Lines and findings

extension FindingGroups {
  private func item(at line: Int) -> Item {
    let (position, group) = place(of: line)
    let isRoot = group?.position == position
    return Item(
      listed: findings[position],
      isConsequence: group != nil && !isRoot,
      foldedCount: isFolded && isRoot ? group?.consequences.count ?? 0 : 0
    )
  }

  /// Where the finding of a line stands, and the group that it is in.
  private func place(of line: Int) -> (position: Int, group: Group?) {
    // The last group that begins at the line or before.
    let index = groups.firstPlace { $0.line > line } - 1
    var top = line
    if index >= 0 {
      let group = groups[index]
      if group.line == line { return (group.position, group) }
      if !isFolded {
        let number = line - group.line - 1
        if number < group.consequences.count { return (group.consequences[number], group) }
        // How many lines before are of findings at the top.
        let before = group.position - hidden.count(below: group.position)
        top = before + line - group.line - group.consequences.count
      }
    }
    return (hidden.position(ofVisible: top), nil)
  }

  /// The line of the finding at a position; `nil` where it is folded away.
  private func line(at position: Int) -> Int? {
    let before = hidden.count(below: position)
    guard before < hidden.count, hidden[before] == position else {
      let index = groups.firstPlace { $0.position >= position } - 1
      guard index >= 0, !isFolded else { return position - before }
      let group = groups[index]
      let top = group.position - hidden.count(below: group.position)
      return group.line + group.consequences.count + (position - before) - top
    }
    guard !isFolded else { return nil }
    for group in groups {
      let number = group.consequences.count(below: position)
      if number < group.consequences.count, group.consequences[number] == position {
        return group.line + 1 + number
      }
    }
    return nil
  }
}

extension Array {
  /// The first place from which on `isReached` holds, which once it does holds for all that follow.
  fileprivate func firstPlace(where isReached: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isReached(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension [Int] {
  /// How many of these numbers, which are in order, are less than another.
  fileprivate func count(below number: Int) -> Int { firstPlace { $0 >= number } }

  /// Which number the one is that so many precede that are none of these, which are in order.
  fileprivate func position(ofVisible number: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] - middle > number { high = middle } else { low = middle + 1 }
    }
    return number + low
  }
}
