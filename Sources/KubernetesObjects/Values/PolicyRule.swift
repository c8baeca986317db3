package import WireFormats

/// What a role allows (`rbac.v1.PolicyRule`).
package struct PolicyRule: Hashable, Sendable {
  package var verbs: [String] = []
  package var apiGroups: [String] = []
  package var resources: [String] = []
  /// None for all objects.
  package var resourceNames: [String] = []
  package var nonResourceURLs: [String] = []

  package init() {}
}

extension PolicyRule: FieldReadable {
  private enum Field: Int, WireField {
    case verbs = 1, apiGroups, resources, resourceNames, nonResourceURLs
    static let fieldNames = FieldNames<Self>()
  }

  package init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .verbs: try reader.append(to: &verbs)
      case .apiGroups: try reader.append(to: &apiGroups)
      case .resources: try reader.append(to: &resources)
      case .resourceNames: try reader.append(to: &resourceNames)
      case .nonResourceURLs: try reader.append(to: &nonResourceURLs)
      }
    }
  }
}
