/// How much a workload uses of what its Pods request, or a Node of what it has: no object of the API
/// server, but what the metrics API tells, added up.
package struct UtilisationRecord: ObjectRecord {
  package static let kind = ObjectKind("Utilisation", group: ObjectKind.ownGroup)

  package enum Resource: String, Sendable, CaseIterable {
    case cpu
    case memory
  }

  /// Cores or bytes, in all.
  package struct Use: Hashable, Sendable {
    package var resource: Resource
    package var used: Double
    /// What is requested, or what a Node has for Pods; 0 where nothing is.
    package var requested: Double
    /// 0 where something has no limit.
    package var limit: Double

    package init(_ resource: Resource, used: Double, requested: Double, limit: Double = 0) {
      self.resource = resource
      self.used = used
      self.requested = requested
      self.limit = limit
    }
  }

  package var kind: ObjectKind { Self.kind }
  package var metadata: ObjectMetadata
  /// The workload or the Node.
  package let subject: ObjectKey
  package var uses: [Use]

  package init(of subject: ObjectKey, _ uses: [Use]) {
    metadata = ObjectMetadata()
    metadata.name = subject.description
    self.subject = subject
    self.uses = uses
  }

  package var references: [Reference] { [] }

  package var home: String { subject.namespace }
}
