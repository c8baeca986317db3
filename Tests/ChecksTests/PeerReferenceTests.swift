import Checks
import Foundation
import Inspection
import Testing

/// `docs/peers.md` sets the catalogue beside what other programs check.
@Suite struct PeerReferenceTests {
  /// Set to anything, the page is written instead of compared.
  private static let variable = "KPATROL_WRITE_DOCS"

  private static let path = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/peers.md")

  private static var text: String {
    var lines = [
      "# KPatrol's checks beside popeye's, kor's and k8sgpt's", "",
      "Made by `\(variable)=1 make test FILTER=PeerReference`, from the sources of popeye 5d07838, "
        + "kor c140d86 and k8sgpt 05247a8. kor only finds what is unused.",
      "", "## All of ours", "", "| check | popeye | kor | k8sgpt |", "|---|---|---|---|",
    ]
    lines += Catalogue.checks.map { check in
      let theirs = PeerChecks.peers.map { peer in
        PeerChecks.rows.filter { $0.peer == peer && $0.ours.contains(check.id.description) }
          .map(\.name).joined(separator: ", ")
      }
      return "| `\(check.id)` | \(theirs.joined(separator: " | ")) |"
    }
    let differing = PeerChecks.rows.filter { !$0.ours.isEmpty && !$0.note.isEmpty }
    lines += ["", "## Where ours differ", "", "| theirs | finds | ours |", "|---|---|---|"]
    lines += differing.map { "| \($0.peer) \($0.name) | \($0.finds) | \($0.note) |" }
    lines += ["", "## What we do not have", "", "| theirs | finds | why not |", "|---|---|---|"]
    lines += PeerChecks.rows.filter(\.ours.isEmpty).map { row in
      "| \(row.peer) \(row.name) | \(row.finds) | \(row.note) |"
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test func thePageOfPeersIsWhatTheTableSays() throws {
    if ProcessInfo.processInfo.environment[Self.variable] != nil {
      try Self.text.write(to: Self.path, atomically: true, encoding: .utf8)
    }
    let page = try String(contentsOf: Self.path, encoding: .utf8)
    #expect(page == Self.text, "Run: \(Self.variable)=1 make test FILTER=PeerReference")
  }

  @Test func everyCheckThatIsNamedExistsAndEveryGapHasAReason() {
    let ids = Set(Catalogue.checks.map(\.id.description))
    for row in PeerChecks.rows {
      #expect(PeerChecks.peers.contains(row.peer))
      #expect(row.ours.filter { !ids.contains($0) } == [], "\(row.peer) \(row.name)")
      #expect(!row.ours.isEmpty || !row.note.isEmpty)
    }
  }
}
