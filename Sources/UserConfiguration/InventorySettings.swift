package import KubernetesObjects
package import NameMatching

/// An outside source of truth that clusters are held against: a CMDB or an IPAM, and how to read it.
package struct InventorySettings: Sendable, Equatable {
  /// What its records tell of.
  package enum Kind: String, Sendable, CaseIterable {
    /// Machines.
    case cmdb
    /// Addresses and ranges of them.
    case ipam
  }

  /// What KPatrol reads of a record.
  package enum Field: String, Sendable, CaseIterable {
    case address, cluster, hostname, id, managed, owner, prefix, providerID, rack, serial, state
    case systemUUID, zone

    /// Those that records of a kind may have.
    package static func fields(of kind: Kind) -> [Field] {
      switch kind {
      case .cmdb: allCases.filter { ![.id, .managed, .prefix].contains($0) }
      case .ipam: [.address, .cluster, .hostname, .id, .managed, .owner, .prefix, .state]
      }
    }
  }

  /// Fields that a label of Nodes may hold, too.
  package static let labelFields: [Field] = [.owner, .rack, .serial, .zone]

  package var name: String
  package var kind: Kind
  /// The clusters that it tells of.
  package var contexts: [NamePattern] = ["*"]
  package var source: InventorySource
  /// Where the fields stand in a record: the first path that leads to something counts.
  ///
  /// A field that is not named here stands under its own name.
  package var map: [Field: [RecordPath]] = [:]
  /// The labels of Nodes that say the same as a field.
  package var labels: [Field: String] = [:]
  /// What the inventory calls clusters, and their contexts.
  package var clusters: [String: String] = [:]
  /// The states of what must not be in use, in small letters.
  package var retiredStates = Self.defaultRetiredStates
  /// The states of what may be unused, in small letters.
  package var plannedStates = Self.defaultPlannedStates

  /// How addresses that nobody uses are released; `nil` where nothing is changed in the inventory.
  package var release: Release?

  package init(name: String, kind: Kind, source: InventorySource) {
    self.name = name
    self.kind = kind
    self.source = source
  }

  /// How an inventory is told that an address is free; what is `nil` is as its server is known.
  package struct Release: Sendable, Equatable {
    package var method: ReleaseRule.Method?
    /// The record's own, with `{id}` and `{address}` in it.
    package var url: String?
    package var body: String?
    /// What takes it back.
    package var undo: String?
    /// Another token than the one to read with.
    package var token: InventorySource.Token?

    package init() {}
  }

  package static let defaultRetiredStates: Set<String> = [
    "available", "decommissioned", "decommissioning", "deprecated", "disposed", "failed", "free",
    "inventory", "offline", "released", "repair", "retired",
  ]

  package static let defaultPlannedStates: Set<String> = [
    "container", "ordered", "planned", "provisioning", "reserved", "staged",
  ]

  /// Whether the inventory tells of the cluster of this context.
  package func concerns(_ context: String) -> Bool { contexts.contains { $0.matches(context) } }
}

/// Where an inventory's records come from.
package struct InventorySource: Sendable, Equatable {
  package enum Location: Sendable, Equatable {
    case file(String)
    case url(String)
    /// The root of a NetBox, whose API is known.
    case netBox(String)
  }

  package enum Format: String, Sendable, CaseIterable {
    case csv, json, yaml
  }

  /// How a long list is asked for.
  package enum Paging: Sendable, Equatable {
    /// All of it at once.
    case none
    /// Each answer has the link to the next at this path.
    case nextLink(RecordPath)
    /// By how many records to skip, and how many to answer with.
    case offset(parameter: String, limitParameter: String)
  }

  package enum Token: Sendable, Equatable {
    case file(String)
    /// A program with its arguments that prints it.
    case command([String])
    /// The token itself; the demo's, for no configuration holds one.
    case text(String)
  }

  package var location: Location
  /// `nil` for what the file's name ends with; an endpoint answers with JSON.
  package var format: Format?
  /// Where the list of records stands; empty for the document itself.
  package var records = RecordPath.root
  package var paging = Paging.none
  /// How many records a page has, where that is asked for.
  package var pageSize = 500
  package var token: Token?
  /// The word before the token; `nil` for what suits the location.
  package var tokenScheme: String?
  /// A file of certificates that are trusted instead of the system's.
  package var certificateAuthority: String?
  /// Such certificates themselves, where no file holds them.
  package var trustedCertificates: [UInt8]?
  /// How long after one reading the next begins; `nil` for what suits the location.
  package var every: Duration?
  /// How long one answer may take.
  package var timeout = Duration.seconds(30)

  package init(_ location: Location) { self.location = location }

  package var interval: Duration {
    if let every { return every }
    if case .file = location { return .seconds(10) }
    return .seconds(300)
  }
}
