import Inspection
import KubernetesObjects
import NameMatching
import Testing

@testable import Healing

@Suite struct GuardrailsTests {
  private static let guardrails = Guardrails(
    readOnlyContexts: ["*prod*", "arn:aws:eks/1"],
    protectedNamespaces: ["kube-system", "istio-*"]
  )
  private static let help = "See kpatrol config show."

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
      guardrails.refusal(of: plan([]), on: "stage")
        == "KPatrol was started with --read-only: it changes nothing."
    )
  }

  @Test func nothingOfASnapshotIsChangedForAReasonOfItsOwn() {
    let guardrails = Guardrails(isReadOnly: true, isOfSnapshots: true)
    #expect(guardrails.readOnlyRule(of: "dump.yaml") == .snapshot)
    #expect(
      guardrails.refusal(of: plan([]), on: "dump.yaml")
        == "dump.yaml is a snapshot: there is no cluster in which anything could be changed."
    )
  }

  @Test func aReadOnlyContextRefusesEveryPlanWhateverItSaysOfItself() {
    #expect(
      Self.guardrails.refusal(of: plan([]), on: "prod-eu")
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
    #expect(Self.guardrails.refusal(of: plan([first, target]), on: "stage") == reason)
  }

  @Test func aDrainEvictsFromProtectedNamespacesToo() {
    let pod = ObjectKey(Pod.kind, namespace: "kube-system", name: "p")
    #expect(Self.guardrails.refusal(of: plan(steps: [.evict(pod, uid: "u")]), on: "stage") == nil)
  }

  @Test func aProposalKeepsItsPlanWhenItIsRefused() {
    let plan = plan([ObjectKey(Pod.kind, namespace: "kube-system", name: "p")])
    guard case .refused(plan, _) = Self.guardrails.checked(.plan(plan), on: "stage") else {
      Issue.record("Not refused.")
      return
    }
    let proposal = Proposal.unavailable("It is gone.")
    #expect(Self.guardrails.checked(proposal, on: "prod") == proposal)
    #expect(Guardrails().checked(.plan(plan), on: "prod") == .plan(plan))
  }
}
