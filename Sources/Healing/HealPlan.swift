package import ClusterGraph
package import Inspection
package import KubernetesObjects
import WireFormats

/// What would be done, worked out before anything is done.
package struct HealPlan: Sendable, Equatable, Identifiable {
  /// How much of what runs now is disturbed.
  package enum Disruption: String, Sendable {
    case none = "nothing that runs is disturbed"
    case onePod = "one Pod ends; its controller starts another"
    case evictions = "Pods end here and start elsewhere, as their disruption budgets allow"
    case fewerPods = "some of its Pods end; disruption budgets are not asked"
    case rolling = "Pods are replaced, as their workload's strategy says"
    case outage = "what it does for others ends"
    case dataLoss = "data may be lost"
    case cleanUpSkipped = "clean-up that the finalizer stands for is skipped"
  }

  /// Why there is a plan; of each cause one is carried out at a time.
  package enum Cause: Hashable, Sendable {
    case finding(FindingID)
    /// A user asked for it by hand, by this name of an action.
    case request(RemedyID, cluster: String, object: ObjectKey)
    /// A user wants taken back what was done.
    case undo(HealIntent.ID, cluster: String)
  }

  package let cause: Cause
  /// What it is about.
  package let subject: VertexID
  package let cluster: String
  /// The context by which kubectl reaches the cluster; of the cluster's name unless told otherwise.
  package private(set) var context: String
  /// The remedy or the action that made it.
  package let remedy: RemedyID
  package let title: String
  /// Why it helps.
  package let reason: String
  package let steps: [HealStep]
  package let disruption: Disruption
  package let blastRadius: BlastRadius
  /// The same as ``undo``, for whatever context.
  var undoing: Instruction
  /// What the journal keeps of Secrets' values; `nil` where it changes no Secret.
  package internal(set) var secretKeeping: SecretKeeping?
  package private(set) var confirmation: Confirmation
  /// The same as ``command``, without kubectl and its context.
  let kubectl: String?
  /// How long the finding may stay after the plan before the plan counts as having not helped.
  package let proofLimit: Duration
  /// What the guardrails say of it; empty until they were asked.
  package private(set) var verdicts: [GuardrailVerdict] = []

  package init(
    cause: Cause,
    subject: VertexID,
    cluster: String,
    remedy: RemedyID,
    title: String,
    reason: String,
    steps: [HealStep],
    disruption: Disruption,
    blastRadius: BlastRadius,
    undo: Instruction,
    confirmation: Confirmation,
    kubectl: String? = nil,
    proofLimit: Duration = .seconds(60)
  ) {
    self.cause = cause
    self.subject = subject
    self.cluster = cluster
    context = cluster
    self.remedy = remedy
    self.title = title
    self.reason = reason
    self.steps = steps
    self.disruption = disruption
    self.blastRadius = blastRadius
    undoing = undo
    self.confirmation = confirmation
    self.kubectl = kubectl
    self.proofLimit = proofLimit
  }

  package var id: Cause { cause }

  /// How to take it back, or that it cannot be.
  package var undo: String { undoing.text(context: context) }

  /// The one command that does by hand what many steps do; `nil` where each has its own.
  package var command: String? { kubectl.map { HealStep.kubectl($0, context: context) } }

  /// The same for whoever reaches its cluster by a context of another name.
  package func reached(by context: String) -> HealPlan {
    var plan = self
    plan.context = context
    return plan
  }

  /// What a step of it does, as one would by hand.
  package func commandByHand(_ step: HealStep) -> String { step.commandByHand(context: context) }

  /// The finding that it is about; `nil` where it is about none.
  package var finding: FindingID? {
    if case .finding(let id) = cause { id } else { nil }
  }

  /// Whether any step changes more than KPatrol's own picture.
  package var changesAnything: Bool { steps.isEmpty || steps.contains(where: \.changesAnything) }

  /// The same with what the guardrails say of it; where it breaks one, only the highest grade of
  /// confirmation will do.
  package func judged(_ verdicts: [GuardrailVerdict]) -> HealPlan {
    var plan = self
    plan.verdicts = verdicts
    if verdicts.contains(where: \.isBroken) { plan.confirmation = .reason(cluster) }
    return plan
  }
}

extension HealPlan {
  /// Whether the graph shows what each step is for; what a patch changed, the server's answer shows.
  package func isShown(in graph: ClusterGraph) -> Bool {
    steps.allSatisfy { step in
      switch step {
      case .delete(let key, let uid, _, _), .evict(let key, let uid):
        graph.record(key)?.metadata.uid != uid
      case .create(let key, _): graph.record(key) != nil
      case .run(let run): graph.record(run.job) != nil
      case .patch, .scale, .rollBack, .release, .relist: true
      }
    }
  }

  /// How a deletion is taken back.
  static func undoByManifest(of key: ObjectKey) -> Instruction {
    UndoLimits.obstacle(toCreating: key, from: [:]).map { Instruction($0) } ?? undoByJournal
  }

  static let undoByJournal: Instruction =
    "By the journal (:journal, u), which keeps its manifest; what does not come back is told then."
}
