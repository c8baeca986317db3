import CEL
import Inspection
import KubernetesObjects
import UserConfiguration
import YAMLReading

extension RulePackReader {
  mutating func readRule(_ value: YAMLValue) {
    let values = fields(of: value, under: "rules[]")
    let id = values["id"].flatMap { newID($0) }
    let title = values["title"].flatMap { text($0) }
    let matching = values["match"].map { readMatch($0) }
    let condition = expression(values["when"], hasClock: true)
    let pieces = values["message"].flatMap { template($0) }
    let evidence = elements(values["evidence"]).map { expression($0) }
    let severity = severity(values["severity"])
    let settles = duration(values["settles"], byDefault: .zero)
    let explanation = values["explain"].flatMap { text($0) } ?? ""
    let remedies = remedies(values["remedies"], of: id, about: matching?.match.kinds ?? [])
    guard let id, let title, let matching, let condition, let pieces,
      let message = values["message"]
    else { return }
    rules.append(
      RuleDraft(
        id: id,
        title: title,
        match: matching.match,
        filter: matching.filter,
        condition: condition,
        message: (pieces, message.place),
        evidence: evidence.compactMap(\.self),
        severity: severity,
        settles: settles,
        explanation: explanation,
        remedies: remedies
      )
    )
  }

  private mutating func template(_ value: YAMLValue) -> [MessageTemplate.Piece]? {
    guard let text = text(value) else { return nil }
    return compiled(at: value.place) { () throws(CELProblems) in
      try MessageTemplate.pieces(of: text, at: value.place)
    }
  }

  private mutating func readMatch(_ value: YAMLValue) -> (match: RuleMatch, filter: RuleText?) {
    let values = fields(of: value, under: "rules[].match")
    var match = RuleMatch()
    match.kinds = elements(values["kinds"]).compactMap { kind($0) }
    match.namespaces = names(values["namespaces"])
    if let labels = values["labels"], let text = text(labels) {
      do throws(LabelSelectorMistake) {
        match.labels = try LabelSelector(parsing: text)
      } catch {
        note(labels.place, "\(QuotedText.excerpt(text)) is not a label selector: \(error)")
      }
    }
    if let kinds = values["kinds"], match.kinds.isEmpty, elements(kinds).isEmpty {
      note(kinds.place, "it names no kind")
    }
    return (match, expression(values["where"]))
  }

  mutating func readCause(_ value: YAMLValue) {
    let values = fields(of: value, under: "causes[]")
    let cause = values["cause"].flatMap { knownID($0) }
    let explained = oneOrMore(values["explains"]).compactMap { element -> CheckID? in
      // Without a slash it is one of this pack; any other is a check that may not be there.
      guard element.scalar?.contains("/") == true else { return knownID(element) }
      return text(element).map { CheckID(stringLiteral: $0) }
    }
    let relation: Relation = values["over"]?.scalar == "owner" ? .owner : .declared
    guard let cause, !explained.isEmpty, let about = values["about"]?.scalar else { return }
    let consequences = Explanation.Consequences.checks(Set(explained))
    let explanation =
      switch about {
      case "referrers": Explanation.referrers(over: relation, consequences)
      case "targets": Explanation.targets(over: relation, consequences)
      default: Explanation(up: [], down: [], consequences)
      }
    causes.append(CauseDraft(cause: cause, explanation: explanation))
  }

  mutating func readException(_ value: YAMLValue) {
    let values = fields(of: value, under: "exceptions[]")
    var rules = NameFilter()
    for element in oneOrMore(values["rules"]) {
      guard let text = text(element) else { continue }
      let isExclusion = text.hasPrefix("!")
      let bare = isExclusion ? String(text.dropFirst()) : text
      let whole = bare.contains("/") ? bare : "\(name)/\(bare)"
      if let problem = rules.add((isExclusion ? "!" : "") + whole) {
        note(element.place, "\(QuotedText.excerpt(text)) is not an id or glob: \(problem)")
      } else if !isExclusion, !ids.contains(where: { rules.includes($0.description) }) {
        note(element.place, "the pack has no rule or reference \(QuotedText.excerpt(text))")
      }
    }
    var match = RuleMatch()
    match.kinds = elements(values["kinds"]).compactMap { kind($0) }
    match.namespaces = names(values["namespaces"])
    match.names = names(values["names"])
    exceptions.append(
      ExceptionDraft(
        rules: rules,
        match: match,
        condition: expression(values["where"]),
        end: time(values["until"])
      )
    )
  }
}
