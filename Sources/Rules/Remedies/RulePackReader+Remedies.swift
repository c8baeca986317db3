import CEL
import Healing
import Inspection
import KubernetesObjects
import UserConfiguration
import WireFormats
import YAMLReading

extension RulePackReader {
  private static let actions = ["annotate", "delete", "patch", "restart", "scale"]
  /// What patches may change of an object's metadata; all else tells which object it is, or is the server's.
  private static let patchableMetadata = ["annotations", "finalizers", "labels"]

  /// What the remedies of a rule are.
  mutating func remedies(
    _ value: YAMLValue?,
    of rule: CheckID?,
    about kinds: [ObjectKind]
  ) -> [RemedyDraft<RuleText>] {
    var names: Set<String> = []
    return elements(value).compactMap { remedy($0, of: rule, about: kinds, &names) }
  }

  private mutating func remedy(
    _ value: YAMLValue,
    of rule: CheckID?,
    about kinds: [ObjectKind],
    _ names: inout Set<String>
  ) -> RemedyDraft<RuleText>? {
    let values = fields(of: value, under: "rules[].remedies[]")
    let id = values["id"].flatMap { remedyID($0, of: rule, &names) }
    let title = values["title"].flatMap { text($0) }
    let reason = values["reason"].flatMap { template($0) } ?? .constant(.string(""))
    let target = values["target"].map { readTarget($0) }
    let named = Self.actions.filter { values[$0] != nil }
    guard named.count == 1 else {
      // What was meant is told already where a key is not known.
      let known = RulePackKey.keys(under: "rules[].remedies[]").map(\.name)
      guard value.names.allSatisfy(known.contains) else { return nil }
      let words = Self.actions.joined(separator: ", ")
      note(value.place, "it needs one of \(words), and no more than one")
      return nil
    }
    let disruption = readDisruption(values["disruption"], of: named[0])
    if let part = values["subresource"], named[0] != "patch" {
      note(part.place, "only a patch may be of a subresource")
    }
    let changed = target.map { target in (target?.kind).map { [$0] } ?? [] } ?? kinds
    let action = action(named[0], values, on: changed)
    let limit = duration(values["within"], byDefault: .seconds(60))
    guard let id, let title, let action, target.map({ $0 != nil }) ?? true else { return nil }
    return RemedyDraft(
      id: id,
      title: title,
      reason: reason,
      target: target ?? nil,
      action: action,
      disruption: disruption,
      proofLimit: limit
    )
  }

  /// The rule's id, with the remedy's name behind it.
  private mutating func remedyID(
    _ value: YAMLValue,
    of rule: CheckID?,
    _ names: inout Set<String>
  ) -> RemedyID? {
    guard let name = text(value) else { return nil }
    guard Self.isName(name) else {
      note(value.place, "it is no name; write lower-case letters, digits and - alone")
      return nil
    }
    guard names.insert(name).inserted else {
      note(value.place, "another remedy of the rule is named \(name), too")
      return nil
    }
    return rule.map { RemedyID(stringLiteral: "\($0)/\(name)") }
  }

  private mutating func readTarget(_ value: YAMLValue) -> RemedyDraft<RuleText>.Target? {
    let values = fields(of: value, under: "rules[].remedies[].target")
    let kind = values["kind"].flatMap { self.kind($0) }
    let name = values["name"].flatMap { template($0) }
    let namespace = values["namespace"].flatMap { template($0) }
    guard let kind, let name else { return nil }
    return RemedyDraft.Target(kind: kind, name: name, namespace: namespace)
  }

  private mutating func readDisruption(
    _ value: YAMLValue?,
    of action: String
  ) -> HealPlan.Disruption {
    guard let value, let text = value.scalar else { return .none }
    if !["annotate", "patch"].contains(action) {
      note(value.place, "what a \(action) disturbs is worked out; it is for annotate and patch")
    }
    return HealPlan.Disruption(ofPacks: text) ?? .none
  }

  private mutating func action(
    _ name: String,
    _ values: [String: YAMLValue],
    on kinds: [ObjectKind]
  ) -> RemedyDraft<RuleText>.Action? {
    guard let value = values[name] else { return nil }
    switch name {
    case "annotate":
      guard let entries = read({ () throws(YAMLProblem) in try value.entries() }) else {
        return nil
      }
      if entries.isEmpty { note(value.place, "it names no annotation") }
      return .annotate(
        entries.map { entry in
          (entry.name, entry.value.isNull ? nil : textTemplate(entry.value))
        }
      )
    case "patch":
      if let kind = kinds.first(where: { $0 == Secret.kind }) {
        note(value.place, "a pack may not patch a \(kind.name)")
      }
      refuseIdentity(in: value)
      guard let body = template(value) else { return nil }
      return .patch(body, subresource: values["subresource"]?.scalar ?? "")
    case "scale":
      refuse(kinds, but: [Deployment.kind, ReplicaSet.kind, StatefulSet.kind], at: value)
      return expression(value).map { .scale($0) }
    case "delete", "restart":
      if boolean(value) == false { note(value.place, "write true, or leave it out") }
      guard name == "restart" else { return .delete }
      refuse(kinds, but: [DaemonSet.kind, Deployment.kind, StatefulSet.kind], at: value)
      return .restart
    default: return nil
    }
  }

  private mutating func refuse(
    _ kinds: [ObjectKind],
    but allowed: [ObjectKind],
    at value: YAMLValue
  ) {
    guard let other = kinds.first(where: { !allowed.contains($0) }) else { return }
    let words = allowed.map(\.description).joined(separator: ", ")
    note(value.place, "a \(other) has none; it is for \(words): name one in target")
  }

  /// A patch changes an object, and makes no other of it.
  private mutating func refuseIdentity(in patch: YAMLValue) {
    guard patch.isMap else { return note(patch.place, "a patch is a map") }
    for name in ["apiVersion", "kind"] {
      guard let value = patch.value(name) else { continue }
      note(value.place, "it tells which object it is, and cannot be patched")
    }
    for name in patch.value("metadata")?.names ?? []
    where !Self.patchableMetadata.contains(name) {
      let words = Self.patchableMetadata.joined(separator: ", ")
      note(patch.absent("metadata").place.appending(name), "of metadata only \(words) are patched")
    }
  }
}

// MARK: - Templates

extension RulePackReader {
  /// A value whose texts may have expressions in them.
  private mutating func template(_ value: YAMLValue) -> RemedyTemplate<RuleText>? {
    if value.isMap {
      guard let entries = read({ () throws(YAMLProblem) in try value.entries() }) else {
        return nil
      }
      var members: [(String, RemedyTemplate<RuleText>)] = []
      for entry in entries {
        if let made = template(entry.value) { members.append((entry.name, made)) }
      }
      return .object(members)
    }
    guard let scalar = value.scalar else {
      return .list(elements(value).compactMap { template($0) })
    }
    return scalar.contains("{{") ? textTemplate(value) : .constant(value.json)
  }

  /// A text, whatever YAML makes of it.
  private mutating func textTemplate(_ value: YAMLValue) -> RemedyTemplate<RuleText>? {
    guard let text = text(value) else { return nil }
    guard text.contains("{{") else { return .constant(.string(text)) }
    let pieces = compiled(at: value.place) { () throws(CELProblems) in
      try RemedyTemplate.pieces(of: text, at: value.place)
    }
    return pieces.map { .text($0) }
  }
}

extension RemedyTemplate where Expression == RuleText {
  /// Takes a template apart; `{{ now }}` alone is the time at which the plan is made.
  fileprivate static func pieces(
    of text: String,
    at place: FieldPlace
  ) throws(CELProblems) -> [Piece] {
    var pieces: [Piece] = []
    var rest = text[...]
    while let start = rest.firstRange(of: "{{") {
      if start.lowerBound > rest.startIndex {
        pieces.append(.text(String(rest[..<start.lowerBound])))
      }
      guard let end = rest[start.upperBound...].firstRange(of: "}}") else {
        let position = SourcePosition(line: 1, column: 1)
        throw CELProblems([CELProblem(position: position, message: "{{ is not closed by }}")])
      }
      let source = String(rest[start.upperBound..<end.lowerBound])
      let isNow = source.filter { !$0.isWhitespace } == "now"
      pieces.append(isNow ? .now : .expression(try RuleText(source, at: place)))
      rest = rest[end.upperBound...]
    }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
    return pieces
  }
}

extension HealPlan.Disruption {
  /// What packs call what is disturbed.
  static let namesInPacks = ["none", "pod", "rolling", "outage", "data-loss"]

  init?(ofPacks name: String) {
    switch name {
    case "none": self = .none
    case "pod": self = .onePod
    case "rolling": self = .rolling
    case "outage": self = .outage
    case "data-loss": self = .dataLoss
    default: return nil
    }
  }
}
