import CEL
import Inspection
import KubernetesObjects
import NameMatching
import UserConfiguration
import YAMLReading

/// Reads a rule pack, and collects everything that is wrong with it.
struct RulePackReader {
  /// No condition has to hold for longer.
  private static let longest = Duration.seconds(365 * 86_400)

  private(set) var mistakes: [ConfigurationMistake] = []
  var name = ""
  var parameters = ProjectedFields()
  var rules: [RuleDraft] = []
  var references: [ReferenceDraft] = []
  var causes: [CauseDraft] = []
  var exceptions: [ExceptionDraft] = []
  var tests: [RuleTest] = []
  /// The ids that there are, by where they stand.
  var ids: Set<CheckID> = []

  init(_ root: YAMLValue) {
    let values = fields(of: root, under: "")
    if let metadata = values["metadata"] {
      name = self.fields(of: metadata, under: "metadata")["name"].flatMap { packName($0) } ?? ""
    }
    if let value = values["params"] { readParameters(value) }
    for value in elements(values["rules"]) { readRule(value) }
    for value in elements(values["references"]) { readReference(value) }
    for value in elements(values["causes"]) { readCause(value) }
    for value in elements(values["exceptions"]) { readException(value) }
    for value in elements(values["tests"]) { readTest(value) }
  }

  private mutating func packName(_ value: YAMLValue) -> String? {
    let text = text(value)
    guard let text else { return nil }
    guard Self.isName(text) else {
      note(value.place, "it is no name; write lower-case letters, digits and - alone")
      return nil
    }
    guard Shape(rawValue: text) == nil else {
      note(value.place, "the ids of built-in checks begin with \(text)/")
      return nil
    }
    guard text != "remote" else {
      note(value.place, "the ids of remote checks begin with \(text)/")
      return nil
    }
    return text
  }

  static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }

  private mutating func readParameters(_ value: YAMLValue) {
    guard let entries = read({ () throws(YAMLProblem) in try value.entries() }) else { return }
    parameters = ProjectedFields(
      entries.map { .init(name: $0.name, value: ProjectedValue(json: $0.value.json)) }
    )
  }

  /// An id of the pack, written with or without the pack's name.
  mutating func id(_ value: YAMLValue) -> CheckID? {
    guard let text = text(value) else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, parts.allSatisfy(Self.isName) else {
      note(value.place, "it is no id; write not-ready or \(name)/not-ready")
      return nil
    }
    guard parts.count == 1 || parts[0] == name else {
      note(value.place, "an id of this pack begins with \(name)/")
      return nil
    }
    return CheckID(stringLiteral: "\(name)/\(parts[parts.count - 1])")
  }

  /// A new id of the pack.
  mutating func newID(_ value: YAMLValue) -> CheckID? {
    guard let id = id(value) else { return nil }
    guard ids.insert(id).inserted else {
      note(value.place, "another rule or reference has the id \(id) too")
      return nil
    }
    return id
  }

  /// An id of the pack that has to be there.
  mutating func knownID(_ value: YAMLValue) -> CheckID? {
    guard let id = id(value) else { return nil }
    guard !ids.contains(id) else { return id }
    let nearest = id.description.nearest(of: ids.map(\.description).sorted())
    let hint = nearest.map { "; did you mean \($0)?" } ?? ""
    note(value.place, "the pack has no rule or reference \(id)" + hint)
    return nil
  }
}

// MARK: - Values

extension RulePackReader {
  /// The values of a map's keys, of which all are known and all that are needed are there.
  mutating func fields(of value: YAMLValue, under parent: String) -> [String: YAMLValue] {
    let keys = RulePackKey.keys(under: parent)
    var values: [String: YAMLValue] = [:]
    guard let entries = read({ () throws(YAMLProblem) in try value.entries() }) else { return [:] }
    for entry in entries {
      guard let key = keys.first(where: { $0.name == entry.name }) else {
        let known = keys.map(\.name)
        let hint =
          entry.name.nearest(of: known).map { "did you mean \($0)?" }
          ?? "there are \(known.joined(separator: ", "))"
        note(entry.place, "there is no such key; \(hint)")
        continue
      }
      guard !entry.value.isNull, isAllowed(entry.value, as: key.value) else { continue }
      values[entry.name] = entry.value
    }
    for key in keys where key.isRequired && value.value(key.name) == nil {
      note(value.place.appending(key.name), "it is missing")
    }
    return values
  }

  private mutating func isAllowed(_ value: YAMLValue, as wanted: RulePackKey.Value) -> Bool {
    guard case .oneOf(let texts) = wanted else { return true }
    guard let text = text(value) else { return false }
    guard !texts.contains(text) else { return true }
    let excerpt = QuotedText.excerpt(text)
    note(value.place, "\(excerpt) may not stand here; write \(texts.joined(separator: " or "))")
    return false
  }

  mutating func elements(_ value: YAMLValue?) -> [YAMLValue] {
    guard let value else { return [] }
    return read { () throws(YAMLProblem) in try value.elements() } ?? []
  }

  /// The elements of a list, or the one value that stands in place of it.
  mutating func oneOrMore(_ value: YAMLValue?) -> [YAMLValue] {
    guard let value else { return [] }
    return value.scalar == nil ? elements(value) : [value]
  }

  mutating func text(_ value: YAMLValue) -> String? {
    read { () throws(YAMLProblem) in try value.string() }
  }

  mutating func boolean(_ value: YAMLValue?) -> Bool? {
    guard let value else { return nil }
    return read { () throws(YAMLProblem) in try value.boolean() }
  }

  mutating func severity(_ value: YAMLValue?) -> Severity {
    let name = value.flatMap { text($0) }
    return Severity.allCases.first { $0.name == name } ?? .warning
  }

  mutating func duration(_ value: YAMLValue?, byDefault: Duration) -> Duration {
    guard let value, let text = text(value) else { return byDefault }
    guard let duration = DurationText.duration(text), duration <= Self.longest else {
      note(
        value.place,
        "\(QuotedText.excerpt(text)) is not a duration of up to a year; write 90s, 5m or 1h30m"
      )
      return byDefault
    }
    return duration
  }

  mutating func kind(_ value: YAMLValue) -> ObjectKind? {
    guard let text = text(value) else { return nil }
    switch KindName.kind(text) {
    case .success(let kind): return kind
    case .failure(let mistake):
      note(value.place, "\(QuotedText.excerpt(text)) \(mistake.reason)")
      return nil
    }
  }

  mutating func names(_ value: YAMLValue?) -> NameFilter {
    var filter = NameFilter()
    for element in elements(value) {
      guard let text = text(element), let problem = filter.add(text) else { continue }
      note(element.place, "\(QuotedText.excerpt(text)) is not a name or glob: \(problem)")
    }
    return filter
  }

  /// A day or a time.
  mutating func time(_ value: YAMLValue?) -> Timestamp? {
    guard let value, let text = text(value) else { return nil }
    if let time = Timestamp(rfc3339: text) ?? Timestamp(rfc3339: text + "T00:00:00Z") {
      return time
    }
    note(value.place, "\(QuotedText.excerpt(text)) is not a day or a time; write 2027-01-31")
    return nil
  }

  mutating func expression(_ value: YAMLValue?, hasClock: Bool = false) -> RuleText? {
    guard let value, let text = text(value) else { return nil }
    return compiled(at: value.place) { () throws(CELProblems) in
      try RuleText(text, at: value.place, hasClock: hasClock)
    }
  }

  /// Reads something with expressions; what is wrong with them is noted.
  mutating func compiled<Value>(
    at place: FieldPlace,
    _ body: () throws(CELProblems) -> Value
  ) -> Value? {
    do throws(CELProblems) {
      return try body()
    } catch {
      for problem in error.problems {
        note(place, "\(problem.position): \(QuotedText.escaped(problem.message))")
      }
      return nil
    }
  }

  /// Reads something; `nil`, and the problem noted, where that cannot be.
  mutating func read<Value>(_ body: () throws(YAMLProblem) -> Value) -> Value? {
    do {
      return try body()
    } catch {
      mistakes.append(ConfigurationMistake(error))
      return nil
    }
  }

  mutating func note(_ place: FieldPlace, _ reason: String) {
    mistakes.append(ConfigurationMistake(place: place, reason: reason))
  }
}
