import ClusterGraph
import KubernetesObjects

/// Who asked whether which kind is known, so that they are inspected again when the answer changes.
///
/// Most vertices never ask: their checks see a fault, or none, before it matters.
struct KnowledgeQuestions: Sendable {
  private var askers: [ObjectKind: Set<Handle>] = [:]
  private var answers: [ObjectKind: Knowledge] = [:]
  /// Who was given an answer that was no longer true when others asked.
  private var misled: Set<Handle> = []
  /// As of which change of knowledge the answers were looked at.
  private var seenChanges = 0

  /// Whether an answer may have changed since the last look.
  func mayBeOutdated(in graph: ClusterGraph) -> Bool {
    graph.knowledgeChanges != seenChanges && !askers.isEmpty || !misled.isEmpty
  }

  /// Adds to `touched` those who were given an answer that is no longer true.
  mutating func wake(touching touched: inout HandleSet, in graph: ClusterGraph) {
    touched.formUnion(misled)
    misled = []
    guard graph.knowledgeChanges != seenChanges else { return }
    seenChanges = graph.knowledgeChanges
    for (kind, asking) in askers where graph.knowledge(of: kind) != answers[kind] {
      touched.formUnion(asking)
      askers[kind] = nil
      answers[kind] = nil
    }
  }

  /// Remembers what was asked in one round.
  mutating func add(_ round: Round, in graph: ClusterGraph) {
    for (kind, asking) in round.askers {
      let answer = graph.knowledge(of: kind)
      if answers.updateValue(answer, forKey: kind) ?? answer != answer {
        misled.formUnion(askers.removeValue(forKey: kind) ?? [])
      }
      askers[kind, default: []].formUnion(asking)
    }
  }

  /// The questions of one round of inspection; the views of a round share it.
  final class Round {
    fileprivate var askers: [ObjectKind: Set<Handle>] = [:]

    func note(_ kind: ObjectKind, askedBy handle: Handle) {
      askers[kind, default: []].insert(handle)
    }
  }
}
