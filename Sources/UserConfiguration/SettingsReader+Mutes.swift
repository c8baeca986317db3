import Inspection
import KubernetesObjects
import NameMatching
import YAMLReading

extension SettingsReader {
  mutating func readMutes(_ value: YAMLValue) {
    for element in elements(value) {
      var mute = Mute(reason: "")
      let known = ConfigurationKey.names(under: "mutes[]")
      let before = mistakes.count
      let isMap = readFields(of: element, known: known) { reader, field, value in
        switch field {
        case "check": mute.check = reader.checkPattern(value)
        case "namespace": mute.namespace = reader.pattern(value)
        case "name": mute.name = reader.pattern(value)
        case "labels": mute.labels = reader.labels(value)
        case "team": mute.team = reader.name(value)
        case "until": mute.until = reader.end(value)
        default: mute.reason = reader.name(value) ?? ""
        }
      }
      guard isMap, mistakes.count == before else { continue }
      if element.value("reason") == nil { note(element.place.appending("reason"), "it is missing") }
      let isMeantForAll =
        mute.check == nil && mute.namespace == nil && mute.name == nil && mute.labels.isEmpty
        && mute.team == nil
      if isMeantForAll {
        let fields = "check, namespace, name, labels or team"
        note(element.place, "it would mute everything; write \(fields)")
      }
      places[element.place.field] = element.place
      settings.mutes.append(mute)
    }
  }

  /// A check's id, or a glob that means some.
  mutating func checkPattern(_ value: YAMLValue) -> NamePattern? {
    guard let text = read({ () throws(YAMLProblem) in try value.string() }) else { return nil }
    return checkPattern(text, at: value.place)
  }

  mutating func checkPattern(_ text: String, at place: FieldPlace) -> NamePattern? {
    guard let pattern = pattern(text, at: place), pattern.problem == nil else { return nil }
    let ids = checks.map(\.id.description)
    // Packs of rules are read later; their ids begin with no shape.
    let parts = pattern.text.split(separator: "/").map(String.init)
    if parts.count == 2, Shape(rawValue: parts[0]) == nil, !NamePattern(parts[0]).isGlob {
      return pattern
    }
    guard pattern.matches(in: ids).isEmpty else { return pattern }
    let hint =
      pattern.text.nearest(of: ids).map { "did you mean \($0)?" } ?? "kpatrol checks lists all"
    note(place, "there is no check \(QuotedText.excerpt(pattern.text)); \(hint)")
    return nil
  }

  mutating func labels(_ value: YAMLValue) -> [String: String] {
    guard let entries = read({ () throws(YAMLProblem) in try value.entries() }) else { return [:] }
    var labels: [String: String] = [:]
    for entry in entries {
      labels[entry.name] = read { () throws(YAMLProblem) in try entry.value.string() }
    }
    return labels
  }

  /// The end of a day in UTC, or a time.
  private mutating func end(_ value: YAMLValue) -> Timestamp? {
    scalar(value, "is no date; write 2027-03-31, or 2027-03-31T18:00:00Z") { text in
      Timestamp(rfc3339: text)
        ?? Timestamp(rfc3339: "\(text)T00:00:00Z").map { $0 + .seconds(86_400) }
    }
  }
}
