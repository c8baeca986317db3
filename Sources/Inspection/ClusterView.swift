package import ClusterGraph
package import KubernetesObjects

/// What a check may look at: its subject's vertex and what is along its edges, nothing else.
package struct ClusterView {
  /// What is the same for all views of a batch, so that a copy of a view costs next to nothing.
  private final class Scene {
    let graph: ClusterGraph
    let facts: FactTable
    let thresholds: ThresholdValues
    let questions: KnowledgeQuestions.Round?
    let lookups: ObjectLookups.Round?
    /// Along which edges was looked.
    var read = RelationSet()

    init(
      _ graph: ClusterGraph,
      _ facts: FactTable,
      _ thresholds: ThresholdValues,
      _ questions: KnowledgeQuestions.Round?,
      _ lookups: ObjectLookups.Round?
    ) {
      self.graph = graph
      self.facts = facts
      self.thresholds = thresholds
      self.questions = questions
      self.lookups = lookups
    }
  }

  private let scene: Scene
  /// The vertex that the view is around; a batch moves one view from vertex to vertex.
  var handle: Handle
  /// The position of the check that looks.
  var check = 0

  init(
    _ graph: ClusterGraph,
    around handle: Handle,
    facts: FactTable = FactTable([]),
    thresholds: ThresholdValues = ThresholdValues(),
    questions: KnowledgeQuestions.Round? = nil,
    lookups: ObjectLookups.Round? = nil
  ) {
    scene = Scene(graph, facts, thresholds, questions, lookups)
    self.handle = handle
  }

  /// What one look at a vertex shows, of which nothing is kept to look again.
  package static func around(_ handle: Handle, in graph: ClusterGraph) -> ClusterView {
    ClusterView(graph, around: handle)
  }

  /// Takes out along which edges was looked since the last time.
  func takeRead() -> RelationSet {
    let read = scene.read
    scene.read = RelationSet()
    return read
  }

  /// Notes that what is along edges of `relation` is asked for, as every such question has to: who never
  /// asks is not run again when something changes there.
  private func note(_ relation: Relation) { scene.read.insert(relation) }

  private var graph: ClusterGraph { _read { yield scene.graph } }

  /// The vertices that the subject names over `relation`.
  package func targets(over relation: Relation) -> [Neighbour] {
    note(relation)
    return graph.targets(of: handle, over: relation)
  }

  /// The vertices that name the subject over `relation`, in a stable order.
  package func referrers(over relation: Relation) -> [Neighbour] {
    note(relation)
    return graph.referrers(of: handle, over: relation).sorted { $0.id < $1.id }
  }

  /// Whether anybody names the subject over `relation`.
  package func hasReferrer(over relation: Relation) -> Bool {
    note(relation)
    return graph.hasReferrer(handle, over: relation)
  }

  /// Whether anybody names the subject over one of `relations`.
  package func hasReferrer(overAnyOf relations: [Relation]) -> Bool {
    relations.contains { hasReferrer(over: $0) }
  }

  /// Whether the subject names over `relation` what it needs and what is known not to be there:
  /// cheaper than ``missingTargets(over:)`` where nothing is.
  package func misses(over relation: Relation) -> Bool {
    note(relation)
    return graph.misses(handle, over: relation)
  }

  /// What the subject names over `relation`, needs, and what is known not to be there.
  package func missingTargets(over relation: Relation) -> [Neighbour] {
    guard misses(over: relation) else { return [] }
    return targets(over: relation).filter { !$0.isOptional && $0.presence.isAbsent }
  }

  /// Whether an object that is there and that the subject names over `relation` fulfils
  /// `condition`; makes no list of them.
  package func hasTarget(
    over relation: Relation,
    where condition: (any ObjectRecord) -> Bool
  ) -> Bool {
    note(relation)
    return graph.hasTarget(of: handle, over: relation, where: condition)
  }

  /// The records of one kind that name the subject over `relation`, in a stable order.
  package func referrers<Record: TypedRecord>(
    _ type: Record.Type,
    over relation: Relation
  ) -> [Record] {
    referrers(over: relation).compactMap { $0.presence.record?.typed(as: Record.self) }
  }

  /// The records of one kind that the subject names over `relation`.
  package func targets<Record: TypedRecord>(
    _ type: Record.Type,
    over relation: Relation
  ) -> [Record] {
    targets(over: relation).compactMap { $0.presence.record?.typed(as: Record.self) }
  }

  /// How many name the subject over `relation`, of all kinds or of one.
  package func referrerCount(over relation: Relation, kind: ObjectKind? = nil) -> Int {
    note(relation)
    return graph.referrerCount(of: handle, over: relation, kind: kind)
  }

  /// Calls `body` with the records of one kind that name the subject over `relation`, in no order;
  /// cheaper than their names where there are many.
  package func forEachReferrer<Record: TypedRecord>(
    _ type: Record.Type,
    over relation: Relation,
    _ body: (Record) -> Void
  ) {
    note(relation)
    graph.forEachReferrer(of: handle, over: relation) { record in
      if let record = record.typed(as: Record.self) { body(record) }
    }
  }

  /// Calls `body` with the records of one kind that the subject selects, in no order; cheaper than
  /// their names where there are many.
  package func forEachSelected<Record: TypedRecord>(
    _ type: Record.Type,
    _ body: (Record) -> Void
  ) {
    note(.selection)
    graph.forEachSelected(by: handle) { record in
      if let record = record.typed(as: Record.self) { body(record) }
    }
  }

  /// Whether any object for which `isWanted` holds names the subject over `relation`; looks no
  /// further than the first.
  package func hasReferrer(
    over relation: Relation,
    where isWanted: (_ kind: ObjectKind, _ name: String) -> Bool
  ) -> Bool {
    note(relation)
    return graph.hasReferrer(handle, over: relation, where: isWanted)
  }

  /// Whether one of the selections of the subject's peers, which is in `namespace` itself, selects
  /// anything.
  package func hasPeers(_ peers: Selection, in namespace: String) -> Bool {
    note(.selection)
    return graph.hasPeers(handle, peers, in: namespace)
  }

  /// Whether an object of `kind` selects any of what the subject selects.
  package func sharesSelection(with kind: ObjectKind) -> Bool {
    note(.selection)
    return graph.sharesSelection(handle, with: kind)
  }

  /// One of the objects of `kind` that the subject selects, always the same of several.
  package func firstSelected(_ kind: ObjectKind) -> (any ObjectRecord)? {
    note(.selection)
    return graph.firstSelected(by: handle, kind).flatMap(graph.record(of:))
  }

  /// Whether the subject selects any object for which `isWanted` holds; looks no further than the
  /// first.
  package func selects(where isWanted: (any ObjectRecord) -> Bool) -> Bool {
    note(.selection)
    return graph.selects(handle, where: isWanted)
  }

  /// What is kept of the subject besides its record.
  package var fields: ProjectedFields? { graph.projectedFields(of: handle) }

  /// The same as it was before the subject's last change, where that is remembered.
  package var previousFields: ProjectedFields? { graph.previousFields(of: handle) }

  /// What is kept of a vertex along an edge besides its record.
  package func fields(of neighbour: Neighbour) -> ProjectedFields? {
    graph.projectedFields(of: neighbour.handle)
  }

  /// An object by its name, wherever it is: the subject is inspected again when that object changes.
  package func lookUp(_ key: ObjectKey) -> (presence: Presence, fields: ProjectedFields?) {
    scene.lookups?.note(key, askedBy: handle)
    let fields = graph.handle(of: .object(key)).flatMap { graph.projectedFields(of: $0) }
    return (graph.presence(of: .object(key)), fields)
  }

  /// A fact of a vertex along an edge; `nil` where the vertex is no object that is there.
  package func fact<Fact: DerivedFact>(_ type: Fact.Type, of neighbour: Neighbour) -> Fact? {
    scene.facts.fact(type, of: neighbour.handle)
  }

  /// What happened lately to the subject, oldest first.
  package func moments(_ kind: Moment.Kind) -> [Timestamp] { graph.moments(kind, of: handle) }

  /// What happened lately to a vertex along an edge, oldest first.
  package func moments(_ kind: Moment.Kind, of neighbour: Neighbour) -> [Timestamp] {
    graph.moments(kind, of: neighbour.handle)
  }

  /// What holds for the cluster as a whole.
  package var surroundings: ClusterSurroundings { graph.surroundings }

  /// What all Nodes together have for Pods, for checks about autoscalers alone.
  package var capacity: ClusterCapacity { graph.capacity }

  /// A threshold as the user wants it.
  package func value(of threshold: Threshold) -> Double {
    scene.thresholds.value(of: threshold, ofCheckAt: check)
  }

  /// Whether the objects of `kind` are known, so that one that is not there is absent.
  package func isKnown(_ kind: ObjectKind) -> Bool {
    scene.questions?.note(kind, askedBy: handle)
    return graph.knowledge(of: kind) == .known
  }

  /// Whether the objects of `kind` may not be seen, so that nothing is known of them.
  package func isForbidden(_ kind: ObjectKind) -> Bool {
    scene.questions?.note(kind, askedBy: handle)
    return graph.isForbidden(kind)
  }

  /// Whether the objects of `kind` in one namespace are known.
  package func isKnown(_ kind: ObjectKind, in namespace: String) -> Bool {
    scene.questions?.note(kind, askedBy: handle)
    switch graph.knowledge(of: kind) {
    case .known: return true
    case .knownIn(let followed): return followed.contains(namespace)
    case .unknown: return false
    }
  }
}
