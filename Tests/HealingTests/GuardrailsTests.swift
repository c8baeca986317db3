import Inspection
import KubernetesObjects
import NameMatching
import ObjectBuilders
import Testing

@testable import Healing

@Suite struct GuardrailsTests {
  private static let guardrails = Guardrails(
    readOnlyContexts: ["*prod*", "arn:aws:eks/1"],
    protectedNamespaces: ["kube-system", "istio-*"]
  )
  private static let help = "See kpatrol config show."

  /// Why nothing is done in a cluster of which nothing is known; `nil` where it would be.
  private func refusal(of plan: HealPlan, by guardrails: Guardrails, on context: String) -> String?
  {
    let world = RemedyWorld([])
    let verdicts = guardrails.verdicts(
      of: plan,
      on: context,
      HealSituation(at: .noon),
      in: world.graph
    )
    guard case .refused(_, let reason) = Guardrails.judged(.plan(plan), verdicts) else {
      return nil
    }
    return reason
  }

  private func plan(_ targets: [ObjectKey]) -> HealPlan {
    plan(steps: targets.map { .delete($0, uid: "u") })
  }

  private func plan(steps: [HealStep]) -> HealPlan {
    let subject = VertexID.object(ObjectKey(Pod.kind, namespace: "shop", name: "p"))
    return HealPlan(
      cause: .finding(
        FindingID(cluster: "c", check: "x/y", subject: subject, discriminator: "")
      ),
      subject: subject,
      cluster: "c",
      remedy: "r",
      title: "",
      reason: "",
      steps: steps,
      disruption: .none,
      blastRadius: BlastRadius([]),
      undo: "",
      confirmation: .key("y")
    )
  }

  @Test(
    "A context is read-only by the first rule that names it",
    arguments: [
      ("prod-eu", "matches *prod* of readOnlyContexts"),
      ("nonprod", "matches *prod* of readOnlyContexts"),
      ("arn:aws:eks/1", "matches arn:aws:eks/1 of readOnlyContexts"), ("stage", nil),
      ("Prod", nil),
    ]
  )
  func readOnly(context: String, rule: String?) {
    #expect(Self.guardrails.readOnlyRule(of: context)?.description == rule)
  }

  @Test func theOptionMakesAllContextsReadOnly() {
    let guardrails = Guardrails(isReadOnly: true)
    #expect(guardrails.readOnlyRule(of: "stage") == .option)
    #expect(
      refusal(of: plan([]), by: guardrails, on: "stage")
        == "KPatrol was started with --read-only: it changes nothing."
    )
  }

  @Test func nothingOfASnapshotIsChangedForAReasonOfItsOwn() {
    let guardrails = Guardrails(isReadOnly: true, isOfSnapshots: true)
    #expect(guardrails.readOnlyRule(of: "dump.yaml") == .snapshot)
    #expect(
      refusal(of: plan([]), by: guardrails, on: "dump.yaml")
        == "dump.yaml is a snapshot: there is no cluster in which anything could be changed."
    )
  }

  @Test func aReadOnlyContextRefusesEveryPlanWhateverItSaysOfItself() {
    #expect(
      refusal(of: plan([]), by: Self.guardrails, on: "prod-eu")
        == "Context prod-eu is read-only: it matches *prod* of readOnlyContexts. \(Self.help)"
    )
  }

  @Test(
    "A plan that touches a protected namespace in any step is refused",
    arguments: [
      (
        ObjectKey(Pod.kind, namespace: "kube-system", name: "p"),
        "Namespace kube-system is protected: "
          + "it is one of protectedNamespaces. " + help
      ),
      (
        ObjectKey(Namespace.kind, name: "istio-system"),
        "Namespace istio-system is protected: "
          + "it matches istio-* of protectedNamespaces. " + help
      ),
      (ObjectKey(Namespace.kind, name: "shop"), nil),
      (ObjectKey(Node.kind, name: "kube-system"), nil),
      (ObjectKey(Pod.kind, namespace: "shop", name: "kube-system"), nil),
    ]
  )
  func protected(target: ObjectKey, reason: String?) {
    let first = ObjectKey(Pod.kind, namespace: "shop", name: "q")
    #expect(refusal(of: plan([first, target]), by: Self.guardrails, on: "stage") == reason)
  }

  @Test func aDrainEvictsFromProtectedNamespacesToo() {
    let pod = ObjectKey(Pod.kind, namespace: "kube-system", name: "p")
    let plan = plan(steps: [.evict(pod, uid: "u")])
    #expect(refusal(of: plan, by: Self.guardrails, on: "stage") == nil)
  }

  @Test func aProposalKeepsItsPlanWhenItIsRefused() {
    let plan = plan([ObjectKey(Pod.kind, namespace: "kube-system", name: "p")])
    let verdicts: [GuardrailVerdict] = [.passed(.storm, "Fine."), .refused(.paused, "Paused.")]
    #expect(
      Guardrails.judged(.plan(plan), verdicts) == .refused(plan.judged(verdicts), "Paused.")
    )
    let proposal = Proposal.unavailable("It is gone.")
    #expect(Guardrails.judged(proposal, verdicts) == proposal)
  }
}
