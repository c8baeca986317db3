import Inspection
import KubernetesClient
import KubernetesObjects
import Monitoring
import TerminalKit

/// The rows of an object's description, made anew whenever something of it has changed.
struct DescriptionRows {
  typealias Row = LinkedRows.Row

  let object: ClusterObject
  let surroundings: Surroundings?
  /// Whether the graph has told what it knows.
  let isTold: Bool
  let facts: ObjectFacts?
  let failure: String?
  let events: ObjectEvents?
  let now: Timestamp?
  let width: Int

  private static let labelWidth = 11
  /// How much is listed of what may be very much.
  private static let listed = (members: 8, fields: 14, events: 8)

  var rows: [Row] {
    guard isTold || facts != nil else {
      return LinkedRows.rows("Loading…", Style(.muted), width: width)
    }
    return summary + findings + containers + conditions + fields + groups + changes + eventRows
  }

  private func row(
    _ label: String,
    _ text: String,
    _ style: Style = Style(),
    target: LinkedRows.Target? = nil
  ) -> [Row] {
    LinkedRows.rows(
      text,
      style,
      label: label,
      labelWidth: Self.labelWidth,
      target: target,
      width: width
    )
  }

  private func age(since time: Timestamp) -> String {
    Age.text(from: time, to: now ?? time)
  }

  // MARK: - The object

  private var summary: [Row] {
    var rows: [Row] = []
    if surroundings?.state == .absent || surroundings == nil && isTold {
      rows += row("", "It does not exist.", Style(.critical, isBold: true))
    } else if case .unknown(let reason) = surroundings?.state {
      rows += row("", "Not followed: \(reason)", Style(.warning))
    }
    if let failure { rows += row("", failure, Style(.error)) }
    if let created = facts?.createdAt {
      rows += row("created", "\(age(since: created)) ago, \(created.rfc3339)")
    }
    if let deleted = facts?.deletedAt {
      rows += row("deleted", "to be gone since \(age(since: deleted)) ago", Style(.warning))
    }
    if let owner = surroundings?.owner {
      rows += row("owner", owner.id.description + owner.note, owner.style, target: target(owner.id))
    }
    guard let facts else { return rows }
    let labels = facts.labels.map { "\($0.name)=\($0.value)" }
    if !labels.isEmpty { rows += row("labels", labels.joined(separator: " "), Style(.info)) }
    if !facts.annotations.isEmpty {
      rows += row("annotations", facts.annotations.joined(separator: " "), Style(.muted))
    }
    if !facts.finalizers.isEmpty {
      rows += row("finalizers", facts.finalizers.joined(separator: " "))
    }
    return rows
  }

  private var findings: [Row] {
    guard let surroundings, !surroundings.findings.isEmpty else { return [] }
    var rows = LinkedRows.heading("Findings")
    for finding in surroundings.findings {
      let muted = finding.muting == nil ? "" : " (muted)"
      rows += LinkedRows.rows(
        finding.message + muted,
        finding.severity.style,
        label: finding.severity.symbol,
        target: .finding(finding),
        width: width
      )
    }
    return rows + more(than: surroundings.findings.count, of: surroundings.findingCount)
  }

  private func more(than listed: Int, of count: Int) -> [Row] {
    count > listed
      ? LinkedRows.rows("and \(count - listed) more", Style(.muted), indent: 2, width: width) : []
  }

  private var containers: [Row] {
    guard let facts, !facts.containers.isEmpty else { return [] }
    var rows = LinkedRows.heading("Containers")
    for container in facts.containers {
      let sort = container.sort.isEmpty ? "" : " (\(container.sort))"
      let isAmiss = container.state?.isAmiss == true
      rows += LinkedRows.rows(
        text(of: container),
        Style(isAmiss ? .critical : .text),
        label: container.name + sort,
        labelWidth: Self.labelWidth,
        width: width
      )
      if let last = container.last {
        rows += LinkedRows.rows(
          "before that \(text(of: last))",
          Style(last.isAmiss ? .warning : .muted),
          indent: Self.labelWidth + 1,
          width: width
        )
      }
      rows += LinkedRows.rows(
        container.image,
        Style(.muted),
        indent: Self.labelWidth + 1,
        width: width
      )
    }
    return rows
  }

  private func text(of container: ObjectFacts.Container) -> String {
    var parts = [container.state.map(text) ?? "no state told"]
    if container.state?.word == "running" {
      parts.append(container.isReady ? "ready" : "not ready")
    }
    if container.restarts > 0 {
      parts.append(container.restarts == 1 ? "1 restart" : "\(container.restarts) restarts")
    }
    return parts.joined(separator: ", ")
  }

  private func text(of state: ObjectFacts.Container.State) -> String {
    var text = state.word
    if let time = state.time {
      text += state.word == "ended" ? " \(age(since: time)) ago" : " for \(age(since: time))"
    }
    var why = state.reason
    if let code = state.exitCode { why += why.isEmpty ? "exit \(code)" : " (exit \(code))" }
    if !state.message.isEmpty { why += why.isEmpty ? state.message : ": \(state.message)" }
    return why.isEmpty ? text : "\(text): \(why)"
  }

  private var conditions: [Row] {
    guard let facts, !facts.conditions.isEmpty else { return [] }
    let longest = facts.conditions.map { DisplayText($0.type).width }.max() ?? 0
    var rows = LinkedRows.heading("Conditions")
    for condition in facts.conditions {
      let since = condition.since.map { " for \(age(since: $0))" } ?? ""
      let why = condition.text.isEmpty ? "" : "  \(condition.text)"
      rows += LinkedRows.rows(
        "\(condition.isAmiss ? "▲ " : "")\(condition.status)\(since)\(why)",
        Style(condition.isAmiss ? .warning : .text),
        label: condition.type,
        labelWidth: min(longest, 24),
        width: width
      )
    }
    return rows
  }

  private var fields: [Row] {
    guard let facts else { return [] }
    return section("Status", facts.status) + section("Spec", facts.spec)
      + section("Data", facts.dataKeys.map { ObjectFacts.Field(name: $0, value: "") })
  }

  private func section(_ title: String, _ fields: [ObjectFacts.Field]) -> [Row] {
    guard !fields.isEmpty else { return [] }
    let shown = fields.prefix(Self.listed.fields)
    let longest = shown.map { DisplayText($0.name).width }.max() ?? 0
    return LinkedRows.heading(title)
      + shown.flatMap { field in
        LinkedRows.rows(
          field.value,
          label: field.name,
          labelWidth: min(longest, 28),
          width: width
        )
      } + more(than: shown.count, of: fields.count)
  }

  // MARK: - Around it

  private var groups: [Row] {
    guard let surroundings else { return [] }
    let told = surroundings.groups.filter { $0.relation != .event }
    return section("It names", told.filter(\.isOutgoing))
      + section("Named by", told.filter { !$0.isOutgoing })
  }

  private func section(_ title: String, _ groups: [Surroundings.Group]) -> [Row] {
    guard !groups.isEmpty else { return [] }
    let longest = min(groups.map { DisplayText($0.phrase).width }.max() ?? 0, 26)
    return LinkedRows.heading(title)
      + groups.flatMap { group -> [Row] in
        let shown = group.shown(Self.listed.members)
        return shown.enumerated().flatMap { index, member in
          let faults = member.faults.isEmpty ? "" : "  \(member.faults)"
          return LinkedRows.rows(
            member.id.description + member.note + faults,
            member.style,
            // A label of nothing but spaces keeps what is named in its column.
            label: index == 0 ? group.phrase : " ",
            labelWidth: longest,
            target: target(member.id),
            width: width
          )
        } + more(than: shown.count, of: group.count)
      }
  }

  private func target(_ id: VertexID) -> LinkedRows.Target? {
    id.objectKey.map { .object(ClusterObject(cluster: object.cluster, key: $0)) }
  }

  // MARK: - What happened

  private var changes: [Row] {
    guard let surroundings, !surroundings.changes.isEmpty else { return [] }
    return LinkedRows.heading("Changes since KPatrol looks")
      + surroundings.changes.flatMap { change in
        let writer = change.manager.isEmpty ? "" : " (\(change.manager))"
        return row("\(age(since: change.time)) ago", "\(change)\(writer)")
      }
  }

  private var eventRows: [Row] {
    switch events {
    case nil: return []
    case .failed(let reason): return LinkedRows.heading("Events") + row("", reason, Style(.error))
    case .events(let events) where events.isEmpty: return []
    case .events(let events):
      let shown = events.prefix(Self.listed.events)
      return LinkedRows.heading("Events")
        + shown.flatMap { event in
          row(
            event.last.map { "\(age(since: $0)) ago" } ?? "",
            event.summary,
            Style(event.isWarning ? .warning : .text)
          )
        } + more(than: shown.count, of: events.count)
    }
  }
}

extension Surroundings.Group {
  /// Some of the members: those that are amiss before others.
  func shown(_ limit: Int) -> [Surroundings.Member] {
    guard members.count > limit else { return members }
    let amiss = members.filter { $0.findings != nil || $0.state == .absent }
    let rest = members.filter { $0.findings == nil && $0.state != .absent }
    return Array((amiss + rest).prefix(limit))
  }
}

extension ObjectEvent {
  /// What happened, how often, and who tells.
  var summary: String {
    let times = count > 1 ? " (\(count) times)" : ""
    let mark = isWarning ? "▲ " : ""
    let who = reporter.isEmpty ? "" : " [\(reporter)]"
    return "\(mark)\(reason): \(message)\(times)\(who)"
  }
}
