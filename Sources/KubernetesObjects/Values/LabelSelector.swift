import WireFormats

/// Which labels an object must have to be selected (`meta.v1.LabelSelector`).
///
/// Source: Kubernetes API reference, "Labels and Selectors".
package struct LabelSelector: Hashable, Sendable {
  package enum Requirement: Hashable, Sendable {
    case isOneOf(key: String, values: [String])
    case isNoneOf(key: String, values: [String])
    case exists(key: String)
    case doesNotExist(key: String)
    /// An operator that this program does not know: nothing is then selected.
    case unknown
  }

  /// Labels that must be there just so, in the order of their keys.
  package var matchLabels = Labels()
  package var matchExpressions: [Requirement] = []

  package init() {}

  package init(_ matchLabels: Labels) { self.matchLabels = matchLabels }

  /// Whether it asks for nothing, and so selects everything.
  package var isEmpty: Bool { matchLabels.isEmpty && matchExpressions.isEmpty }

  /// Whether it selects what has no labels: it is for everything then, but for some perhaps, and misses
  /// nobody where there is nothing.
  package var selectsUnlabelled: Bool { matches(Labels()) }

  /// Whether what it asks for is known.
  package var isUnderstood: Bool { !matchExpressions.contains(.unknown) }

  package func matches(_ labels: Labels) -> Bool {
    matchLabels.all.allSatisfy(labels.contains)
      && matchExpressions.allSatisfy { $0.matches(labels) }
  }

  /// Labels of which a selected object has one at least; empty where that cannot be said.
  package var anchors: [Labels.Label] {
    if let label = matchLabels.all.first { return [label] }
    for case .isOneOf(let key, let values) in matchExpressions {
      return values.map { Labels.Label(key, $0) }
    }
    return []
  }
}

extension LabelSelector.Requirement {
  func matches(_ labels: Labels) -> Bool {
    switch self {
    case .isOneOf(let key, let values): labels[key].map(values.contains) ?? false
    case .isNoneOf(let key, let values): labels[key].map { !values.contains($0) } ?? true
    case .exists(let key): labels[key] != nil
    case .doesNotExist(let key): labels[key] == nil
    case .unknown: false
    }
  }
}

extension LabelSelector: CustomStringConvertible {
  /// As `kubectl -l` takes it: `app=cart,tier in (web,api)`; `*` for all.
  package var description: String {
    let labels = matchLabels.all.map { "\($0.key)=\($0.value)" }
    let parts = labels + matchExpressions.map(\.description)
    return parts.isEmpty ? "*" : parts.joined(separator: ",")
  }
}

extension LabelSelector.Requirement: CustomStringConvertible {
  package var description: String {
    switch self {
    case .isOneOf(let key, let values): "\(key) in (\(values.joined(separator: ",")))"
    case .isNoneOf(let key, let values): "\(key) notin (\(values.joined(separator: ",")))"
    case .exists(let key): key
    case .doesNotExist(let key): "!\(key)"
    case .unknown: "?"
    }
  }
}

extension LabelSelector {
  private enum Field: Int, WireField {
    case matchLabels = 1, matchExpressions
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `meta.v1.LabelSelectorRequirement`.
  private enum RequirementField: Int, WireField {
    case key = 1, `operator`, values
    static let fieldNames = FieldNames<Self>()
  }

  init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .matchLabels: try matchLabels.append(reading: &reader)
      case .matchExpressions:
        try reader.append(to: &matchExpressions) { reader throws(WireError) in
          try Self.requirement(reading: &reader)
        }
      }
    }
  }

  private static func requirement(
    reading reader: inout FieldReader
  ) throws(WireError) -> Requirement {
    var key = ""
    var operation = ""
    var values: [String] = []
    try reader.beginObject()
    while let field = try reader.nextField(RequirementField.self) {
      switch field {
      case .key: key = try reader.string()
      case .operator: operation = try reader.string()
      case .values: try reader.append(to: &values)
      }
    }
    switch operation {
    case "In": return .isOneOf(key: key, values: values)
    case "NotIn": return .isNoneOf(key: key, values: values)
    case "Exists": return .exists(key: key)
    case "DoesNotExist": return .doesNotExist(key: key)
    default: return .unknown
    }
  }
}
