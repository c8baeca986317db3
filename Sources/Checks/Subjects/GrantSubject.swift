import Inspection
import KubernetesObjects

/// The meeting of those who name objects of another namespace, and of those who let them.
struct GrantSubject: InspectionSubject {
  static let scope = SubjectScope.shared(.grant)

  let id: VertexID

  init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    guard let id, case .shared(.grant, _) = id else { return nil }
    self.id = id
  }
}
