package import ClusterGraph
package import Inspection
package import KubernetesObjects

/// Which findings a screen wants to see.
package struct FindingsQuery: Sendable, Equatable {
  /// Only this cluster's; `nil` for all.
  package var cluster: String?
  package var filter: FilterExpression
  package var offset: Int
  package var limit: Int
  /// The line whose place is wanted, so that a selection can follow it.
  package var locating: FindingsPage.LineID?
  package var grouping: FindingGrouping
  /// Which groups are open.
  package var folds: GroupFolds
  /// How findings are shown that another explains.
  package var consequences: Consequences
  /// The revision of the page that the same query brought before, which is not made again; `nil`
  /// where there is none.
  package var known: Int?

  package enum Consequences: Sendable, Equatable {
    /// By themselves, as all others.
    case apart
    /// Beneath the finding at their root.
    case beneath
    /// Not at all, but counted at their root, unless they are worse than it.
    case folded
  }

  package init(
    cluster: String? = nil,
    filter: FilterExpression = FilterExpression(),
    offset: Int = 0,
    limit: Int = 100,
    locating: FindingsPage.LineID? = nil,
    consequences: Consequences = .apart,
    grouping: FindingGrouping = .none,
    folds: GroupFolds = GroupFolds()
  ) {
    self.cluster = cluster
    self.filter = filter
    self.offset = offset
    self.limit = limit
    self.locating = locating
    self.consequences = consequences
    self.grouping = grouping
    self.folds = folds
  }
}

/// A window of the findings, as a screen shows it.
package struct FindingsPage: Sendable, Equatable {
  /// What names a line as long as it is there.
  package enum LineID: Hashable, Sendable {
    case group(String)
    case finding(FindingID)
  }

  package enum Line: Sendable, Equatable {
    case group(Group)
    case finding(Row)

    package var id: LineID {
      switch self {
      case .group(let group): .group(group.name)
      case .finding(let row): .finding(row.finding.id)
      }
    }

    /// The finding of the line; `nil` where it is a group's.
    package var row: Row? {
      if case .finding(let row) = self { row } else { nil }
    }
  }

  /// A group of findings.
  package struct Group: Sendable, Equatable {
    /// Empty for those that are in no group of the sort.
    package let name: String
    package let grouping: FindingGrouping
    /// How many there are of each severity, those left out that are muted.
    package let counts: [Severity: Int]
    package let mutedCount: Int
    /// What their objects take together, where they dangle.
    package let bytes: Int64
    package let isOpen: Bool

    package init(
      name: String,
      grouping: FindingGrouping,
      counts: [Severity: Int],
      mutedCount: Int = 0,
      bytes: Int64 = 0,
      isOpen: Bool = false
    ) {
      self.name = name
      self.grouping = grouping
      self.counts = counts
      self.mutedCount = mutedCount
      self.bytes = bytes
      self.isOpen = isOpen
    }

    package var worst: Severity? { Severity.allCases.first { counts[$0] != nil } }
  }

  /// A finding, and what is being done about it.
  package struct Row: Sendable, Equatable {
    package let finding: Finding
    package let heal: HealState?
    /// Whether it stands beneath the finding that explains it.
    package let isConsequence: Bool
    /// How many findings that it explains are folded into it.
    package let foldedCount: Int
    /// Whether it came a moment ago.
    package let isNew: Bool
    /// When it was over; `nil` while it is not.
    package let resolvedAt: Timestamp?
    /// What its object takes, where it dangles.
    package let bytes: Int64
    /// What its object names that is not there.
    package let absent: [VertexID]

    package init(
      finding: Finding,
      heal: HealState? = nil,
      isConsequence: Bool = false,
      foldedCount: Int = 0,
      isNew: Bool = false,
      resolvedAt: Timestamp? = nil,
      bytes: Int64 = 0,
      absent: [VertexID] = []
    ) {
      self.finding = finding
      self.heal = heal
      self.isConsequence = isConsequence
      self.foldedCount = foldedCount
      self.isNew = isNew
      self.resolvedAt = resolvedAt
      self.bytes = bytes
      self.absent = absent
    }
  }

  package var lines: [Line] = []
  /// The place of the first line among all that match.
  package var offset = 0
  /// How many lines there are in all.
  package var rowCount = 0
  /// How many findings match, folded ones included.
  package var matchCount = 0
  /// How many findings there are, whatever the filter.
  package var totalCount = 0
  /// Where the line stands that was to be located.
  package var locatedIndex: Int?
  /// Another number whenever anything has changed of what there is to show.
  package var revision = 0
  /// When the page was made; ages are counted to here.
  package var now = Timestamp(millisecondsSince1970: 0)

  package init() {}

  /// The findings among the lines.
  package var rows: [Row] { lines.compactMap(\.row) }
}
