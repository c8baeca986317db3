import CEL
import ClusterGraph
import Inspection
import KubernetesObjects

/// The values of one rule's variables for one subject.
final class RuleScene: CELVariables {
  private let fields: FieldsObject
  private let old: FieldsObject?
  private let parameters: FieldsObject
  private let sources: [ObjectSource]
  /// Those of `sources` of whose objects fields are read.
  private let read: Set<ObjectSource>
  private let view: ClusterView
  private let namespace: String
  private var values: [Int: CELValue] = [:]
  /// What `now` is; `nil` where it is not asked for.
  var clock: ClockReading?
  /// Whether something was asked for that is not known: then nothing that came of it counts.
  fileprivate(set) var isBlind = false

  init(
    fields: FieldsObject,
    old: FieldsObject?,
    parameters: FieldsObject,
    sources: [ObjectSource],
    read: Set<ObjectSource>,
    namespace: String,
    view: ClusterView
  ) {
    self.fields = fields
    self.old = old
    self.parameters = parameters
    self.sources = sources
    self.read = read
    self.namespace = namespace
    self.view = view
  }

  func value(at index: Int) -> CELValue? {
    guard let variable = RuleLanguage.Variable(rawValue: index) else {
      if let value = values[index] { return value }
      let value = value(of: sources[index - RuleLanguage.Variable.allCases.count])
      values[index] = value
      return value
    }
    switch variable {
    case .object: return .object(fields)
    case .old: return old.map { .object($0) }
    case .now: return clock.map { .opaque($0) }
    case .cluster: return .object(FieldsObject(ClusterFacts.fields(of: view.surroundings)))
    case .params: return .object(parameters)
    }
  }

  private func value(of source: ObjectSource) -> CELValue {
    switch source {
    case .lookup: return .object(LookedUpNamespaces(source, self))
    case .references(let kind):
      _ = view.isKnown(kind)
      return objects(of: source) { view.targets(over: $0) }
    case .referrers(let kind):
      if !isKnown(kind, in: namespace) { isBlind = true }
      return objects(of: source) { view.referrers(over: $0) }
    }
  }

  private func isKnown(_ kind: ObjectKind, in namespace: String) -> Bool {
    namespace.isEmpty ? view.isKnown(kind) : view.isKnown(kind, in: namespace)
  }

  /// The objects along the subject's edges, each once, in the order of their names.
  private func objects(
    of source: ObjectSource,
    _ neighbours: (Relation) -> [Neighbour]
  ) -> CELValue {
    var found: [ObjectKey: Neighbour] = [:]
    for relation in Relation.allCases where relation != .namespace {
      for neighbour in neighbours(relation) {
        guard let key = neighbour.id.objectKey, key.kind == source.kind else { continue }
        found[key] = neighbour
      }
    }
    let objects = found.sorted { $0.key < $1.key }.compactMap { _, neighbour in
      object(source, neighbour.presence, view.fields(of: neighbour))
    }
    return .list(objects)
  }

  /// An object that is there; notes where nothing is known.
  private func object(
    _ source: ObjectSource,
    _ presence: Presence,
    _ fields: ProjectedFields?
  ) -> CELValue? {
    switch presence {
    case .present:
      if fields == nil, read.contains(source) { isBlind = true }
      return .object(FieldsObject(fields ?? ProjectedFields()))
    case .unknown: isBlind = true
    case .absent, .notAnObject: break
    }
    return nil
  }

  fileprivate func object(_ source: ObjectSource, in namespace: String, named name: String)
    -> CELValue?
  {
    guard !name.isEmpty else { return nil }
    if !isKnown(source.kind, in: namespace) {
      isBlind = true
      return nil
    }
    let found = view.lookUp(ObjectKey(source.kind, namespace: namespace, name: name))
    return object(source, found.presence, found.fields)
  }
}

/// The namespaces of a kind's objects, by their names.
private final class LookedUpNamespaces: CELObject, @unchecked Sendable {
  // Unchecked, for a scene lasts for one evaluation on one thread.
  private let source: ObjectSource
  private let scene: RuleScene
  let fieldNames: [String] = []

  init(_ source: ObjectSource, _ scene: RuleScene) {
    self.source = source
    self.scene = scene
  }

  func field(named name: String) -> CELValue? {
    .object(LookedUpNames(source, in: name, scene))
  }
}

/// The objects of a kind in a namespace, by their names.
private final class LookedUpNames: CELObject, @unchecked Sendable {
  // Unchecked, for a scene lasts for one evaluation on one thread.
  private let source: ObjectSource
  private let namespace: String
  private let scene: RuleScene
  let fieldNames: [String] = []

  init(_ source: ObjectSource, in namespace: String, _ scene: RuleScene) {
    self.source = source
    self.namespace = namespace
    self.scene = scene
  }

  func field(named name: String) -> CELValue? { scene.object(source, in: namespace, named: name) }
}
