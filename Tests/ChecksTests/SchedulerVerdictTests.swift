import Inspection
import KubernetesObjects
import ObjectBuilders
import Testing

@testable import Checks

@Suite struct SchedulerVerdictTests {
  @Test func reasonsAreToldByTheNodesThatTheyRuleOut() {
    let verdict = SchedulerVerdict(
      "0/5 nodes are available: 1 Insufficient cpu, 1 Insufficient memory, 3 node(s) had "
        + "untolerated taint {team: a, b}. preemption: 0/5 nodes are available: "
        + "5 No preemption victims found."
    )
    #expect(verdict.scope == "none of 5 Nodes")
    #expect(
      verdict.summary
        == "had untolerated taint {team: a, b} (3), Insufficient cpu (1), Insufficient memory (1)"
    )
    #expect(!verdict.isAboutVolumes)
  }

  @Test func aReasonMayHoldForThePodAsAWhole() {
    let verdict = SchedulerVerdict(
      "0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: 0/3"
    )
    #expect(verdict.summary == "pod has unbound immediate PersistentVolumeClaims")
    #expect(verdict.isAboutVolumes)
  }

  @Test func thoseWhoWaitForTheSameAreAlike() {
    func likeness(_ reasons: String) -> Likeness? {
      SchedulerVerdict("0/5 nodes are available: \(reasons). preemption: 0/5").likeness
    }
    let shortage = likeness("2 Insufficient cpu, 3 node(s) had untolerated taint {team: a}")
    #expect(shortage == likeness("4 Insufficient cpu, 1 node(s) had untolerated taint {team: a}"))
    #expect(
      shortage
        == Likeness(
          "Insufficient cpu\nnode(s) had untolerated taint {team: a}",
          isOfCluster: true
        )
    )
    #expect(shortage != likeness("5 Insufficient memory"))
    // What a Pod asks for beside resources is its controller's alone.
    let affinity = "node(s) didn't match Pod's node affinity/selector"
    #expect(
      likeness("2 Insufficient cpu, 3 \(affinity)")
        == Likeness("Insufficient cpu\n\(affinity)", isOfCluster: false)
    )
    let taint = "node(s) had untolerated taint {team: a}"
    #expect(likeness("5 \(taint)") == Likeness(taint, isOfCluster: false))
    #expect(SchedulerVerdict("no nodes available to schedule pods").likeness == nil)
  }

  @Test(arguments: ["", "no nodes available to schedule pods", "skip schedule deleting pod"])
  func whatIsNoVerdictHasNoReasons(message: String) {
    let verdict = SchedulerVerdict(message)
    #expect(verdict.reasons.isEmpty)
    #expect(verdict.scope == "no Node")
  }

  @Test func itTellsWhatThePodAsksFor() {
    var pod = Pod.sample(node: "")
    var container = Container()
    container.requests = ResourceAmounts(["cpu": "2"])
    pod.template.containers = [container, container]
    let verdict = SchedulerVerdict(
      "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint {a: b}."
    )
    let wishes = verdict.wishes(of: pod).map { "\($0.path) \($0.value)" }
    #expect(
      wishes == [
        "spec.containers.resources.requests.cpu 2 + 2", "spec.tolerations none",
      ]
    )
  }

  @Test func textOfOthersStaysInOneLine() {
    #expect("a\nb\u{1B}[31mc".inOneLine == "a b [31mc")
    #expect(String(repeating: "x", count: 500).inOneLine.count == 241)
  }
}
