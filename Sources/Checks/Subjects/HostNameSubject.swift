import Inspection
import KubernetesObjects

/// A host name, by which volumes name the only Node that can reach them.
struct HostNameSubject: InspectionSubject {
  static let scope = SubjectScope.shared(.hostName)
  let name: String

  init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    guard case .shared(.hostName, let name)? = id else { return nil }
    self.name = name
  }
}
