package import Healing
package import KubernetesObjects

/// Plans that were confirmed together, as the journal has them, with what became of each.
package struct BatchRecord: Sendable, Equatable {
  package struct Member: Sendable, Equatable {
    package let intent: BatchIntent.Member
    /// What the journal knows it by; `nil` where it was not begun.
    package let heal: HealIntent.ID?
    package let outcome: HealRecord.Outcome?
    /// What became of it, in words.
    package let words: String
  }

  package let id: BatchIntent.ID
  package let begun: Timestamp
  /// Who ran the program: `user@host`.
  package let author: String
  package let program: ProgramName
  package let members: [Member]
  /// When nothing more of them was begun; `nil` where nobody wrote that down.
  package let ended: Timestamp?
  /// Why some were not begun.
  package let reason: String

  /// What was not begun, in its order.
  package var open: [BatchIntent.Member] { members.filter { $0.heal == nil }.map(\.intent) }

  /// How far they came: `2 of 5 done, 3 not begun`.
  package var progress: String {
    let done = members.count { $0.outcome == .accepted }
    let begun = members.count { $0.heal != nil } - done
    return [
      "\(done) of \(members.count) done", begun == 0 ? "" : "\(begun) begun and not done",
      open.isEmpty ? "" : "\(open.count) not begun",
    ].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// What became of them, in words.
  package var outcomeInWords: String {
    let isInterrupted = ended == nil && program.isRunning == false
    let isUnderWay = ended == nil && program.isRunning == true
    return isInterrupted
      ? "interrupted: \(progress)" : isUnderWay ? "under way: \(progress)" : progress
  }

  /// The context of all of them; empty where they have several.
  package var cluster: String {
    let clusters = Set(members.map(\.intent.cluster))
    return clusters.count == 1 ? clusters.first ?? "" : ""
  }

  package var title: String { "\(members.count) plans confirmed together" }

  /// What there is to say of them, in lines for terminals and screens.
  package var lines: [JournalLine] {
    let isDone = members.allSatisfy { $0.outcome == .accepted }
    var lines = [
      JournalLine("Batch \(id.number): \(title)", .heading),
      JournalLine(
        begun.rfc3339 + (ended.map { " until \($0.rfc3339)" } ?? ""),
        label: "  When      "
      ), JournalLine(author, label: "  Who       "),
      JournalLine(outcomeInWords, isDone ? .good : .bad, label: "  Outcome   "),
    ]
    if !reason.isEmpty { lines.append(JournalLine(reason, label: "  Because   ")) }
    for (index, member) in members.enumerated() {
      let heal = member.heal.map { ", heal \($0)" } ?? ""
      lines += [
        JournalLine(""),
        JournalLine("Plan \(index + 1) of \(members.count): \(member.intent.title)", .heading),
        JournalLine(member.intent.cluster, label: "  Cluster   "),
        JournalLine(
          member.words + heal,
          member.outcome == .accepted ? .good : .bad,
          label: "  Outcome   "
        ),
      ]
    }
    return lines
  }
}
