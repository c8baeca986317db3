import Healing
import Reporting

/// A plan as lines of text, before somebody is asked to confirm it.
enum PlanText {
  static func text(of plan: HealPlan) -> String {
    var lines = [plan.title, "  \(plan.reason)", "  Disturbs: \(plan.disruption.rawValue)"]
    if let keeping = plan.secretKeeping { lines.append("  Secret values: \(keeping.sentence)") }
    lines += ["", "Steps"]
    for (index, step) in plan.steps.enumerated() {
      lines += [
        "  \(index + 1)  \(step.summary)", "     only if \(step.precondition)",
        "     \(plan.commandByHand(step))",
      ]
    }
    lines += ["", "What it concerns"]
    lines += plan.blastRadius.impacts.map { "  \($0.vertex): \($0.effect)" }
    let more = plan.blastRadius.count - plan.blastRadius.impacts.count
    if more > 0 { lines.append("  and \(more) more") }
    if !plan.verdicts.isEmpty { lines += ["", "Guardrails"] }
    lines += plan.verdicts.map { verdict in
      "  \(verdict.isBroken ? "broken" : "passed")  \(verdict.rule.rawValue): \(verdict.reason)"
    }
    return lines.map { PlainText.of($0) + "\n" }.joined() + "\n"
  }
}
