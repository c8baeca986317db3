import KubernetesObjects
import Testing

@testable import ClusterGraph

/// Sets of vertices.
@Suite struct HandleSetTests {
  @Test func aMemberIsThereOnceAndInTheOrderInWhichItCame() {
    let set = HandleSet([700, 3, 64, 3, 700, 0].map { Handle($0) })
    #expect(set.map(\.index) == [700, 3, 64, 0])
    #expect(set.contains(Handle(64)) && !set.contains(Handle(65)) && !set.contains(Handle(9_999)))
  }

  @Test func setsWithTheSameMembersAreEqualWhateverTheirOrder() {
    let set: HandleSet = [Handle(1), Handle(200)]
    #expect(set == [Handle(200), Handle(1)])
    #expect(set != [Handle(1)] && set != [Handle(1), Handle(2)])
    #expect(HandleSet([Handle(1)]).isSubset(of: set))
  }

  @Test func whatWasTakenOutMayComeAgain() {
    var set: HandleSet = [Handle(5), Handle(70)]
    set.removeAll()
    #expect(set.isEmpty && !set.contains(Handle(5)) && !set.contains(Handle(70)))
    set.insert(Handle(70))
    #expect(set == [Handle(70)])
  }

  @Test func aMemberKnowsAlongWhichEdgesSomethingChanged() {
    var set: HandleSet = []
    set.insert(Handle(1), along: .node)
    set.insert(Handle(1), along: .owner)
    set.insert(Handle(2), along: .node)
    set.insert(Handle(2))
    set.insert(Handle(3))
    set.insert(Handle(3), along: .node)
    #expect(set.map(\.index) == [1, 2, 3])
    #expect(
      set.relations(changedAt: Handle(1)) == [RelationSet(.node), RelationSet(.owner)]
    )
    #expect(set.relations(changedAt: Handle(2)) == .all)
    #expect(set.relations(changedAt: Handle(3)) == .all)
    set.removeAll()
    set.insert(Handle(1))
    #expect(set.relations(changedAt: Handle(1)) == .all)
  }
}
