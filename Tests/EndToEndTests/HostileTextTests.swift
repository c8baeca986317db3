import Foundation
import SimulatedCluster
import TestServers
import Testing
import WireFormats

/// Text of a cluster that wants more than to be read.
@Suite(
  .fewAtOnce,
  .serialized,
  .timeLimit(.minutes(10)),
  .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct HostileTextTests {
  /// Gives the terminal a title, clears it, writes backwards, and is in part invisible.
  private static let text =
    "evil\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\u{202e}back\u{2066}\u{200b}\u{feff}\r\n\u{8}end"
  private static let invisible: [Character] = [
    "\u{202e}", "\u{2066}", "\u{200b}", "\u{feff}", "\u{9b}",
  ]

  private static var pod: JSONValue {
    [
      "apiVersion": "v1", "kind": "Pod",
      "metadata": [
        "name": "evil-1", "namespace": "shop", "labels": ["note": .string(text)],
        "annotations": ["note": .string(text)],
      ],
      "spec": [
        "nodeName": "node-1",
        "containers": [["name": "main", "image": .string("example.com/\(text)")]],
      ],
      "status": [
        "phase": "Running",
        "containerStatuses": [
          [
            "name": "main", "image": .string("example.com/\(text)"), "ready": true,
            "restartCount": 0,
            "state": ["running": ["startedAt": .string(Date.now.ISO8601Format())]],
          ]
        ],
      ],
    ]
  }

  private static func event(_ uid: String) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "Event", "metadata": ["name": "evil-1.1", "namespace": "shop"],
      "involvedObject": [
        "apiVersion": "v1", "kind": "Pod", "name": "evil-1", "namespace": "shop",
        "uid": .string(uid),
      ],
      "reason": .string(text), "message": .string(text), "type": "Warning",
      "firstTimestamp": "2026-01-01T00:00:00Z", "lastTimestamp": "2026-01-01T00:00:00Z", "count": 1,
      "source": ["component": .string(text)],
    ]
  }

  @Test func itIsShownAndDoesNothing() async throws {
    let session = try TerminalSession(columns: 120, rows: 40)
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .healthy, runsControllers: false)
    )
    let created = try cluster.create(Self.pod)
    try cluster.create(Self.event(created[path: "metadata", "uid"]?.stringValue ?? ""))
    let file = session.path(of: "amber.yaml")
    try cluster.kubeconfig(contextName: "amber")
      .write(toFile: file, atomically: true, encoding: .utf8)
    try session.type("\(TerminalSession.program) --kubeconfig \(file)")
    try session.press("Enter")
    #expect(await session.shows("amber: live"))
    try session.type(":pods shop /evil")
    try session.press("Enter")
    #expect(await session.shows("evil-1"))
    for (key, text) in [("d", "1 Describe"), ("y", "image: "), ("v", "evil"), ("l", "starting")] {
      try session.type(key)
      #expect(await session.shows(text), "\(key)")
      let screen = session.screen
      #expect(screen.contains("── Pod shop/evil-1 @amber ──"), "\(key): it is still our screen.")
      #expect(screen.split(separator: "\n").last?.contains("? Help") == true, "\(key)")
      #expect(!screen.contains(where: Self.invisible.contains), "\(key)")
      #expect(screen.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 }, "\(key)")
    }
    #expect(!session.title.contains("owned"))
    try await session.quit()
    await cluster.stop()
  }
}
