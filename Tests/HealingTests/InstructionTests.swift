import Testing

@testable import Healing

/// What a person is told to do by hand, for whichever context leads to the cluster.
@Suite struct InstructionTests {
  @Test func commandsNameTheContextAndWordsStay() {
    let name = "node-1"
    let instruction: Instruction = "\(kubectl: "uncordon \(name)"); \(2) Pods do not come back"
    #expect(
      instruction.text(context: "our prod")
        == "kubectl --context 'our prod' uncordon node-1; 2 Pods do not come back"
    )
    let several: Instruction = "Again: \(kubectl: ["cordon a", "cordon b"])"
    #expect(
      several.text(context: "prod")
        == "Again: kubectl --context prod cordon a; kubectl --context prod cordon b"
    )
    #expect(Instruction("By hand.").text(context: "prod") == "By hand.")
  }
}
