/// One machine as a CMDB tells of it; what it does not tell is empty.
package struct RegisteredMachine: Hashable, Sendable {
  /// What tells it from the others of its inventory: its host name, if no other has that.
  package var name = ""
  package var hostname = ""
  package var addresses: [IPAddress] = []
  package var providerID = ""
  package var systemUUID = ""
  package var serial = ""
  /// The context of the cluster that it serves.
  package var cluster = ""
  package var owner = ""
  package var zone = ""
  package var rack = ""
  /// The state in the inventory's own words.
  package var state = ""
  package var lifecycle = RecordLifecycle.inService

  package init() {}
}

/// The labels of Nodes that say the same as fields of a CMDB; `nil` where none does.
package struct NodeLabelNames: Hashable, Sendable {
  package var owner: String?
  package var rack: String?
  package var serial: String?
  package var zone: String?

  package init() {}

  /// Where Kubernetes itself keeps the zone; not every cluster does.
  package static let wellKnownZone = Node.zoneLabel
}
