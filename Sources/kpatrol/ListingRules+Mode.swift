import KubernetesClient
import UserConfiguration

extension ListingRules {
  /// What they mean for the reflectors of a context.
  func mode(of context: String) -> ListMode {
    switch listing(of: context) {
    case .whole: .whole
    case .pages: .pages(of: ListMode.pageSize)
    case .stream: .initialEvents
    }
  }
}
