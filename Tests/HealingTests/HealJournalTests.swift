import Inspection
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import Synchronization
import Testing
import WireFormats

@testable import Healing

/// What is written down of a plan that is carried out, and when.
@Suite struct HealJournalTests {
  /// Keeps all that happens in its order: entries of the journal, and calls of the API server.
  private final class Diary: HealJournal, ChangingAPI {
    private let log = Mutex<[String]>([])
    private let calls = Mutex<[HealCall]>([])
    /// The entry that cannot be written.
    private let broken: String?

    /// What comes of each call instead of an answer.
    private let failure: KubernetesError?

    init(broken: String? = nil, failing failure: KubernetesError? = nil) {
      (self.broken, self.failure) = (broken, failure)
    }

    var lines: [String] { log.withLock { $0 } }
    var backups: [JSONValue?] { calls.withLock { $0.map(\.backup) } }
    var bodies: [JSONValue] { calls.withLock { $0.map(\.body) } }

    private func write(_ line: String) throws(JournalFailure) {
      if let broken, line.hasPrefix(broken) { throw JournalFailure("The disk is full.") }
      log.withLock { $0.append(line) }
    }

    func begin(_ intent: HealIntent) async throws(JournalFailure) -> HealIntent.ID {
      try write("begin \(intent.grade.rawValue) by \(intent.kubernetesUser ?? "-")")
      return HealIntent.ID(7)
    }

    func willSend(_ call: HealCall, of heal: HealIntent.ID) async throws(JournalFailure) {
      try write("will \(call.step) \(call.method) \(call.path)")
      calls.withLock { $0.append(call) }
    }

    func didSend(_ answer: HealAnswer, of heal: HealIntent.ID) async throws(JournalFailure) {
      try write("did \(answer.step) \(answer.result)")
    }

    func end(
      _ heal: HealIntent.ID,
      _ outcome: Healer.Outcome,
      at time: Timestamp
    ) async throws(JournalFailure) {
      try write("end \(heal) \(outcome)")
    }

    func prove(
      _ heal: HealIntent.ID,
      _ proof: HealProof,
      at time: Timestamp
    ) async throws(JournalFailure) {}

    func object(
      _ key: ObjectKey,
      of resource: APIResource
    ) async throws(KubernetesError) -> JSONValue {
      [
        "metadata": ["uid": "u", "annotations": [Self.copy: "all"]],
        "data": ["password": "aHVudGVy"],
      ]
    }

    private static let copy = "kubectl.kubernetes.io/last-applied-configuration"

    func send(_ change: ChangeRequest) async throws(KubernetesError) -> JSONValue {
      log.withLock { $0.append("send \(change.methodName)") }
      if let failure { throw failure }
      return ["metadata": ["uid": "u", "resourceVersion": "8"]]
    }

    func review(_ question: AccessQuestion) async throws(KubernetesError) -> AccessAnswer {
      AccessAnswer(isAllowed: true)
    }

    func userName() async throws(KubernetesError) -> String { "jane" }
  }

  private static let secret = ObjectKey(ObjectKind("Secret"), namespace: "shop", name: "login")
  private static let resources = [
    secret.kind: APIResource(
      kind: secret.kind,
      version: "v1",
      plural: "secrets",
      isNamespaced: true
    )
  ]

  /// Seals by turning bytes around.
  private struct Mirror: SecretSealing {
    let place = "mirror"
    var isBroken = false

    func seal(_ bytes: [UInt8], as label: String) throws(JournalFailure) -> String {
      if isBroken { throw JournalFailure("No key.") }
      return label + "|" + bytes.reversed().map { "\($0)" }.joined(separator: " ")
    }

    func open(_ sealed: String, as label: String) throws(JournalFailure) -> [UInt8] {
      let parts = sealed.split(separator: "|")
      guard parts.count == 2, parts[0] == label else { throw JournalFailure("Another label.") }
      return parts[1].split(separator: " ").compactMap { UInt8($0) }.reversed()
    }
  }

  private func execute(
    _ diary: Diary,
    _ steps: [HealStep],
    sealing: Mirror? = nil
  ) async throws -> Healer.Outcome {
    let plan = HealPlan(
      cause: .request("edit", cluster: "c", object: Self.secret),
      subject: .object(Self.secret),
      cluster: "c",
      remedy: "edit",
      title: "",
      reason: "",
      steps: steps,
      disruption: .none,
      blastRadius: BlastRadius([]),
      undo: "",
      confirmation: .reason("c")
    )
    let confirmed = try #require(ConfirmedPlan(plan, answer: "c", reason: "It is leaked."))
    return await Healer(
      api: diary,
      context: "c",
      guardrails: Guardrails(),
      journal: diary,
      secrets: sealing
    ).execute(confirmed, resources: Self.resources)
  }

  private static let path = "/api/v1/namespaces/shop/secrets/login"
  private static let steps: [HealStep] = [
    .patch(
      secret,
      .merge(["metadata": ["uid": "u"], "data": ["password": "bmV3"]]),
      kubectl: "edit secret"
    ),
    .delete(secret, uid: "u"),
  ]
  private static let lines = [
    "begin typed cluster and reason by jane",
    "will 0 PATCH \(path)?fieldManager=kpatrol", "send PATCH",
    #"did 0 accepted(uid: "u", resourceVersion: "8")"#,
    "will 1 DELETE \(path)", "send DELETE", #"did 1 accepted(uid: "u", resourceVersion: "8")"#,
    "end 7 accepted",
  ]

  @Test func eachCallIsWrittenDownBeforeAndAfter() async throws {
    let diary = Diary()
    #expect(try await execute(diary, Self.steps) == .accepted)
    #expect(diary.lines == Self.lines)
  }

  @Test func noValueOfASecretIsWrittenDown() async throws {
    let diary = Diary()
    _ = try await execute(diary, Self.steps)
    let backup: JSONValue = [
      "metadata": [
        "uid": "u",
        "annotations": ["kubectl.kubernetes.io/last-applied-configuration": "(not kept)"],
      ],
      "data": ["password": "(not kept)"],
    ]
    #expect(diary.backups == [backup, backup])
    #expect(
      diary.bodies[0] == ["metadata": ["uid": "u"], "data": ["password": "(not kept)"]]
    )
  }

  @Test func whereSecretsAreKeptOnlyTheSealHasThem() async throws {
    let diary = Diary()
    #expect(try await execute(diary, Self.steps, sealing: Mirror()) == .accepted)
    let kept = diary.backups.compactMap(\.self) + diary.bodies
    for value in kept {
      let text = String(decoding: value.encoded(), as: UTF8.self)
      #expect(!text.contains("bmV3") && !text.contains("aHVudGVy"))
    }
    // What a deletion sends has no values.
    #expect(diary.bodies[1]["kpatrol.io/sealed"] == nil)
    let heal = UndoneHeal(
      id: HealIntent.ID(7),
      cluster: "c",
      title: "",
      calls: zip(diary.bodies, diary.backups).map { body, backup in
        UndoneHeal.Call(
          target: Self.secret,
          method: "PATCH",
          path: Self.path,
          contentType: "",
          body: body,
          backup: backup,
          isAccepted: true,
          uid: nil
        )
      }
    )
    let opened = try heal.opened(by: Mirror())
    #expect(opened.calls[0].body == ["metadata": ["uid": "u"], "data": ["password": "bmV3"]])
    #expect(
      opened.calls.map { $0.backup?["data"] } == [
        ["password": "aHVudGVy"], ["password": "aHVudGVy"],
      ]
    )
    #expect(throws: JournalFailure.self) { try heal.opened(by: nil) }
  }

  @Test(
    "Without an answer it is left open whether a call arrived",
    arguments: [
      (KubernetesError.unreachable(server: "s", reason: "broken"), false), (.cancelled, false),
      (.malformedAnswer(reason: "x"), false), (.server(status: 504, message: "late"), false),
      (.forbidden(message: "no"), true), (.server(status: 418, message: "tea"), true),
    ]
  )
  func noAnswer(error: KubernetesError, isAnswer: Bool) async throws {
    let diary = Diary(failing: error)
    _ = try await execute(diary, Self.steps)
    #expect(diary.lines.contains { $0.hasPrefix("did 0 refused") } == isAnswer)
    #expect(diary.lines.last?.hasPrefix("end") == true)
  }

  @Test func whatCannotBeSealedIsNotDone() async throws {
    let diary = Diary()
    let outcome = try await execute(diary, Self.steps, sealing: Mirror(isBroken: true))
    let reason = "Its values cannot be kept, so nothing more is done. No key."
    #expect(outcome == .failed(stepsDone: 0, reason))
    #expect(!diary.lines.contains { $0.hasPrefix("send") })
  }

  @Test func whoeverConfirmsIsToldWhatIsKept() {
    let plan = Sample.plan(.key("y"), steps: Self.steps)
    #expect(Sample.plan(.key("y")).keepingSecrets(by: nil).secretKeeping == nil)
    #expect(plan.keepingSecrets(by: nil).secretKeeping == .omitted)
    #expect(plan.keepingSecrets(by: Mirror()).secretKeeping == .sealed(key: "mirror"))
    let deletion = Sample.plan(.key("y"), steps: [Self.steps[1]])
    #expect(deletion.keepingSecrets(by: nil).undo.hasPrefix("Of Secrets no values are kept"))
    #expect(deletion.keepingSecrets(by: Mirror()).undo.hasPrefix("By the journal"))
  }

  @Test(
    arguments: [
      ("begin", 0, 0, "It cannot be written down, so nothing is done. The disk is full."),
      ("will 0", 1, 0, "It cannot be written down, so nothing more is done. The disk is full."),
      ("did 0", 3, 0, "It cannot be written down, so nothing more is done. The disk is full."),
      ("will 1", 4, 1, "It cannot be written down, so nothing more is done. The disk is full."),
      ("end", 7, 2, "How it ended cannot be written down. The disk is full."),
    ]
  )
  func nothingMoreIsSentOnceItCannotBeWrittenDown(
    entry: String,
    lineCount: Int,
    stepsDone: Int,
    reason: String
  ) async throws {
    let diary = Diary(broken: entry)
    let outcome = try await execute(diary, Self.steps)
    switch outcome {
    case .refused(let told): #expect(entry == "begin" && told == reason)
    default: #expect(outcome == .failed(stepsDone: stepsDone, reason))
    }
    let sent = diary.lines.filter { !$0.hasPrefix("end") }
    #expect(sent == Array(Self.lines.prefix(lineCount)))
  }

  @Test func aReasonIsAskedForByTheHighestGrade() throws {
    let plan = Sample.plan(.reason("c"))
    #expect(ConfirmedPlan(plan, answer: "c") == nil)
    #expect(ConfirmedPlan(plan, answer: "c", reason: "  ") == nil)
    #expect(ConfirmedPlan(plan, answer: "d", reason: "why") == nil)
    #expect(ConfirmedPlan(plan, answer: "c", reason: "why")?.reason == "why")
  }
}

/// Plans for tests in which little of them matters.
enum Sample {
  static func plan(
    _ confirmation: Healing.Confirmation,
    steps: [HealStep] = [],
    about subject: VertexID = .object(Pod.sample().key)
  ) -> HealPlan {
    HealPlan(
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
      confirmation: confirmation
    )
  }
}
