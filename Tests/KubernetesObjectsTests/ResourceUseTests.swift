import KubernetesObjects
import Testing
import WireFormats

@Suite struct ResourceUseTests {
  @Test func aPodsContainersAreAddedUp() throws {
    let list = """
      {"kind":"PodMetricsList","apiVersion":"metrics.k8s.io/v1beta1","metadata":{},"items":[
        {"metadata":{"name":"cart","namespace":"shop","labels":{"a":"b"}},"window":"15s",
         "containers":[{"name":"main","usage":{"cpu":"250m","memory":"64Mi"}},
                       {"name":"proxy","usage":{"memory":"1Mi","cpu":"1500000n"}}]}]}
      """
    let uses = try ResourceUse.list(Array(list.utf8))
    #expect(uses.map(\.name) == ["cart"] && uses.map(\.namespace) == ["shop"])
    #expect(abs(uses[0].cores - 0.2515) < 1e-9)
    #expect(uses[0].bytes == 65 * 0x1p20)
  }

  @Test func aNodeHasOneAmount() throws {
    let list = #"{"items":[{"metadata":{"name":"n"},"usage":{"cpu":"2","memory":"3Gi"}}]}"#
    let use = try #require(try ResourceUse.list(Array(list.utf8)).first)
    #expect(use.cores == 2 && use.bytes == 3 * 0x1p30 && use.namespace.isEmpty)
  }

  @Test func nonsenseIsAnError() {
    #expect(throws: WireError.self) { try ResourceUse.list(Array("[1]".utf8)) }
    #expect(throws: WireError.self) { try ResourceUse.list(Array(#"{"items":{"a":1}}"#.utf8)) }
  }
}
