import Inspection
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import Testing

@testable import Healing

/// What becomes of what a deleted object owns, as a user chooses it.
@Suite struct DeletionChoiceTests {
  private let deployment = Deployment(metadata: .sample("cart", namespace: "shop", uid: "uid-d"))

  private var world: RemedyWorld {
    var set = ReplicaSet.sample("cart-a")
    set.metadata.uid = "uid-set"
    set.metadata.ownerReferences = [
      OwnerReference(kind: Deployment.kind, name: "cart", uid: "uid-d")
    ]
    var pod = Pod.sample()
    pod.metadata.ownerReferences = [
      OwnerReference(kind: ReplicaSet.kind, name: "cart-a", uid: "uid-set")
    ]
    return RemedyWorld(deployment, set, pod)
  }

  private func plan(in world: RemedyWorld) throws -> HealPlan {
    try world.plan("delete-object", about: deployment.id)
  }

  private func chosen(
    _ propagation: DeleteOptions.Propagation,
    in world: RemedyWorld
  ) throws -> HealPlan {
    let proposal = try plan(in: world).deleting(propagation, in: world.graph)
    guard case .plan(let plan) = proposal else { throw RemedyWorld.Unexpected(proposal: proposal) }
    return plan
  }

  @Test func theGarbageCollectorIsToldWhatToDoAndSoIsTheUser() throws {
    let world = world
    let plan = try plan(in: world)
    #expect(plan.propagation == .background)
    let effects = try DeleteOptions.Propagation.allInTurn.map { propagation in
      let chosen = try chosen(propagation, in: world)
      #expect(chosen.propagation == propagation)
      #expect(
        chosen.steps == [.delete(deployment.key, uid: "uid-d", propagation: propagation)]
      )
      #expect(chosen.id == plan.id && chosen.confirmation == plan.confirmation)
      #expect(chosen.blastRadius.impacts.first == plan.blastRadius.impacts.first)
      #expect(chosen.blastRadius.count == chosen.blastRadius.impacts.count)
      return chosen.blastRadius.impacts.dropFirst().map { "\($0.vertex.name) \($0.effect)" }
    }
    #expect(
      effects == [
        [
          "shop/cart-a is deleted before its owner shop/cart",
          "shop/cart-1 is deleted before its owner shop/cart-a",
        ],
        ["shop/cart-a stays, without its owner shop/cart"],
        [
          "shop/cart-a is deleted with its owner shop/cart",
          "shop/cart-1 is deleted with its owner shop/cart-a",
        ],
      ]
    )
    #expect(
      try chosen(.orphan, in: world).commands == [
        "delete deployment.apps cart -n shop --cascade=orphan"
      ]
    )
  }

  @Test func aChoiceTakesNothingElseAway() throws {
    let world = world
    let orphan = try chosen(.orphan, in: world)
    guard case .plan(let back) = orphan.deleting(.background, in: world.graph) else {
      Issue.record("There is no way back.")
      return
    }
    let plan = try plan(in: world)
    #expect(back.steps == plan.steps && back.disruption == plan.disruption)
    #expect(back.blastRadius.impacts == plan.blastRadius.impacts)
    #expect(back.covers(orphan) && orphan.covers(back), "It is the same object all the time.")
  }

  @Test func whatIsAnotherObjectByNowIsLeftAlone() throws {
    let plan = try plan(in: world)
    let other = Deployment(metadata: .sample("cart", namespace: "shop", uid: "uid-other"))
    let proposal = plan.deleting(.orphan, in: RemedyWorld(other).graph)
    #expect(proposal == .unavailable("Deployment.apps shop/cart is another one now."))
  }

  @Test func podsAndUndosLeaveNoChoice() throws {
    let pod = Pod.sample()
    let step = HealStep.delete(pod.key, uid: "u")
    #expect(Sample.plan(.key("y"), steps: [step]).propagation == nil)
    let forced = HealStep.delete(deployment.key, uid: "uid-d", gracePeriodSeconds: 0)
    #expect(Sample.plan(.key("y"), steps: [forced]).propagation == nil)
    let plan = Sample.plan(.key("y"), steps: [step])
    #expect(
      plan.deleting(.orphan, in: RemedyWorld(pod).graph) == .unavailable(" leaves no choice.")
    )
  }
}

extension DeleteOptions.Propagation {
  /// All, in the order in which a key goes through them.
  fileprivate static var allInTurn: [Self] {
    [Self.background.next, Self.background.next.next, Self.background.next.next.next]
  }
}
