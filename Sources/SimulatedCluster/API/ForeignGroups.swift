import WireFormats

/// The versions of API groups that an APIService says some other server answers for.
///
/// There is no other server here: such a group is known, and out of order unless its APIService says otherwise.
struct ForeignGroups: Sendable {
  struct Version: Sendable, Equatable {
    let group: String
    let version: String
    let isAvailable: Bool
  }

  let versions: [Version]

  init(_ registry: Registry) {
    versions = registry.objects(.apiServices).compactMap { object in
      guard object.value[path: "spec", "service"]?.objectValue != nil,
        let group = object.value[path: "spec", "group"]?.stringValue,
        let version = object.value[path: "spec", "version"]?.stringValue
      else { return nil }
      let isAvailable = Conditions.status(of: "Available", in: object.value) == "True"
      return Version(group: group, version: version, isAvailable: isAvailable)
    }
  }

  /// What a client hears who asks a server that is not there; `nil`: the path is not of a foreign group.
  func answer(_ request: APIRequest) -> APIResponse? {
    guard request.segments.count >= 3, request.segments[0] == "apis",
      versions.contains(where: {
        $0.group == request.segments[1] && $0.version == request.segments[2] && !$0.isAvailable
      })
    else { return nil }
    return .text("service unavailable\n", status: 503)
  }
}
