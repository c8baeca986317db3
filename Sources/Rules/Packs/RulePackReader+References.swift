import Inspection
import KubernetesObjects
import UserConfiguration
import YAMLReading

extension RulePackReader {
  /// How long what is named must be absent: what is applied together comes in some order.
  private static let patience = Duration.seconds(30)

  mutating func readReference(_ value: YAMLValue) {
    let values = fields(of: value, under: "references[]")
    let id = values["id"].flatMap { newID($0) }
    let kind = values["from"].flatMap { self.kind($0) }
    let parent = values["field"].flatMap { steps($0) }
    let targets = elements(values["to"]).compactMap { target($0) }
    let members = ["name", "namespace", "kind", "group"].map { member in
      values[member].flatMap { text($0) }
    }
    let isOptional = boolean(values["optional"]) ?? false
    let severity = severity(values["severity"])
    let settles = duration(values["settles"], byDefault: Self.patience)
    let title = values["title"].flatMap { text($0) }
    let explanation = values["explain"].flatMap { text($0) } ?? ""
    if members[0] == nil,
      let other = ["namespace", "kind", "group"].first(where: { values[$0] != nil })
    {
      note(value.place.appending(other), "it needs name, the member that holds the name")
    }
    guard let id, let kind, let parent, !targets.isEmpty, let field = values["field"]?.scalar
    else { return }
    let reference = DeclaredReference(
      parent: parent,
      nameMember: members[0],
      namespaceMember: members[1],
      kindMember: members[2],
      groupMember: members[3],
      targets: targets,
      isOptional: isOptional
    )
    references.append(
      ReferenceDraft(
        id: id,
        title: title ?? "\(kind.name) names what does not exist by \(field)",
        kind: kind,
        reference: reference,
        field: field,
        severity: severity,
        settles: settles,
        explanation: explanation
      )
    )
  }

  /// The steps of `spec.rules[].backendRefs[]`; `{}` stands for any member of a map.
  private mutating func steps(_ value: YAMLValue) -> [FieldProjection.Step]? {
    guard let text = text(value) else { return nil }
    var steps: [FieldProjection.Step] = []
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      var name = part
      var count = 0
      while name.hasSuffix("[]") || name.hasSuffix("{}") {
        name.removeLast(2)
        count += 1
      }
      guard !name.isEmpty, !name.contains(where: { "[]{}* \"'".contains($0) }) else {
        note(
          value.place,
          "it is not a field; write spec.secretName, spec.refs[] or spec.parts{}.ref"
        )
        return nil
      }
      steps.append(.member(String(name)))
      steps += Array(repeating: .any, count: count)
    }
    return steps
  }

  private mutating func target(_ value: YAMLValue) -> DeclaredReference.Target? {
    guard value.isMap else {
      return kind(value).map { DeclaredReference.Target($0, isNamespaced: !$0.isClusterScoped) }
    }
    let values = fields(of: value, under: "references[].to[]")
    let isNamespaced = boolean(values["namespaced"])
    return values["kind"].flatMap { kind($0) }.map { kind in
      DeclaredReference.Target(kind, isNamespaced: isNamespaced ?? !kind.isClusterScoped)
    }
  }
}
