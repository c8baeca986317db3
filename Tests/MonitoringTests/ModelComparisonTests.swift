import KubernetesObjects
import TestServers
import Testing

@testable import Monitoring

@Suite(.fewAtOnce) struct ModelComparisonTests {
  private typealias States = [ObjectKey: ObjectState]

  private static func states(_ versions: [String: String]) -> States {
    States(
      uniqueKeysWithValues: versions.map { name, version in
        (
          ObjectKey(Pod.kind, namespace: "shop", name: name),
          ObjectState(uid: ObjectUID("uid-\(name)"), resourceVersion: version)
        )
      }
    )
  }

  private static func confirmed(
    _ looks: (listed: [String: String], model: [String: String])...
  ) -> [String] {
    let comparison = ModelComparison(
      listed: states(looks[0].listed),
      model: states(looks[0].model)
    )
    return comparison.confirmed(listed: states(looks[1].listed), model: states(looks[1].model))
      .map { "\($0.key.name) \($0.fault.rawValue)" }
  }

  @Test func equalStatesAreNotSuspicious() {
    let same = Self.states(["a": "1", "b": "2"])
    #expect(!ModelComparison(listed: same, model: same).isSuspicious)
  }

  @Test func whatDiffersTwiceDiffersIndeed() {
    #expect(
      Self.confirmed(
        (["a": "1", "b": "2"], ["b": "1", "c": "3"]),
        (["a": "1", "b": "2"], ["b": "1", "c": "3"])
      ) == ["a missing", "b outdated", "c left over"]
    )
  }

  @Test func aModelThatCatchesUpWasOnlyBehind() {
    #expect(Self.confirmed((["a": "1"], [:]), (["a": "1"], ["a": "1"])) == [])
    #expect(Self.confirmed((["a": "2"], ["a": "1"]), (["a": "2"], ["a": "2"])) == [])
  }

  @Test func aModelThatIsAheadOfAListIsNotWrong() {
    // Deleted, or changed, after the list was made and before the model was looked at.
    #expect(Self.confirmed((["a": "1"], [:]), ([:], [:])) == [])
    #expect(Self.confirmed((["a": "1"], ["a": "2"]), (["a": "2"], ["a": "3"])) == [])
    // Created after the list.
    #expect(Self.confirmed(([:], ["a": "1"]), (["a": "1"], ["a": "1"])) == [])
  }
}
