import Healing
import KubernetesObjects
import TerminalKit

/// All that is to be known of plans before they are confirmed.
struct ConfirmText {
  let batch: HealBatch
  /// Why they may only be looked at; `nil` where they may be confirmed.
  let refusal: String?
  /// What the servers say to them.
  let rehearsals: [HealPlan.ID: Rehearsal]

  /// The refusal stands first, so that it is read whole, however long its names are.
  var lines: [ScrollingText.Line] {
    var lines: [ScrollingText.Line] = []
    if let refusal { lines += [.init(refusal, style: Style(.warning, isBold: true)), .init("")] }
    guard batch.plans.count > 1 else { return lines + batch.plans.flatMap(self.lines) }
    return lines + summary + batch.plans.flatMap { [.init("")] + self.lines(of: $0) }
  }

  /// How many plans there are, and where.
  private var summary: [ScrollingText.Line] {
    let clusters = batch.clusters
    let places = clusters.map { "\($0.count) in \($0.name)" }.joined(separator: ", ")
    let count = clusters.count == 1 ? "1 cluster" : "\(clusters.count) clusters"
    let rule =
      batch.stopsAtFailure
      ? "The first that fails stops the rest." : "Those after one that fails are done all the same."
    return [
      .init("\(batch.plans.count) plans in \(count)", style: Style(.title, isBold: true)),
      .init("\(places). They are carried out one after the other. \(rule)"),
    ]
      + batch.plans.enumerated().map { index, plan in
        .init(plan.title, indent: 2, label: "\(index + 1)")
      }
  }

  private func lines(of plan: HealPlan) -> [ScrollingText.Line] {
    var lines: [ScrollingText.Line] = [
      .init(plan.title, style: Style(.title, isBold: true)),
      .init(plan.reason),
      .init(""),
      .init(plan.cluster, style: Style(.text, isBold: true), label: "Cluster"),
      .init(plan.disruption.rawValue, label: "Disruption"),
      .init(plan.undo, label: "Undo"),
    ]
    if let keeping = plan.secretKeeping {
      let style = Style(keeping == .omitted ? .warning : .text)
      lines.append(.init(keeping.sentence, style: style, label: "Secret values"))
    }
    if let propagation = plan.propagation {
      lines.append(.init("\(propagation.words); ctrl-p changes that", label: "Owned objects"))
    }
    lines += brokenLines(of: plan) + [.init("")]
    lines += heading("Steps") + stepLines(of: plan)
    lines += [.init("")] + rehearsalLines(of: plan)
    return lines + blastLines(of: plan) + passedLines(of: plan)
  }

  private func heading(_ text: String) -> [ScrollingText.Line] {
    [.init(text, style: Style(.header, isBold: true))]
  }

  private func blastLines(of plan: HealPlan) -> [ScrollingText.Line] {
    let count = plan.blastRadius.count
    var lines = heading("Blast radius: \(count)")
    lines += plan.blastRadius.impacts.map { .init("\($0.vertex) \($0.effect)", indent: 2) }
    let hidden = count - plan.blastRadius.impacts.count
    if hidden > 0 { lines.append(.init("and \(hidden) more", style: Style(.warning), indent: 2)) }
    let unknown = plan.blastRadius.unknownKinds
    guard !unknown.isEmpty else { return lines }
    let kinds = unknown.map(\.description).joined(separator: ", ")
    let warning = "and what may be there unseen, of kinds that cannot be inspected: \(kinds)"
    return lines + [.init(warning, style: Style(.warning), indent: 2)]
  }

  /// How many guardrails there are, and those that are broken, for they are why more is asked for.
  private func brokenLines(of plan: HealPlan) -> [ScrollingText.Line] {
    guard !plan.verdicts.isEmpty else { return [] }
    let broken = plan.verdicts.filter(\.isBroken)
    let count = plan.verdicts.count
    guard !broken.isEmpty else { return [.init("all \(count) passed", label: "Guardrails")] }
    return [
      .init(
        "\(broken.count) of \(count) broken",
        style: Style(.warning, isBold: true),
        label: "Guardrails"
      )
    ]
      // The refusal was read already.
      + broken.filter { $0.reason != refusal }.map {
        .init(
          "\($0.rule.rawValue): \($0.reason)",
          style: Style(.warning, isBold: true),
          indent: 2,
          label: "✖"
        )
      }
  }

  /// The guardrails that hold nothing up, at the end, where they hide no step on a small screen.
  private func passedLines(of plan: HealPlan) -> [ScrollingText.Line] {
    let passed = plan.verdicts.filter { !$0.isBroken }
    guard !passed.isEmpty else { return [] }
    return [.init("")] + heading("Guardrails that passed")
      + passed.map {
        .init("\($0.rule.rawValue): \($0.reason)", style: Style(.muted), indent: 2, label: "✔")
      }
  }

  /// Where one command stands for all steps, evictions are told in a line each: they are many, and
  /// much alike.
  private func stepLines(of plan: HealPlan) -> [ScrollingText.Line] {
    let steps = plan.steps.enumerated().map { index, step in
      (step, ScrollingText.Line(step.summary, indent: 2, label: "\(index + 1)"))
    }
    guard let command = plan.command else {
      return steps.flatMap { step, line in
        [
          line, .init("only if \(step.precondition)", style: Style(.muted), indent: 4),
          .command(plan.commandByHand(step), indent: 4),
        ]
      }
    }
    let precondition = "each only if its uid is still the same"
    return steps.flatMap { step, line in
      step.isEviction
        ? [line] : [line, .command(plan.commandByHand(step), indent: 4)]
    }
      + [.init(precondition, style: Style(.muted), indent: 4), .command(command, indent: 4)]
  }
}

// MARK: - Dry run

extension ConfirmText {
  private func rehearsalLines(of plan: HealPlan) -> [ScrollingText.Line] {
    guard refusal == nil else { return [] }
    guard let rehearsal = rehearsals[plan.id] else {
      return [.init("Dry run: the server is being asked…", style: Style(.muted)), .init("")]
    }
    var lines: [ScrollingText.Line] = []
    for (index, result) in rehearsal.results.enumerated() {
      lines += self.lines(of: result, step: index + 1)
    }
    let refused = rehearsal.results.count { if case .refused = $0 { true } else { false } }
    let title = refused == 0 ? "Dry run" : "Dry run: \(refused) refused by the server"
    return heading(title) + lines + [.init("")]
  }

  private func lines(of result: Rehearsal.Result, step: Int) -> [ScrollingText.Line] {
    let label = "\(step)"
    switch result {
    case .refused(let reason):
      return [.init(reason, style: Style(.error, isBold: true), indent: 2, label: label)]
    case .unchecked(let reason):
      return [
        .init("not checked: \(reason)", style: Style(.muted), indent: 2, label: label)
      ]
    case .accepted(let difference) where difference.lines.isEmpty:
      return [.init("the server would do it", style: Style(.success), indent: 2, label: label)]
    case .accepted(let difference):
      let changes = difference.lines.flatMap { line in
        [
          line.old.map {
            ScrollingText.Line("- \(line.path): \($0)", style: Style(.error), indent: 4)
          },
          line.new.map {
            ScrollingText.Line("+ \(line.path): \($0)", style: Style(.success), indent: 4)
          },
        ].compactMap(\.self)
      }
      return [
        .init("the server would do it, and changes this:", indent: 2, label: label)
      ] + changes
    }
  }
}
