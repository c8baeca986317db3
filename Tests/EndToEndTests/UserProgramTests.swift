import Foundation
import SimulatedCluster
import TestServers
import Testing
import WireFormats

/// The user's own programs on the terminal: kubectl for a shell.
@Suite(
  .fewAtOnce,
  .serialized,
  .timeLimit(.minutes(10)),
  .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct UserProgramTests {
  /// Opens the Pods of a healthy cluster, with these scripts in `PATH`.
  private func openPods(
    _ scripts: [String: String],
    _ options: String = "",
    _ environment: String = "",
    in session: TerminalSession
  ) async throws -> SimulatedCluster {
    let cluster = try await SimulatedCluster.start(SimulationOptions(scenario: .healthy))
    let file = session.path(of: "amber.yaml")
    try cluster.kubeconfig(contextName: "amber")
      .write(toFile: file, atomically: true, encoding: .utf8)
    for (name, script) in scripts {
      let path = session.path(of: name)
      try "#!/bin/sh\n\(script)\n".write(toFile: path, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    try session.type(
      "PATH=$HOME:$PATH \(environment) \(TerminalSession.program) --kubeconfig \(file) \(options)"
    )
    try session.press("Enter")
    #expect(await session.shows("amber: live"))
    try session.type(":pods shop")
    try session.press("Enter")
    #expect(await session.shows(" Running "))
    return cluster
  }

  @Test func aShellOpensThroughKubectlAndTheScreenComesBack() async throws {
    let session = try TerminalSession(columns: 160)
    let kubectl = """
      echo "told $*" | tr ' ' '\\n' | grep -E '^(--|pod/)'
      read -r line && echo "the shell read $line"
      read -r line; echo 'command terminated with exit code 3' >&2; exit 3
      """
    let cluster = try await openPods(["kubectl": kubectl], in: session)
    try session.type("s")
    #expect(await session.shows("--stdin"))
    for word in ["--context=amber", "--namespace=shop", "--kubeconfig=", "--container=", "pod/"] {
      #expect(session.screen.contains(word))
    }
    try session.type("q?")
    try session.press("Enter")
    #expect(await session.shows("the shell read q?"))
    try session.press("Enter")
    #expect(await session.shows("── Pods in shop"))
    // The alternate screen, no cursor, and the mouse.
    #expect(await eventually { session.modes.hasPrefix("1 0 1") })
    // How the shell's last command ended is no failure of ours.
    #expect(!session.screen.contains("exit code"))
    try await session.quit()
    await cluster.stop()
  }

  @Test func whatKubectlComplainsOfIsTold() async throws {
    let session = try TerminalSession()
    let cluster = try await openPods(
      ["kubectl": "echo 'error: no \u{1b}[31mexec here' >&2; exit 1"],
      in: session
    )
    try session.type("s")
    #expect(await session.shows("kubectl: error: no \u{fffd}[31mexec here"))
    try await session.quit()
    await cluster.stop()
  }

  @Test func withoutKubectlItIsSaidWhatToDoAndReadOnlyHasNoShell() async throws {
    let session = try TerminalSession(columns: 160)
    let cluster = try await openPods([:], "", "PATH=$HOME", in: session)
    try session.type("s")
    #expect(await session.shows("kubectl is not in PATH; install it"))
    try await session.quit()
    await cluster.stop()
    let other = try await openPods(["kubectl": "read -r line"], "--read-only", in: session)
    try session.type("s")
    #expect(await session.shows("No shell in amber, for who has one"))
    try await session.quit()
    await other.stop()
  }

  /// Opens the Deployment `recommendations` of a healthy cluster, with this script as editor.
  private func openDeployment(
    _ editor: String,
    in session: TerminalSession
  ) async throws -> SimulatedCluster {
    let cluster = try await openPods(["ed": editor], "", "EDITOR=ed", in: session)
    try session.type(":deployments shop /recommendations")
    try session.press("Enter")
    #expect(await session.shows("── Deployments in shop"))
    #expect(await session.shows(" 1 of 7"))
    return cluster
  }

  private static func replicas(_ cluster: SimulatedCluster) -> Int64? {
    let object = cluster.object(of: "deployments.apps", namespace: "shop", name: "recommendations")
    return object?[path: "spec", "replicas"]?.integerValue
  }

  @Test func whatIsEditedIsConfirmedAndSent() async throws {
    let session = try TerminalSession(columns: 120, rows: 40)
    let cluster = try await openDeployment(
      "ls -l \"$1\" | cut -c1-10 > $HOME/mode; sed -i 's/^  replicas: .*/  replicas: 5/' \"$1\"",
      in: session
    )
    let before = Self.replicas(cluster)
    try session.type("e")
    #expect(await session.shows("Edit Deployment.apps shop/recommendations"))
    #expect(Self.replicas(cluster) == before && before != 5)
    #expect(try String(contentsOfFile: session.path(of: "mode"), encoding: .utf8) == "-rw-------\n")
    try session.type("y")
    #expect(await eventually { Self.replicas(cluster) == 5 })
    // What becomes of it stays on the screen until it is left.
    #expect(await session.shows("── Healing"))
    try session.press("Escape")
    #expect(await session.shows("── Deployments in shop"))
    // The second time the script changes nothing.
    try session.type("e")
    #expect(await session.shows("Nothing was changed of Deployment"))
    let left = try FileManager.default.contentsOfDirectory(atPath: "/tmp")
      .filter { $0.hasPrefix("kpatrol-edit-") }
      .filter { folder in
        let path = "/tmp/\(folder)/Deployment-recommendations.yaml"
        return (try? String(contentsOfFile: path, encoding: .utf8))?.contains("replicas: 5") == true
      }
    #expect(left.isEmpty)
    try await session.quit()
    await cluster.stop()
  }

  @Test func whatIsBrokenIsOpenedAgainWithTheMistakeOnTop() async throws {
    let session = try TerminalSession(columns: 120, rows: 40)
    let editor = """
      if [ -e $HOME/broken ]; then
        head -1 "$1" > $HOME/complaint
        sed -i 's/^  replicas: .*/  replicas: 6/' "$1"
      else
        sed -i 's/^  replicas: .*/  replicas: [3/' "$1"; touch $HOME/broken
      fi
      """
    let cluster = try await openDeployment(editor, in: session)
    try session.type("e")
    #expect(await session.shows("Edit Deployment.apps shop/recommendations"))
    let complaint = try String(contentsOfFile: session.path(of: "complaint"), encoding: .utf8)
    #expect(complaint.hasPrefix("#| Line "), "\(complaint)")
    try session.type("y")
    #expect(await eventually { Self.replicas(cluster) == 6 })
    #expect(await session.shows("the cluster showed it"))
    try await session.quit()
    await cluster.stop()
  }

  @Test func whatSomebodyElseChangedMeanwhileIsTold() async throws {
    let session = try TerminalSession(columns: 120, rows: 40)
    let editor = """
      sed -i 's/^  replicas: .*/  replicas: 7/' "$1"; touch $HOME/open
      while [ ! -e $HOME/go ]; do sleep 0.1; done
      """
    let cluster = try await openDeployment(editor, in: session)
    try session.type("e")
    #expect(
      await eventually {
        FileManager.default.fileExists(atPath: session.path(of: "open"))
      }
    )
    var object = try #require(
      cluster.object(of: "deployments.apps", namespace: "shop", name: "recommendations")
    )
    object[path: "spec", "replicas"] = 4
    _ = try cluster.update(object)
    try Data().write(to: URL(filePath: session.path(of: "go")))
    #expect(await session.shows("Edit Deployment.apps shop/recommendations"))
    #expect(
      await session.shows("You replace what somebody else changed meanwhile: spec.replicas: ")
    )
    #expect(session.screen.contains(" → 4"))
    try session.type("y")
    #expect(await eventually { Self.replicas(cluster) == 7 })
    #expect(await session.shows("the cluster showed it"))
    try await session.quit()
    await cluster.stop()
  }
}
