package import Healing
package import KubernetesObjects
package import WireFormats

/// A plan that was begun, as the journal has it.
package struct HealRecord: Sendable, Equatable, Identifiable {
  package enum Outcome: String, Sendable {
    case accepted
    case refused
    case aborted
    case failed
    /// The program ended in the middle; a later one said so.
    case interrupted
  }

  package struct Step: Sendable, Equatable {
    package let target: ObjectKey
    package let summary: String
    package let precondition: String
    package let command: String
  }

  /// What was sent for a step, and what came of it.
  package struct Call: Sendable, Equatable {
    package enum Answer: Sendable, Equatable {
      case accepted(uid: String, resourceVersion: String)
      case refused(String)
    }

    package let step: Int
    package let sent: Timestamp
    package let target: ObjectKey
    package let method: String
    package let path: String
    package let contentType: String
    package let body: JSONValue
    /// What the target was like just before.
    package let backup: JSONValue?
    package let answered: Timestamp?
    /// `nil` where nobody knows whether it arrived.
    package let answer: Answer?
  }

  package struct Proof: Sendable, Equatable {
    package let time: Timestamp
    package let text: String
  }

  package let id: HealIntent.ID
  package let begun: Timestamp
  /// Who ran the program: `user@host`.
  package let author: String
  package let program: ProgramName
  package let cluster: String
  package let server: String
  package let kubernetesUser: String?
  package let finding: String?
  package let subject: String
  /// What it takes back.
  package let undoes: HealIntent.ID?
  /// What took it back, or tried to.
  package let undoneBy: [HealIntent.ID]
  package let remedy: String
  package let title: String
  package let benefit: String
  package let disruption: String
  package let undo: String
  package let grade: String
  package let verdicts: [Verdict]
  /// Why whoever confirmed it wanted it.
  package let reason: String
  /// Which of several it was that were confirmed together.
  package let place: BatchPlace?
  package let batch: BatchIntent.ID?
  package let steps: [Step]
  package let calls: [Call]
  package let outcome: Outcome?
  package let detail: String
  package let ended: Timestamp?
  package let proofs: [Proof]

  /// What a guardrail said of it.
  package struct Verdict: Sendable, Equatable {
    package let rule: String
    package let isBroken: Bool
    package let reason: String
  }
}

extension HealRecord {
  /// What became of it, in words.
  package var outcomeInWords: String {
    Self.words(
      outcome: outcome?.rawValue,
      detail: detail,
      proof: proofs.last?.text,
      undone: undoneBy.last?.number,
      program: program
    )
  }

  static func words(
    outcome: String?,
    detail: String,
    proof: String?,
    undone: Int64?,
    program: ProgramName?
  ) -> String {
    let end =
      switch outcome.flatMap(Outcome.init(rawValue:)) {
      case .accepted: proof ?? "accepted, not proved"
      case .refused: "refused: \(detail)"
      case .aborted: "aborted \(detail)"
      case .failed: "failed \(detail)"
      case .interrupted: "interrupted: \(detail)"
      case nil:
        switch program?.isRunning {
        case true?: "under way"
        case false?: "interrupted: \(program?.place ?? "the program") ended first"
        case nil: "not known: begun by \(program?.place ?? "another program")"
        }
      }
    return undone.map { "\(end); undone by \($0)" } ?? end
  }
}
