import CloudEvents
import Inspection
import KubernetesObjects
import Testing
import WireFormats

@testable import RemoteChecks

/// What is made of answers, which may be anything.
@Suite struct RemoteAnswersTests {
  private static let (a, b) = (ObjectKey.configMap("a"), ObjectKey.configMap("b"))

  private static func answers(_ events: [CloudEvent]) -> RemoteAnswers {
    RemoteAnswers(ReadEvents(events), about: [a, b])
  }

  @Test func findingsGoToTheirSubjects() throws {
    let answers = Self.answers([
      .finding(about: Self.a),
      .finding(
        about: Self.b,
        [
          "reason": "Worse", "message": "It is worse", "severity": "critical",
          "evidence": ["data.mode": "off", "data.count": 3],
        ]
      ),
    ])
    #expect(answers.badCount == 0 && answers.problem == nil)
    #expect(answers.findings[Self.a]?.map(\.reason) == ["Bad"])
    #expect(answers.findings[Self.a]?.first?.severity == .warning)
    let worse = try #require(answers.findings[Self.b]?.first)
    #expect(worse.severity == .critical && worse.message == "It is worse")
    #expect(worse.evidence.map(\.path) == ["data.count", "data.mode"])
    #expect(worse.evidence.map(\.value) == ["3", "off"])
  }

  @Test func theOnlySubjectNeedNotBeNamed() {
    let event = CloudEvent.finding(about: nil)
    let answers = RemoteAnswers(ReadEvents([event]), about: [Self.a])
    #expect(answers.findings[Self.a]?.count == 1)
    #expect(Self.answers([event]).badCount == 1)
  }

  @Test(
    "What is no finding is counted and said, and the others stay",
    arguments: [
      (JSONValue.null, "without data"),
      (["message": "x"] as JSONValue, "a reason"),
      (["reason": "", "message": "x"] as JSONValue, "a reason"),
      (["reason": "two words", "message": "x"] as JSONValue, "a reason"),
      (["reason": 7, "message": "x"] as JSONValue, "a reason"),
      (["reason": "A"] as JSONValue, "without a message"),
      (["reason": "A", "message": ["x"]] as JSONValue, "without a message"),
      (["reason": "A", "message": ""] as JSONValue, "an empty message"),
      (["reason": "A", "message": "x", "severity": "fatal"] as JSONValue, "a severity"),
      (["reason": "A", "message": "x", "severity": 1] as JSONValue, "a severity"),
      (["reason": "A", "message": "x", "evidence": ["x"]] as JSONValue, "evidence"),
    ]
  )
  func nonsense(data: JSONValue, problem: String) {
    let answers = Self.answers([.finding(about: Self.a, data), .finding(about: Self.b)])
    #expect(answers.badCount == 1)
    #expect(answers.problem?.contains(problem) == true, "\(answers.problem ?? "")")
    #expect(answers.findings.keys.map { $0 } == [Self.b])
  }

  @Test func nobodyElsesObjectIsAccused() {
    let other = CloudEvent.finding(about: ObjectKey(Node.kind, name: "node-1"))
    let answers = Self.answers([other])
    #expect(answers.findings.isEmpty && answers.badCount == 1)
    #expect(answers.problem == "a subject that was not sent: Node/node-1")
  }

  @Test func ofOneObjectOnlySoMuchIsTaken() {
    let events = (0..<100).map { number in
      CloudEvent.finding(about: Self.a, ["reason": .string("R\(number)"), "message": "x"])
    }
    let answers = Self.answers(events + [events[0]])
    #expect(answers.findings[Self.a]?.count == RemoteAnswers.mostOfOne)
    #expect(answers.badCount == 101 - RemoteAnswers.mostOfOne)
  }

  @Test func textsAreCutAndMadePlain() throws {
    let hostile = "\u{1B}[2Jred\u{7}\n\u{202E}txt\u{2028}" + String(repeating: "y", count: 9_000)
    let answers = Self.answers([
      .finding(
        about: Self.a,
        ["reason": "A", "message": .string(hostile), "evidence": [hostile: .string(hostile)]]
      )
    ])
    let finding = try #require(answers.findings[Self.a]?.first)
    let texts = [finding.message] + finding.evidence.flatMap { [$0.path, $0.value] }
    for text in texts {
      #expect(text.count <= 501 && text.hasPrefix(" [2Jred  txt "), "\(text.prefix(40))")
      #expect(text.unicodeScalars.allSatisfy { !["\u{1B}", "\u{202E}", "\n"].contains($0) })
    }
  }

  @Test func eventsOfOtherTypesAreNoFindings() {
    var event = CloudEvent.finding(about: Self.a)
    event.type = "io.kpatrol.object.changed"
    let answers = Self.answers([event])
    #expect(answers.findings.isEmpty)
    #expect(answers.problem == "an event of the type io.kpatrol.object.changed")
  }
}
