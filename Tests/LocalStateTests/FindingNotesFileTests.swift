import Foundation
import KubernetesObjects
import TestServers
import Testing

@testable import Inspection
@testable import LocalState

@Suite struct FindingNotesFileTests {
  private let folder = try? TemporaryFolder()

  private var path: String { (folder?.path ?? "") + "/state/kpatrol/findings.jsonl" }

  private static func id(_ number: Int) -> FindingID {
    FindingID(
      cluster: "test",
      check: "stuck/x",
      subject: .object(ObjectKey(Pod.kind, namespace: "shop", name: "pod-\(number)")),
      discriminator: ""
    )
  }

  private static let noon =
    Timestamp(rfc3339: "2026-11-26T12:00:00Z") ?? .init(millisecondsSince1970: 0)

  private static func note(_ content: FindingNote.Content, _ number: Int = 1) -> FindingNote {
    FindingNote(
      content,
      id(number),
      author: "ann@laptop",
      time: noon,
      reason: "known \"since\"\n\u{1b}[2J ü"
    )
  }

  @Test func whatWasSaidIsThereAtTheNextStart() async throws {
    let (acknowledged, muted) = (
      Self.note(.acknowledged), Self.note(.muted(until: Self.noon + .seconds(60)), 2)
    )
    let written = try await FindingNotesFile(path).append([acknowledged, muted])
    let read = try await FindingNotesFile(path).read()
    #expect(read == written && read.acknowledgements == [Self.id(1): acknowledged])
    #expect(read.muting(of: Self.id(2), at: Self.noon)?.author == "ann@laptop")
    #expect(read.muting(of: Self.id(2), at: Self.noon + .seconds(60)) == nil)
    #expect(read.nextEnd(after: Self.noon) == Self.noon + .seconds(60))
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func theSameIsTakenBack() async throws {
    let file = FindingNotesFile(path)
    _ = try await file.append([Self.note(.acknowledged), Self.note(.muted(until: nil))])
    let notes = try await file.append([Self.note(.unacknowledged), Self.note(.unmuted)])
    #expect(notes == FindingNotes())
    #expect(try await FindingNotesFile(path).read() == FindingNotes())
  }

  @Test func programsSeeEachOthersLines() async throws {
    let files = (0..<4).map { _ in FindingNotesFile(path) }
    try await withThrowingTaskGroup { group in
      for (index, file) in files.enumerated() {
        group.addTask {
          for number in 0..<50 {
            _ = try await file.append([Self.note(.acknowledged, index * 50 + number)])
          }
        }
      }
      try await group.waitForAll()
    }
    for file in files { #expect(try await file.read().acknowledgements.count == 200) }
  }

  private func lines() throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  @Test func whatHoldsNoLongerIsLeftOutOnceItIsMost() async throws {
    let file = FindingNotesFile(path)
    let reader = FindingNotesFile(path)
    let lasting = [Self.note(.acknowledged, 7), Self.note(.muted(until: nil), 8)]
    _ = try await file.append(lasting)
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("{\"note\":\"of a newer program\"}\n".utf8))
    try handle.close()
    _ = try await reader.read()
    for _ in 0..<120 {
      _ = try await file.append([Self.note(.acknowledged), Self.note(.unacknowledged)])
    }
    #expect(try lines().count < 60)
    let notes = try await file.read()
    #expect(notes == FindingNotes(lasting))
    #expect(try await reader.read() == notes)
    #expect(try await FindingNotesFile(path).read() == notes)
    #expect(try lines().contains("{\"note\":\"of a newer program\"}"))
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let folder = (path as NSString).deletingLastPathComponent
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["findings.jsonl"])
  }

  @Test func mutesThatAreOverAreLeftOutWithTheRest() async throws {
    let file = FindingNotesFile(path)
    let isOver = Self.note(.muted(until: Self.noon), 2)
    for _ in 0..<210 { _ = try await file.append([isOver]) }
    #expect(try lines().count < 210)
    #expect(try await FindingNotesFile(path).read().muting(of: Self.id(2), at: Self.noon) == nil)
  }

  @Test func nothingIsLostWhileSeveralProgramsWriteAndLeaveOut() async throws {
    let files = (0..<4).map { _ in FindingNotesFile(path) }
    try await withThrowingTaskGroup { group in
      for (index, file) in files.enumerated() {
        group.addTask {
          for number in 0..<100 {
            let id = 1000 + index * 100 + number
            _ = try await file.append([Self.note(.acknowledged, id)])
            // Most of what is written holds no longer at once.
            for _ in 0..<4 {
              _ = try await file.append([Self.note(.muted(until: nil), index)])
            }
            _ = try await file.append([Self.note(.unmuted, index)])
          }
        }
      }
      try await group.waitForAll()
    }
    for file in files + [FindingNotesFile(path)] {
      #expect(try await file.read().acknowledgements.count == 400)
    }
    #expect(try lines().count < 1400, "It was never compacted.")
  }

  @Test func aLinkIsNotReplaced() async throws {
    let target = path + ".target"
    _ = try await FindingNotesFile(target).append([Self.note(.acknowledged, 7)])
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    let file = FindingNotesFile(path)
    for _ in 0..<210 { _ = try await file.append([Self.note(.unmuted)]) }
    let type = try FileManager.default.attributesOfItem(atPath: path)[.type]
    #expect(type as? FileAttributeType == .typeSymbolicLink)
    #expect(try await file.read().acknowledgements.count == 1)
  }

  @Test func aLineThatIsBrokenIsSaidAndPassedOver() async throws {
    _ = try await FindingNotesFile(path).append([Self.note(.acknowledged)])
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(#"{"finding":"0123"#.utf8))
    try handle.close()
    let file = FindingNotesFile(path)
    #expect(try await file.read().acknowledgements.count == 1)
    #expect(await file.problem == nil, "It may be about to be written.")
    #expect(try await file.append([Self.note(.acknowledged, 2)]).acknowledgements.count == 2)
    #expect(await file.problem?.description == "\(path):2: no note of a finding")
  }

  @Test func aFileThatIsGoneOrAnotherIsReadAnew() async throws {
    let file = FindingNotesFile(path)
    #expect(try await file.read() == FindingNotes())
    _ = try await file.append([Self.note(.acknowledged)])
    try FileManager.default.removeItem(atPath: path)
    #expect(try await file.read() == FindingNotes())
    _ = try await FindingNotesFile(path).append([Self.note(.acknowledged, 2)])
    #expect(try await file.read().acknowledgements.keys.map(\.self) == [Self.id(2)])
  }

  @Test func whatCannotBeWrittenIsSaid() async throws {
    let file = FindingNotesFile("/proc/kpatrol/findings.jsonl")
    await #expect(throws: StateProblem.self) { try await file.append([Self.note(.acknowledged)]) }
  }

  @Test func differencesAreWhatSomethingElseWasSaidOf() {
    let old = FindingNotes([Self.note(.acknowledged), Self.note(.muted(until: nil), 2)])
    let new = FindingNotes([Self.note(.acknowledged), Self.note(.acknowledged, 3)])
    #expect(new.differences(from: old) == [Self.id(2), Self.id(3)])
  }

  @Test(arguments: ["", "0123", "0123456789abcdeg", "0123456789abcdef0"])
  func whatIsNoIdIsNone(text: String) { #expect(FindingID(text) == nil) }

  @Test func anIdIsReadAsItIsWritten() { #expect(FindingID(Self.id(1).description) == Self.id(1)) }
}

@Suite struct ViewsFileTests {
  private let folder = try? TemporaryFolder()

  private var file: ViewsFile { ViewsFile((folder?.path ?? "") + "/state/views.yaml") }

  @Test func viewsAreThereAtTheNextStart() throws {
    #expect(try file.load() == [:])
    _ = try file.set("storage", to: #"findings /kind:PersistentVolume /"a: b" /^#"#)
    _ = try file.set("web", to: "pods shop /web")
    #expect(
      try file.load() == [
        "storage": #"findings /kind:PersistentVolume /"a: b" /^#"#, "web": "pods shop /web",
      ]
    )
    #expect(try file.set("storage", to: nil) == ["web": "pods shop /web"])
  }

  @Test(arguments: [
    ("a: [", ":2: not valid YAML"), ("a: b\nc: [x]", ":2: a string"), ("- x", ":1: a map"),
  ])
  func aBrokenFileIsSaidWithItsLineAndNotOverwritten(text: String, sentence: String) throws {
    _ = try file.set("web", to: "pods")
    try Data(text.utf8).write(to: URL(filePath: file.path))
    let problem = try #require(throws: StateProblem.self) { try file.load() }
    #expect(problem.description.hasPrefix(file.path + sentence))
    #expect(throws: StateProblem.self) { try file.set("web", to: "pods") }
    #expect(try String(contentsOfFile: file.path, encoding: .utf8) == text)
  }

  @Test(arguments: [
    (["XDG_STATE_HOME": "/x", "HOME": "/h"], "/x/kpatrol"),
    (["HOME": "/h"], "/h/.local/state/kpatrol"),
    (["XDG_STATE_HOME": "x", "HOME": "/h"], "/h/.local/state/kpatrol"),
  ])
  func theFolderIsWhereTheSpecificationSays(environment: [String: String], path: String) {
    #expect(StateFolder.path(environment) == path)
  }
}
