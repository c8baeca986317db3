import CEL
import Healing
import Inspection
import KubernetesObjects
import YAMLReading

/// Makes checks of what was read of a pack, and works out what has to be kept of objects for them.
struct RuleCompiler {
  let pack: String
  let parameters: ProjectedFields
  private(set) var extensions: [ObjectKind: KindExtension] = [:]

  init(pack: String, parameters: ProjectedFields) {
    self.pack = pack
    self.parameters = parameters
  }

  mutating func compile(_ draft: ReferenceDraft, _ reader: inout RulePackReader)
    -> DeclaredReferenceCheck
  {
    extensions[draft.kind, default: KindExtension()].add(draft.reference)
    let exceptions = reader.exceptions.filter { exception in
      exception.condition == nil && exception.rules.includes(draft.id.description)
    }
    return DeclaredReferenceCheck(
      id: draft.id,
      title: draft.title,
      severity: draft.severity,
      settles: draft.settles,
      explanation: draft.explanation,
      explains: reader.causes.filter { $0.cause == draft.id }.map(\.explanation)
        + .ofConditions,
      pack: pack,
      kind: draft.kind,
      reference: draft.reference,
      field: draft.field,
      exceptions: exceptions.map { ($0.match, $0.end) }
    )
  }

  mutating func compile(_ draft: RuleDraft, _ reader: inout RulePackReader) -> RuleCheck? {
    let drafts = reader.exceptions.filter { $0.rules.includes(draft.id.description) }
    let texts =
      [draft.filter, draft.condition].compactMap(\.self) + draft.evidence
      + drafts.compactMap(\.condition) + draft.remedies.flatMap(\.expressions)
    var sources: [ObjectSource] = []
    for source in texts.flatMap(\.sources) + draft.message.pieces.sources
    where !sources.contains(source) {
      sources.append(source)
    }
    let language = RuleLanguage(sources: sources, parameters: parameters)
    func program(_ text: RuleText, _ type: CELType = .dynamic) -> CELProgram? {
      reader.compiled(at: text.place) { () throws(CELProblems) in
        try language.compile(text, returning: type)
      }
    }
    let filter = draft.filter.map { program($0, .bool) }
    let condition = program(draft.condition, .bool)
    let message = reader.compiled(at: draft.message.place) { () throws(CELProblems) in
      try MessageTemplate(draft.message.pieces, in: language)
    }
    let proofs = draft.evidence.compactMap { text in
      program(text).map { RuleCheck.Proof(path: text.evidencePath, program: $0) }
    }
    let exceptions = drafts.compactMap { draft -> RuleException? in
      let condition = draft.condition.map { program($0, .bool) }
      if case .some(nil) = condition { return nil }
      return RuleException(match: draft.match, condition: condition ?? nil, end: draft.end)
    }
    let remedies = draft.remedies.compactMap { remedy -> RemedyDraft<CELProgram>? in
      let programs = remedy.expressions.map { program($0) }
      guard programs.allSatisfy({ $0 != nil }) else { return nil }
      var next = programs.compactMap(\.self)[...]
      return remedy.map { _ in next.removeFirst() }
    }
    guard let condition, let message else { return nil }
    let programs =
      [condition, filter ?? nil].compactMap(\.self) + message.programs + proofs.map(\.program)
      + exceptions.compactMap(\.condition) + remedies.flatMap(\.expressions)
    let uses = programs.reduce(into: Set<CELFieldUse>()) { $0.formUnion($1.fieldUses) }
    keep(uses, of: draft.match.kinds, sources)
    let readSources = Set(
      sources.filter { source in
        uses.contains { $0.variable == source.name && $0.isOfElement(of: source) }
      }
    )
    return RuleCheck(
      id: draft.id,
      title: draft.title,
      severity: draft.severity,
      settles: draft.settles,
      needs: Set(sources.map(\.kind)).sorted(),
      explains: reader.causes.filter { $0.cause == draft.id }.map(\.explanation)
        + (uses.contains(where: \.isOfConditions) ? .ofConditions : []),
      explanation: draft.explanation,
      scope: draft.match.kinds.count == 1 ? .kind(draft.match.kinds[0]) : .kinds(draft.match.kinds),
      pack: pack,
      remedies: remedies.map(\.id),
      healing: remedies.map { remedy in
        RuleRemedy(
          id: remedy.id,
          title: remedy.title,
          disruption: remedy.disruption,
          proofLimit: remedy.proofLimit,
          orders: RuleOrders(
            remedy: remedy,
            parameters: parameters,
            sources: sources,
            readSources: readSources
          )
        )
      },
      match: draft.match,
      filter: filter ?? nil,
      condition: condition,
      usesClock: draft.condition.usesClock,
      usesOld: uses.contains { $0.variable == RuleLanguage.Variable.old.name },
      readsObject: uses.contains { $0.variable == RuleLanguage.Variable.object.name },
      message: message,
      proofs: proofs,
      exceptions: exceptions,
      parameters: parameters,
      sources: sources,
      readSources: readSources
    )
  }

  /// Sees to it that what expressions read is kept of objects.
  private mutating func keep(
    _ uses: Set<CELFieldUse>,
    of kinds: [ObjectKind],
    _ sources: [ObjectSource]
  ) {
    for use in uses {
      switch use.variable {
      case RuleLanguage.Variable.object.name, RuleLanguage.Variable.old.name:
        for kind in kinds {
          var known = extensions[kind] ?? KindExtension()
          known.projection.keep(use.steps, whole: use.extent == .whole)
          if use.variable == RuleLanguage.Variable.old.name { known.remembersPrevious = true }
          extensions[kind] = known
        }
      default:
        guard let source = sources.first(where: { $0.name == use.variable }),
          use.isOfElement(of: source)
        else { continue }
        var known = extensions[source.kind] ?? KindExtension()
        known.projection.keep(use.steps.dropFirst(source.depth), whole: use.extent == .whole)
        if source.depth == 1 { known.isReadByNeighbours = true }
        extensions[source.kind] = known
      }
    }
  }
}

extension [Explanation] {
  /// That the object's conditions say no, which KPatrol's own check finds of every custom kind: what tells
  /// more of it is one finding with that.
  fileprivate static let ofConditions = sameSubject("unhealthy/condition")
}

extension CELFieldUse {
  fileprivate var isOfConditions: Bool {
    variable == RuleLanguage.Variable.object.name
      && Array(path.prefix(2)) == [.field("status"), .field("conditions")]
  }

  fileprivate var steps: [FieldProjection.Step] {
    path.map { step in
      switch step {
      case .field(let name): .member(name)
      case .element: .any
      }
    }
  }

  /// Whether it reads something of an object, and not only which objects there are.
  fileprivate func isOfElement(of source: ObjectSource) -> Bool {
    path.count > source.depth || path.count == source.depth && extent == .whole
  }
}

extension RuleText {
  /// What evidence calls the value: the field, or else the expression itself.
  fileprivate var evidencePath: String {
    let text = source.split(separator: "\n").joined(separator: " ")
    guard text.hasPrefix("object."), !text.contains(where: { " (".contains($0) }) else {
      return text
    }
    return String(text.dropFirst("object.".count))
  }
}
