package import KubernetesObjects

/// Something that objects claim, for checks about those that claim it.
package protocol SharedSubject: InspectionSubject {
  static var thing: SharedThing { get }

  init(name: String)
}

extension SharedSubject {
  package static var scope: SubjectScope { .shared(thing) }

  package init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    guard case .shared(_, let name)? = id else { return nil }
    self.init(name: name)
  }
}

package struct DefaultClassSubject: SharedSubject {
  package static let thing = SharedThing.defaultClass
  package let name: String

  package init(name: String) { self.name = name }
}

package struct HostNameSubject: SharedSubject {
  package static let thing = SharedThing.hostName
  package let name: String

  package init(name: String) { self.name = name }
}

package struct HostPortSubject: SharedSubject {
  package static let thing = SharedThing.hostPort
  package let name: String

  package init(name: String) { self.name = name }
}

package struct ImageSubject: SharedSubject {
  package static let thing = SharedThing.image
  package let name: String

  package init(name: String) { self.name = name }
}

package struct IngressRuleSubject: SharedSubject {
  package static let thing = SharedThing.ingressRule
  package let name: String

  package init(name: String) { self.name = name }
}

package struct MachineSubject: SharedSubject {
  package static let thing = SharedThing.machine
  package let name: String

  package init(name: String) { self.name = name }
}

package struct MutatedResourceSubject: SharedSubject {
  package static let thing = SharedThing.mutatedResource
  package let name: String

  package init(name: String) { self.name = name }
}

package struct PodRangeSubject: SharedSubject {
  package static let thing = SharedThing.podRange
  package let name: String

  package init(name: String) { self.name = name }
}

package struct RouteMatchSubject: SharedSubject {
  package static let thing = SharedThing.routeMatch
  package let name: String

  package init(name: String) { self.name = name }
}

package struct VolumeHandleSubject: SharedSubject {
  package static let thing = SharedThing.volumeHandle
  package let name: String

  package init(name: String) { self.name = name }
}
