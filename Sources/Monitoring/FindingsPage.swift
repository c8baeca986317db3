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
  /// The finding whose place is wanted, so that a selection can follow it.
  package var locating: FindingID?
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
    locating: FindingID? = nil,
    consequences: Consequences = .apart
  ) {
    self.cluster = cluster
    self.filter = filter
    self.offset = offset
    self.limit = limit
    self.locating = locating
    self.consequences = consequences
  }
}

/// A window of the findings, as a screen shows it.
package struct FindingsPage: Sendable, Equatable {
  /// A finding, and what is being done about it.
  package struct Row: Sendable, Equatable {
    package let finding: Finding
    package let heal: HealState?
    /// Whether it stands beneath the finding that explains it.
    package let isConsequence: Bool
    /// How many findings that it explains are folded into it.
    package let foldedCount: Int

    package init(
      finding: Finding,
      heal: HealState? = nil,
      isConsequence: Bool = false,
      foldedCount: Int = 0
    ) {
      self.finding = finding
      self.heal = heal
      self.isConsequence = isConsequence
      self.foldedCount = foldedCount
    }
  }

  package var rows: [Row] = []
  /// The place of the first row among all that match.
  package var offset = 0
  /// How many rows there are in all.
  package var rowCount = 0
  /// How many findings match, folded ones included.
  package var matchCount = 0
  /// How many findings there are, whatever the filter.
  package var totalCount = 0
  /// Where the finding stands that was to be located.
  package var locatedIndex: Int?
  /// Another number whenever anything has changed of what there is to show.
  package var revision = 0
  /// When the page was made; ages are counted to here.
  package var now = Timestamp(millisecondsSince1970: 0)

  package init() {}
}
