import KubernetesClient
import UserConfiguration

extension Listing {
  /// What it means for a reflector.
  var mode: ListMode {
    switch self {
    case .whole: .whole
    case .pages: .pages(of: ListMode.pageSize)
    case .stream: .initialEvents
    }
  }
}
