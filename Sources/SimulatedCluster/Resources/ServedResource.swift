/// One resource of the API: what discovery says about it and what the store keeps its objects under.
struct ServedResource: Hashable, Sendable {
  let group: String
  let version: String
  let plural: String
  let singular: String
  let kind: String
  let isNamespaced: Bool
  let verbs: [String]
  let shortNames: [String]
  let categories: [String]
  let subresources: [Subresource]
  /// A resource of a CustomResourceDefinition, whose JSON has its members sorted and names its kind in every list item.
  let isCustom: Bool
  /// The resource under which another API group's objects are stored that this one serves as well; `nil`: it has its own.
  let storedAs: String?

  static let everyVerb = [
    "create", "delete", "deletecollection", "get", "list", "patch", "update", "watch",
  ]

  init(
    _ plural: String,
    _ kind: String,
    group: String = "",
    version: String = "v1",
    singular: String? = nil,
    isNamespaced: Bool = true,
    verbs: [String] = Self.everyVerb,
    shortNames: [String] = [],
    categories: [String] = [],
    subresources: [Subresource] = [],
    isCustom: Bool = false,
    storedAs: String? = nil
  ) {
    self.group = group
    self.version = version
    self.plural = plural
    self.singular = singular ?? kind.lowercased()
    self.kind = kind
    self.isNamespaced = isNamespaced
    self.verbs = verbs
    self.shortNames = shortNames
    self.categories = categories
    self.subresources = subresources
    self.isCustom = isCustom
    self.storedAs = storedAs
  }

  /// `v1`, `apps/v1`.
  var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

  /// `pods`, `deployments.apps`.
  var qualifiedPlural: String { group.isEmpty ? plural : "\(plural).\(group)" }

  /// What the store files objects under, whatever group and version they were asked in.
  var storageKey: String { storedAs ?? qualifiedPlural }

  /// Whether `status` is written through its own path and ignored on the main one.
  var hasStatus: Bool { subresources.contains { $0.name == "status" } }
}

/// A path below an object, such as `pods/eviction`.
struct Subresource: Hashable, Sendable {
  let name: String
  let group: String
  let version: String
  /// `nil`: the kind of the object itself.
  let kind: String?
  let verbs: [String]

  init(
    _ name: String,
    kind: String? = nil,
    group: String = "",
    version: String = "",
    verbs: [String] = ["get", "patch", "update"]
  ) {
    self.name = name
    self.kind = kind
    self.group = group
    self.version = version
    self.verbs = verbs
  }

  static let approval = Subresource("approval")
  static let status = Subresource("status")
  static let token = Subresource(
    "token",
    kind: "TokenRequest",
    group: "authentication.k8s.io",
    version: "v1",
    verbs: ["create"]
  )
  static let scale = Subresource("scale", kind: "Scale", group: "autoscaling", version: "v1")
}
