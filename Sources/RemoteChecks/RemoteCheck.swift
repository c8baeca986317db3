import CEL
import Inspection
import KubernetesCEL
package import KubernetesObjects
import Rules
package import UserConfiguration
import WireFormats

/// A remote check that can be asked: its kinds, filters and fields are understood.
package struct RemoteCheck: Sendable {
  package let settings: RemoteCheckSettings
  package let kinds: [ObjectKind]
  /// What has to be kept of the objects for it; `nil` where that is nothing besides their records.
  package let extended: KindExtension?
  private let namespaces: NameFilter
  private let condition: CELProgram?
  /// What is sent of what is kept.
  private let sent: FieldProjection

  package var name: String { settings.name }

  /// Understands what a configuration says; throws all that is wrong with it.
  package init(_ settings: RemoteCheckSettings) throws(ConfigurationError) {
    var mistakes: [ConfigurationMistake] = []
    func note(_ text: RemoteCheckSettings.Text, _ reason: String) {
      mistakes.append(ConfigurationMistake(place: text.place, reason: reason))
    }
    var kinds: [ObjectKind] = []
    for text in settings.kinds {
      switch KindName.kind(text.text) {
      case .success(let kind): kinds.append(kind)
      case .failure(let mistake): note(text, "\(QuotedText.excerpt(text.text)) \(mistake.reason)")
      }
    }
    var namespaces = NameFilter()
    for text in settings.namespaces {
      if let problem = namespaces.add(text.text) {
        note(text, "\(QuotedText.excerpt(text.text)) is not a name or glob: \(problem)")
      }
    }
    var kept = FieldProjection()
    for path in settings.fields { kept.keep(path.steps.map(FieldProjection.Step.init)) }
    sent = kept
    var program: CELProgram?
    if let text = settings.condition {
      do throws(CELProblems) {
        let environment = CELEnvironment(
          variables: [CELEnvironment.Variable("object", .dynamic)],
          libraries: CELLibrary.kubernetes
        )
        let compiled = try environment.compile(text.text, returning: .bool)
        for use in compiled.fieldUses {
          kept.keep(use.path.map(FieldProjection.Step.init), whole: use.extent == .whole)
        }
        program = compiled
      } catch {
        for problem in error.problems {
          note(text, "\(problem.position): \(QuotedText.escaped(problem.message))")
        }
      }
    }
    guard mistakes.isEmpty else { throw .mistakes(mistakes) }
    self.settings = settings
    self.kinds = kinds
    self.namespaces = namespaces
    condition = program
    if settings.fields.isEmpty, program == nil {
      extended = nil
    } else {
      var extended = KindExtension()
      extended.projection = kept
      self.extended = extended
    }
  }

  /// The object that events call so; `nil` where it is of no kind that the service is told of.
  package func key(ofSubject text: String) -> ObjectKey? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard 2...3 ~= parts.count, parts.allSatisfy({ !$0.isEmpty }),
      let kind = kinds.first(where: { $0.description == parts[0] })
    else { return nil }
    let namespace = parts.count == 3 ? parts[1] : ""
    return ObjectKey(kind, namespace: namespace, name: parts[parts.count - 1])
  }

  /// What the service is told of an object; `nil` where it is told nothing, or not yet.
  package func view(
    of record: any ObjectRecord,
    apiVersion: String,
    fields: ProjectedFields?
  ) -> RemoteObject? {
    let metadata = record.metadata
    guard kinds.contains(record.kind), namespaces.includes(metadata.namespace),
      settings.labels.allSatisfy({ metadata.labels[$0.key] == $0.value }),
      extended == nil || fields != nil
    else { return nil }
    if let condition {
      let object = CELValue.object(FieldsObject(fields ?? ProjectedFields()))
      guard case .bool(true)? = try? condition.evaluate([object]) else { return nil }
    }
    return RemoteObject(
      key: record.key,
      uid: metadata.uid,
      apiVersion: apiVersion,
      fields: fields.map { $0.json(keptBy: sent) } ?? .object([:])
    )
  }
}

extension FieldProjection.Step {
  fileprivate init(_ step: RecordPath.Step) {
    switch step {
    case .name(let name): self = .member(name)
    case .all, .index: self = .any
    }
  }

  fileprivate init(_ step: CELFieldUse.Step) {
    switch step {
    case .field(let name): self = .member(name)
    case .element: self = .any
    }
  }
}
