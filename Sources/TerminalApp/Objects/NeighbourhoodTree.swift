import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// The graph around a vertex as a tree, as far as it was opened.
struct NeighbourhoodTree: Sendable {
  /// How many owners are shown above it.
  private static let mostOwners = 6
  /// How many neighbours of each sort are shown.
  private static let listedMembers = 20

  private let root: VertexID
  /// What is known of each vertex; `nil` inside where nobody knows of it.
  private var known: [VertexID: Surroundings?] = [:]
  /// The branches that are open, by the marks of their rows.
  private var expanded: Set<String>
  /// What each row that may be opened is about.
  private var vertices: [String: VertexID]

  let rootMark = "root"

  init(_ root: VertexID) {
    self.root = root
    expanded = [rootMark]
    vertices = [rootMark: root]
  }

  /// Everything that is shown with what is around it.
  var wanted: [VertexID] {
    Array(Set([root] + owners.map(\.id) + expanded.compactMap { vertices[$0] })).sorted()
  }

  /// What of it has not been told yet.
  var missing: [VertexID] { wanted.filter { known[$0] == nil } }

  /// Takes in what is around a vertex; false where nobody wants to see it.
  mutating func take(_ surroundings: Surroundings?, of id: VertexID) -> Bool {
    guard wanted.contains(id), known[id] != .some(surroundings) else { return false }
    known[id] = .some(surroundings)
    noteVertices()
    return true
  }

  mutating func toggle(_ mark: String) { setExpanded(mark, !expanded.contains(mark)) }

  mutating func setExpanded(_ mark: String, _ isExpanded: Bool) {
    guard vertices[mark] != nil else { return }
    if isExpanded { expanded.insert(mark) } else { expanded.remove(mark) }
    noteVertices()
  }

  /// The owners, the nearest first.
  private var owners: [Surroundings.Member] {
    var owners: [Surroundings.Member] = []
    var id = root
    while owners.count < Self.mostOwners, let owner = (known[id] ?? nil)?.owner, owner.id != root,
      !owners.contains(where: { $0.id == owner.id })
    {
      owners.append(owner)
      id = owner.id
    }
    return owners
  }

  // MARK: - Rows

  /// One row before it is drawn.
  private struct Branch {
    let id: VertexID?
    let mark: String
    let lead: String
    let phrase: String
    let text: String
    let style: Style
    let isExpanded: Bool?
  }

  private mutating func noteVertices() {
    for branch in branches() { vertices[branch.mark] = branch.id }
  }

  func rows(inCluster cluster: String, width: Int) -> [LinkedRows.Row] {
    branches().map { branch in
      var segments = [TextSegment(branch.lead, .border)]
      if let isExpanded = branch.isExpanded {
        segments.append(TextSegment(isExpanded ? "▾ " : "▸ ", .key))
      }
      if !branch.phrase.isEmpty { segments.append(TextSegment(branch.phrase + " ", .muted)) }
      let used = segments.reduce(0) { $0 + $1.text.width }
      let text = DisplayText(branch.text).cutInMiddle(to: max(12, width - used - 3))
      segments.append(TextSegment(text: text, style: branch.style))
      return LinkedRows.Row(
        segments: segments,
        target: branch.id?.objectKey.map { .object(ClusterObject(cluster: cluster, key: $0)) },
        mark: branch.mark
      )
    }
  }

  private func branches() -> [Branch] {
    var branches: [Branch] = []
    let owners = Array(owners.reversed())
    for (depth, owner) in owners.enumerated() {
      branches.append(
        Branch(
          id: owner.id,
          mark: "owner \(owner.id)",
          lead: Self.step(depth),
          phrase: depth == 0 ? "" : "owns",
          text: Self.text(of: owner),
          style: owner.style,
          isExpanded: nil
        )
      )
    }
    let about = known[root] ?? nil
    let state = about?.state ?? (known[root] == nil ? .present(isTerminating: false) : .absent)
    let itself = Surroundings.Member(root, state, findings: about?.summary)
    var style = itself.style
    style.isBold = true
    branches.append(
      Branch(
        id: root,
        mark: rootMark,
        lead: Self.step(owners.count),
        phrase: owners.isEmpty ? "" : "owns",
        text: Self.text(of: itself) + (known[root] == nil ? "  Loading…" : ""),
        style: style,
        isExpanded: expanded.contains(rootMark)
      )
    )
    if expanded.contains(rootMark) {
      let lead = String(repeating: " ", count: max(0, owners.count * 2))
      branches += self.branches(around: root, rootMark, lead: lead, from: owners.last?.id)
    }
    return branches
  }

  private static func step(_ depth: Int) -> String {
    depth == 0 ? "" : String(repeating: " ", count: depth * 2 - 2) + "└ "
  }

  private static func text(of member: Surroundings.Member) -> String {
    let faults = member.faults.isEmpty ? "" : "  \(member.faults)"
    return member.id.description + member.note + faults
  }

  /// What is around a vertex, but not where one came from.
  private func branches(
    around id: VertexID,
    _ mark: String,
    lead: String,
    from origin: VertexID?
  ) -> [Branch] {
    guard let told = known[id] else {
      return [note("Loading…", mark, lead)]
    }
    let groups = (told?.groups ?? []).filter { $0.relation != .event }
      .filter { id != root || !($0.relation == .owner && $0.isOutgoing) }
      .sorted { Self.place($0) < Self.place($1) }
    var items: [(group: Surroundings.Group, member: Surroundings.Member?)] = []
    for group in groups {
      let members = group.shown(Self.listedMembers)
      items += members.filter { $0.id != origin }.map { (group, $0) }
      if group.count > members.count { items.append((group, nil)) }
    }
    guard !items.isEmpty else { return [note("Nothing else.", mark, lead)] }
    return items.enumerated().flatMap { index, item -> [Branch] in
      let isLast = index == items.count - 1
      guard let member = item.member else {
        let hidden = item.group.count - min(item.group.members.count, Self.listedMembers)
        return [
          note("\(item.group.phrase) \(hidden) more", "\(mark) \(index)", lead, isLast: isLast)
        ]
      }
      let ownMark = "\(mark)/\(item.group.phrase) \(member.id)"
      let isExpanded = expanded.contains(ownMark)
      let branch = Branch(
        id: member.id,
        mark: ownMark,
        lead: lead + (isLast ? "└ " : "├ "),
        phrase: item.group.phrase,
        text: Self.text(of: member),
        style: member.style,
        isExpanded: isExpanded
      )
      guard isExpanded else { return [branch] }
      let deeper = lead + (isLast ? "  " : "│ ")
      return [branch] + branches(around: member.id, ownMark, lead: deeper, from: id)
    }
  }

  private func note(_ text: String, _ mark: String, _ lead: String, isLast: Bool = true) -> Branch {
    Branch(
      id: nil,
      mark: "\(mark) note",
      lead: lead + (isLast ? "└ " : "├ "),
      phrase: "",
      text: text,
      style: Style(.muted),
      isExpanded: nil
    )
  }

  /// What it owns first, then what it names, then who names it; its namespace says the least.
  private static func place(_ group: Surroundings.Group) -> (Int, UInt8) {
    switch (group.relation, group.isOutgoing) {
    case (.owner, _): (0, 0)
    case (.namespace, true): (3, 0)
    case (let relation, true): (1, relation.rawValue)
    case (let relation, false): (2, relation.rawValue)
    }
  }
}
