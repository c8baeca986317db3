import KubernetesClient
import TestServers
import Testing

@Suite(.fewAtOnce) struct ListGateTests {
  @Test func noMoreThanItsWidthPassAtOnceAndTheLowestPriorityGoesFirst() async {
    let gate = ListGate(width: 1)
    let order = Shared<[Int]>([])
    let (hold, release) = AsyncStream.makeStream(of: Void.self)
    await withTaskGroup { group in
      group.addTask {
        let turn = await gate.turn(priority: 9)
        order.change { $0.append(9) }
        for await _ in hold {}
        turn.end()
      }
      _ = await eventually { order.value == [9] }
      for priority in [3, 1, 2] {
        group.addTask {
          let turn = await gate.turn(priority: priority)
          order.change { $0.append(priority) }
          turn.end()
        }
      }
      _ = await eventually { gate.waiterCount == 3 }
      release.finish()
    }
    #expect(order.value == [9, 1, 2, 3])
  }

  @Test func aPlaceThatIsLeftIsFreeAgain() async {
    let gate = ListGate(width: 2)
    for _ in 0..<10 { await gate.turn(priority: 0).end() }
    // One that is left by an error or a return, not by its end.
    for _ in 0..<10 { _ = await gate.turn(priority: 0) }
    #expect(gate.waiterCount == 0)
  }
}
