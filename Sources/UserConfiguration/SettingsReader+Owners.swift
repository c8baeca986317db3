import CEL
import Inspection
import NameMatching
import YAMLReading

extension SettingsReader {
  mutating func readOwners(_ value: YAMLValue) {
    for element in elements(value) {
      var rule = OwnershipRule(team: "")
      let known = ConfigurationKey.names(under: "owners[]")
      let before = mistakes.count
      let isMap = readFields(of: element, known: known) { reader, field, value in
        switch field {
        case "team": rule.team = reader.name(value) ?? ""
        case "layer": rule.layer = reader.layer(value)
        case "contact": rule.contact = reader.name(value) ?? ""
        case "runbook": rule.runbook = reader.name(value) ?? ""
        case "namespace": rule.namespace = reader.pattern(value)
        case "kind": rule.kind = reader.pattern(value)
        case "check": rule.check = reader.checkPattern(value)
        case "labels": rule.labels = reader.labels(value)
        case "annotations": rule.annotations = reader.labels(value)
        case "where": rule.condition = reader.condition(value)
        default: rule.severities = reader.severities(value)
        }
      }
      guard isMap, mistakes.count == before else { continue }
      guard element.value("team") != nil else {
        note(element.place.appending("team"), "it is missing")
        continue
      }
      let follows = settings.owners.contains { $0.isMeantForAll }
      if follows {
        note(element.place, "an entry before it is meant for everything; put that one last")
      }
      places[element.place.field] = element.place
      settings.owners.append(rule)
    }
  }

  private mutating func condition(_ value: YAMLValue) -> OwnershipCondition? {
    guard let text = read({ () throws(YAMLProblem) in try value.string() }) else { return nil }
    do throws(CELProblems) {
      return try OwnershipCondition(parsing: text)
    } catch {
      for problem in error.problems {
        note(value.place, "\(problem.position): \(QuotedText.escaped(problem.message))")
      }
      return nil
    }
  }

  private mutating func layer(_ value: YAMLValue) -> OwnershipLayer? {
    let names = "infrastructure, platform or workload"
    return scalar(value, "is not a layer; write \(names)") { OwnershipLayer(rawValue: $0) }
  }

  private mutating func severities(
    _ value: YAMLValue
  ) -> [(check: NamePattern, severity: Severity)] {
    var severities: [(check: NamePattern, severity: Severity)] = []
    for entry in read({ () throws(YAMLProblem) in try value.entries() }) ?? [] {
      guard let check = checkPattern(entry.name, at: entry.place),
        let severity = severity(entry.value)
      else { continue }
      severities.append((check, severity))
    }
    return severities
  }
}
