/// Every resource that is served now: the built-in ones and those that definitions add.
struct Catalogue: Sendable {
  let registry: Registry

  private static let builtIn = Dictionary(grouping: BuiltInResources.all, by: \.apiVersion)
    .mapValues { resources in
      Dictionary(resources.map { ($0.plural, $0) }, uniquingKeysWith: { first, _ in first })
    }

  func resource(apiVersion: String, plural: String) -> ServedResource? {
    Self.builtIn[apiVersion]?[plural]
      ?? custom.first { $0.apiVersion == apiVersion && $0.plural == plural }
  }

  func resource(apiVersion: String, kind: String) -> ServedResource? {
    Self.builtIn[apiVersion]?.values.first { $0.kind == kind }
      ?? custom.first { $0.apiVersion == apiVersion && $0.kind == kind }
  }

  /// Finds `pods`, `deployments.apps`, `widgets.example.com`.
  func resource(qualifiedPlural: String) -> ServedResource? {
    BuiltInResources.byQualifiedPlural[qualifiedPlural]
      ?? custom.first { $0.qualifiedPlural == qualifiedPlural }
  }

  /// The resources that definitions add.
  ///
  /// A definition that is being deleted still serves what is left of its instances.
  var custom: [ServedResource] {
    registry.objects(.customResourceDefinitions).flatMap(CustomDefinitions.resources)
  }

  var all: [ServedResource] { BuiltInResources.all + custom }

  /// One resource for each kind of object that is stored.
  var stored: [ServedResource] {
    var seen: Set<String> = []
    return all.filter { $0.verbs.contains("list") && seen.insert($0.storageKey).inserted }
  }
}
