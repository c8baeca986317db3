import ObjectBuilders
import Testing

@testable import ClusterGraph

@Suite struct PackedHandleSetTests {
  @Test(arguments: [20, 300, 4_000])
  func afterAnyInsertionsAndRemovalsItHoldsWhatASetHolds(range: Int) {
    var random = SeededGenerator(seed: UInt64(range))
    var packed: PackedHandleSet = []
    var reference: Set<Handle> = []
    for step in 0..<20_000 {
      let handle = Handle(Int.random(in: 0..<range, using: &random) * 977)
      // Now it grows, now it shrinks.
      let isGrowing = (step / 5_000).isMultiple(of: 2)
      if Int.random(in: 0..<4, using: &random) < (isGrowing ? 3 : 1) {
        #expect(packed.insert(handle) == reference.insert(handle).inserted)
      } else {
        packed.remove(handle)
        reference.remove(handle)
      }
      #expect(packed.count == reference.count)
      #expect(packed.contains(handle) == reference.contains(handle))
    }
    #expect(Set(packed) == reference)
    #expect(Array(packed).count == reference.count)
  }

  @Test(arguments: [1, 2, 3, 7, 16, 1_024])
  func aHandleIsFoundNearItsHomeHoweverTheyFollow(step: Int) {
    let packed = PackedHandleSet((0..<20_000).map { Handle($0 * step) })
    #expect(packed.probeCount < 20_000 * 8)
  }

  @Test func itHoldsTheLargestHandle() {
    let largest = Handle(Int(UInt32.max) - 1)
    var packed: PackedHandleSet = [largest, Handle(0)]
    #expect(packed.contains(largest))
    packed.remove(largest)
    #expect(Array(packed) == [Handle(0)])
  }
}
